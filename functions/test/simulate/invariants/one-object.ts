import { type Row, books, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { type Held, heldInvoices, invoiceIdOf, isIssued, isVoided, markOf, stripeInvoices } from './look.ts';
import { oneProduct } from './one-product.ts';

/** One intent, one invoice in each system; what was taken back is nowhere. One product, one product in Stripe. */
export const oneObject: Invariant = {
  name: 'one object per intent',
  check(simulation) {
    const held = heldInvoices(simulation);
    const ids = new Set(held.map(({ invoice }) => String(invoice['Id'])));
    return [
      ...held.flatMap(oneOf),
      ...stripeInvoices(simulation)
        .filter((each) => !ids.has(invoiceIdOf(each) ?? ''))
        .map((each) => `Stripe's ${String(each['id'])} belongs to no invoice of Salesforce`),
      ...books(simulation, 'Invoice')
        .filter((each) => markOf(each) !== null && !ids.has(markOf(each) ?? ''))
        .map((each) => `QuickBooks' invoice ${String(each['Id'])} belongs to no invoice of Salesforce`),
      ...simulation.intentions.panels.flatMap((panel) => {
        const keys = (panel.draft['lines'] as Row[]).filter((line) => line['include']).map((line) => String(line['lineKey']));
        const found = rows(
          simulation,
          `SELECT Invoice__c FROM Trueup_Invoice_Line__c WHERE Line_Key__c IN (${keys.map((key) => `'${key}'`).join(', ')})`,
        );
        const made = new Set(found.map((row) => String(row['Invoice__c'])));
        const promised = panel.reply?.invoiceId;
        return promised !== undefined && panel.reply?.outcome !== 'rejected' && !made.has(promised)
          ? [`a rep was answered "${panel.reply?.outcome}" for ${promised}, which holds none of the lines asked for`]
          : [];
      }),
      ...overBilled(simulation),
      ...oneProduct(simulation),
    ];
  },
};

function oneOf(held: Held): string[] {
  const { called, invoice, stripe, ledger, listed } = held;
  const live = ledger.filter((document) => !isVoided(document));
  const found: string[] = [];
  if (stripe.length > 1) found.push(`${called} is in Stripe ${stripe.length} times`);
  if (ledger.length > 1) found.push(`${called} is in QuickBooks ${ledger.length} times`);
  if (invoice['Status__c'] === 'Rejected') {
    if (stripe.some((each) => each['status'] !== 'void')) found.push(`${called} is still in Stripe`);
    if (live.length > 0) found.push(`${called} is still in QuickBooks`);
  }
  if (!isIssued(held)) return found;
  if (stripe[0]?.['id'] !== invoice['Stripe_Invoice_Id__c']) found.push(`${called} names another Stripe invoice than it has`);
  if (ledger[0] && ledger[0]['Id'] !== invoice['QuickBooks_Invoice_Id__c'])
    found.push(`${called} names another QuickBooks invoice than it has`);
  if (!ledger[0] && !listed) found.push(`${called} is gone from QuickBooks and nobody is told`);
  return found;
}

/** What was sold is billed once. */
function overBilled(simulation: Parameters<Invariant['check']>[0]): string[] {
  const billed = new Map<string, number>();
  for (const line of rows(
    simulation,
    `SELECT Source_Line_Id__c, Quantity__c FROM Trueup_Invoice_Line__c WHERE Source_Line_Id__c != null AND Invoice__r.Status__c NOT IN ('Void', 'Rejected')`,
  ))
    billed.set(String(line['Source_Line_Id__c']), (billed.get(String(line['Source_Line_Id__c'])) ?? 0) + Number(line['Quantity__c']));
  return rows(simulation, 'SELECT Id, Quantity FROM OpportunityLineItem').flatMap((line) => {
    const quantity = billed.get(String(line['Id'])) ?? 0;
    return quantity > Number(line['Quantity'])
      ? [`of line ${String(line['Id'])} ${quantity} are billed, ${String(line['Quantity'])} were sold`]
      : [];
  });
}

import type { LoadSystem } from '../../src/domain/first-load/load.ts';
import type { Row } from './company.ts';

/** An invoice of 100 dollars, as it was laid down in its own system; `balance`: what of it is due. */
interface LaidInvoice {
  system: LoadSystem;
  id: string;
  number: string;
  customerId: string;
  balance: number;
}

/** A payment of one whole invoice. */
interface LaidPayment {
  system: LoadSystem;
  id: string;
  invoiceId: string;
  customerId: string;
}

/** All documents of a past, whoever reads it. */
export interface Laid {
  invoices: LaidInvoice[];
  payments: LaidPayment[];
}

/** How many records Salesforce is to show, and what they come to in dollars. */
type Sums = Record<string, number>;
type Ask = (soql: string) => Promise<Row[]>;

const PAGE = 2000;

/**
 * Holds what Salesforce shows against what was laid down: of the customers that it links it shows every document once, those that are in
 * both systems as one, and what is due of each. Answers with what does not agree, in words, and by how many records.
 */
export async function compareWithLaid(laid: Laid, ask: Ask): Promise<{ shown: Sums; wrong: number; deviations: string[] }> {
  const [expected, shown] = [expectedOf(laid, await linksOf(ask)), await shownIn(ask)];
  const deviations = Object.keys({ ...expected, ...shown })
    .map((what) => ({ what, is: shown[what] ?? 0, should: expected[what] ?? 0 }))
    .filter(({ is, should }) => is !== should);
  return {
    shown,
    wrong: deviations.reduce((sum, { what, is, should }) => sum + (what.endsWith('due') ? 1 : Math.abs(is - should)), 0),
    deviations: deviations.map(({ what, is, should }) => `${what}: ${is} instead of ${should}`),
  };
}

/** Accounts by the customers that they are linked with. */
async function linksOf(ask: Ask): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (let after = ''; ;) {
    const rows = await ask(
      `SELECT Id, System__c, Account__c, External_Id__c FROM Trueup_Link__c WHERE Status__c = 'Linked' AND Record_Type__c = 'Account'${after && ` AND Id > '${after}'`} ORDER BY Id LIMIT ${PAGE}`,
    );
    for (const row of rows) links.set(`${String(row.System__c).toLowerCase()}:${String(row.External_Id__c)}`, String(row.Account__c));
    if (rows.length < PAGE) return links;
    after = String(rows.at(-1)?.Id);
  }
}

function expectedOf({ invoices, payments }: Laid, links: Map<string, string>): Sums {
  const accountOf = ({ system, customerId }: { system: LoadSystem; customerId: string }) => links.get(`${system}:${customerId}`);
  const keyOf = (each: LaidInvoice) => `${accountOf(each) ?? ''}|${each.number}`;
  const [shownInvoices, shownPayments] = [invoices.filter(accountOf), payments.filter(accountOf)];
  const atStripe = new Set(shownInvoices.flatMap((each) => (each.system === 'stripe' ? [keyOf(each)] : [])));
  const copies = new Set(shownInvoices.filter((each) => each.system === 'quickbooks' && atStripe.has(keyOf(each))).map(({ id }) => id));
  const own = shownInvoices.filter(({ system, id }) => !(system === 'quickbooks' && copies.has(id)));
  // Each was paid in both systems or in none.
  const copied = shownPayments.filter(({ system, invoiceId }) => system === 'quickbooks' && copies.has(invoiceId)).length;
  const due = own.reduce((sum, { balance }) => sum + balance, 0);
  return {
    invoices: own.length,
    'invoices of both systems': copies.size,
    'invoices by Stripe’s ids': atStripe.size,
    'invoices by QuickBooks’ ids': shownInvoices.length - atStripe.size,
    lines: own.length,
    payments: shownPayments.length - copied,
    'payments of both systems': copied,
    'balance due': due,
    'amount due': due,
  };
}

async function shownIn(ask: Ask): Promise<Sums> {
  const one = async (soql: string): Promise<Record<string, number>> =>
    Object.fromEntries(Object.entries((await ask(soql))[0] ?? {}).map(([name, value]) => [name, Number(value ?? 0)]));
  const loaded = (object: string) => `FROM ${object} WHERE Loaded_From__c`;
  const both = `= 'Stripe and QuickBooks'`;
  const invoices = await one(
    `SELECT COUNT(Id) records, COUNT_DISTINCT(Stripe_Invoice_Id__c) stripe, COUNT_DISTINCT(QuickBooks_Key__c) quickbooks, SUM(Loaded_Balance__c) balance, SUM(Amount_Due__c) due ${loaded('Trueup_Invoice__c')} != null`,
  );
  const lines = await one(`SELECT COUNT(Id) records FROM Trueup_Invoice_Line__c WHERE Invoice__r.Loaded_From__c != null`);
  const payments = await one(`SELECT COUNT(Id) records ${loaded('Trueup_Payment__c')} != null`);
  return {
    invoices: invoices.records ?? 0,
    'invoices of both systems': (await one(`SELECT COUNT(Id) records ${loaded('Trueup_Invoice__c')} ${both}`)).records ?? 0,
    'invoices by Stripe’s ids': invoices.stripe ?? 0,
    'invoices by QuickBooks’ ids': invoices.quickbooks ?? 0,
    lines: lines.records ?? 0,
    payments: payments.records ?? 0,
    'payments of both systems': (await one(`SELECT COUNT(Id) records ${loaded('Trueup_Payment__c')} ${both}`)).records ?? 0,
    'balance due': invoices.balance ?? 0,
    'amount due': invoices.due ?? 0,
  };
}

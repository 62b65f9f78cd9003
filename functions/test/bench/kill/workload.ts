import { payInvoice } from '../../../../scripts/sandbox/index.ts';
import type { Road } from '../../road.ts';
import { until } from '../../until.ts';

/** Three minutes of clicking, while a web process takes seconds to start and is killed again. */
const PATIENCE_MS = 180_000;

/** Amounts tell the deals apart in all three systems. */
const priceOf = (index: number): number => 100 + index;

export interface Deal {
  sourceId: string;
  price: number;
  paid: boolean;
}

/** A rep who issues invoices and customers who pay them, whatever is being killed meanwhile. */
export interface Workload {
  deals: Deal[];
  /** One deal is won and issued: the rep clicks until the click is answered. */
  issueOne(): Promise<void>;
  /** Every customer who got an invoice and has not paid does. */
  payOpen(): void;
}

export function createWorkload(road: Road): Workload {
  const deals: Deal[] = [];
  const { engine } = road.sandbox.stripe;
  return {
    deals,
    async issueOne() {
      const price = priceOf(deals.length);
      const deal = { sourceId: await road.deal({ price }), price, paid: false };
      deals.push(deal);
      await click(road, deal.sourceId);
    },
    payOpen() {
      for (const invoice of engine.db.invoices.all()) {
        const deal = deals.find((each) => !each.paid && each.price * 100 === invoice.total);
        if (invoice.status !== 'open' || !deal) continue;
        payInvoice(engine, invoice, { method: 'card', number: '4242424242424242' });
        deal.paid = true;
      }
    },
  };
}

/** A click that broke off is clicked again; the panel then shows the invoice that the first one made. */
async function click(road: Road, sourceId: string): Promise<void> {
  let heard: unknown;
  const answered = until(
    async () => {
      const { draft } = await road.preview(sourceId).catch((error: Error) => {
        heard = error.message;
        return { draft: undefined };
      });
      if (!draft) return (await road.soql(`SELECT Id FROM Trueup_Invoice__c WHERE Source_Id__c = '${sourceId}'`)).length > 0;
      const reply = await road.call('issue-invoice', { sourceId, draft, waitMs: 500 }).catch(() => undefined);
      heard = reply ?? heard;
      return reply !== undefined && ['done', 'accepted', 'conflict'].includes(reply.outcome);
    },
    PATIENCE_MS,
    `the deal ${sourceId} is issued`,
  );
  await answered.catch((error: Error) => {
    throw new Error(`${error.message}; the last answer was ${JSON.stringify(heard)}`);
  });
}

/** How much each system holds that an invoice or a payment can leave behind, whatever it is linked to. */
export type Holdings = Record<'Stripe invoices' | 'QuickBooks invoices' | 'QuickBooks payments' | 'Salesforce payments', number>;

export const countHoldings = async (road: Road): Promise<Holdings> => ({
  'Stripe invoices': road.sandbox.stripe.engine.db.invoices.all().length,
  'QuickBooks invoices': road.books('Invoice').length,
  'QuickBooks payments': road.books('Payment').length,
  'Salesforce payments': (await road.soql('SELECT Id FROM Trueup_Payment__c')).length,
});

export interface Tally {
  invoices: number;
  lost: string[];
  doubled: string[];
}

/** Each deal once in Salesforce, Stripe and QuickBooks, e-mailed once and paid once in each, and nothing besides; what is not is named. */
export async function tally(road: Road, deals: readonly Deal[], before: Holdings): Promise<Tally> {
  const found: Tally = { invoices: deals.length, lost: [], doubled: [] };
  const note = (what: string, count: number) => {
    if (count < 1) found.lost.push(what);
    if (count > 1) found.doubled.push(what);
  };
  const rows = await road.soql(
    'SELECT Id, Source_Id__c, Status__c, Sent_At__c, Problem__c, Number__c, (SELECT Id FROM Trueup_Allocations__r) FROM Trueup_Invoice__c',
  );
  const mails = Map.groupBy(
    road.sandbox.stripe.engine.db.events.all().filter(({ type }) => type === 'invoice.sent'),
    ({ object }) => String(object['id']),
  );
  for (const { sourceId, price } of deals) {
    const name = `the deal over ${price}`;
    const ours = rows.filter((row) => row.Source_Id__c === sourceId);
    note(`${name} in Salesforce`, ours.length);
    const [invoice] = ours;
    if (!invoice) continue;
    const inStripe = road.sandbox.stripe.engine.db.invoices.all().filter((each) => each.total === price * 100);
    note(`${name} in Stripe`, inStripe.length);
    note(`the e-mail of ${name}`, inStripe.flatMap(({ id }) => mails.get(id) ?? []).length);
    const inBooks = road.books('Invoice').filter((each) => String(each.PrivateNote).includes(invoice.Id));
    note(`${name} in QuickBooks`, inBooks.length);
    const applied = (payment: { Line?: { LinkedTxn?: { TxnId: string; TxnType: string }[] }[] }) =>
      payment.Line?.some((line) => line.LinkedTxn?.some((txn) => txn.TxnType === 'Invoice' && txn.TxnId === inBooks[0]?.Id));
    note(`the payment of ${name} in QuickBooks`, road.books('Payment').filter(applied).length);
    note(`the payment of ${name} in Salesforce`, (invoice.Trueup_Allocations__r?.records ?? []).length);
    if (invoice.Status__c !== 'Paid') found.lost.push(`${name} is ${invoice.Status__c} in Salesforce: ${invoice.Problem__c ?? ''}`);
  }
  for (const [what, held] of Object.entries(await countHoldings(road)) as [keyof Holdings, number][]) {
    const more = held - before[what] - deals.length;
    if (more > 0) found.doubled.push(`${more} more ${what} than deals`);
  }
  return found;
}

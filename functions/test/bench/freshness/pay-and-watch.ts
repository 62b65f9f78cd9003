import { setTimeout as wait } from 'node:timers/promises';
import { payInvoice } from '../../../../scripts/sandbox/index.ts';
import type { Road } from '../../road.ts';

const LOOK_EVERY_MS = 100;
/** So far back each look goes: a page that was written while the last one was read. */
const OVERLAP_MS = 3_000;

export interface Freshness {
  payments: number;
  /** Milliseconds from the payment at Stripe to its allocation in Salesforce, in ascending order; those that never came are missing. */
  ms: number[];
}

/** What was used up of QuickBooks' limit is forgotten this often while invoices are issued that nobody times: else they are 125 a minute. */
const NO_LIMIT_EVERY_MS = 50;

/** Issues so many invoices, several at a time. @returns their ids in Stripe by their ids in Salesforce */
export async function issueMany(road: Road, count: number, abreast = 6): Promise<Map<string, string>> {
  const issued = new Map<string, string>();
  let left = count;
  let forgetting = Promise.resolve();
  const noLimit = setInterval(() => {
    forgetting = forgetting.then(async () => void (await road.database('UPDATE trueup.rate_budget SET tat = now()').catch(() => 0)));
  }, NO_LIMIT_EVERY_MS);
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const invoice = await road.issued(120);
      issued.set(String(invoice.Id), String(invoice.Stripe_Invoice_Id__c));
    }
  };
  await Promise.all(Array.from({ length: abreast }, one)).finally(() => clearInterval(noLimit));
  await forgetting;
  return issued;
}

/** Customers pay so many a second; each payment is timed until Salesforce shows it. */
export async function payAndWatch(
  road: Road,
  invoices: ReadonlyMap<string, string>,
  perSecond: number,
  patienceMs: number,
): Promise<Freshness> {
  const { engine } = road.sandbox.stripe;
  const paidAt = new Map<string, number>();
  const ms: number[] = [];
  const shown = new Set<string>();
  let lastPaid = Infinity;
  const watching = (async () => {
    while (shown.size < invoices.size && performance.now() < lastPaid + patienceMs) {
      await wait(LOOK_EVERY_MS);
      const since = new Date(road.sandbox.clock.now() - OVERLAP_MS).toISOString();
      const rows = await road.soql(`SELECT Invoice__c FROM Trueup_Allocation__c WHERE CreatedDate >= ${since}`);
      const now = performance.now();
      for (const { Invoice__c: id } of rows) {
        const at = paidAt.get(id);
        if (at === undefined || shown.has(id)) continue;
        shown.add(id);
        ms.push(now - at);
      }
    }
  })();
  const started = performance.now();
  let made = 0;
  for (const [id, stripeId] of invoices) {
    await wait(Math.max(0, started + (made * 1000) / perSecond - performance.now()));
    made += 1;
    const invoice = engine.db.invoices.get(stripeId);
    if (!invoice) throw new Error(`Stripe has no invoice ${stripeId}`);
    paidAt.set(id, performance.now());
    payInvoice(engine, invoice, { method: 'card', number: '4242424242424242' });
  }
  lastPaid = performance.now();
  await watching;
  return { payments: invoices.size, ms: ms.sort((a, b) => a - b) };
}

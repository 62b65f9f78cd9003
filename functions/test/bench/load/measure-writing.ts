import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFaultPlan } from '../../../../scripts/sandbox/index.ts';
import { createClock as createMemoryClock } from '../../../src/adapters/memory/clock.ts';
import { createEffectLog } from '../../../src/adapters/memory/effect-log.ts';
import { createFaults } from '../../../src/adapters/memory/faults.ts';
import type { QuickBooksClient } from '../../../src/adapters/quickbooks/client.ts';
import { createLedger } from '../../../src/adapters/quickbooks/ledger.ts';
import { createTogether } from '../../../src/adapters/quickbooks/together.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { BULK } from '../../../src/inbox/drain.ts';
import type { LedgerInvoice } from '../../../src/ports/ledger.ts';
import type { StripePayment } from '../../../src/ports/payments.ts';
import type { InvoiceRead } from '../../../src/ports/records.ts';
import { recordPayment } from '../../../src/use-cases/record-payment.ts';
import { connectQuickBooks } from '../../connect-quickbooks.ts';
import { must } from '../../contract/must.ts';
import { ANSWERS, createLimits } from '../../first-load/limits.ts';
import { type StillClock, createStillClock } from '../../first-load/still-clock.ts';
import { countRefusals } from './count-refusals.ts';
import { type Quickbooks, heldOf, layInvoices, loseSome, nameOf, startCompany } from './unpaid-invoices.ts';

interface Wanted {
  seed: number;
  records: number;
  log(line: string): void;
}

/**
 * Payments that Stripe took, booked in QuickBooks by the use case, as many at once as the inbox gives turns: through the effect log and
 * node-quickbooks, under the stand-in's limits and our own, by a clock that goes on when all wait. Now and then a batch or its answer is
 * lost.
 */
export async function measureWriting({ seed, records, log }: Wanted) {
  const clock = createStillClock(createMemoryClock().now());
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-writing-'));
  const faults = createFaultPlan(seed);
  const quickbooks = await startCompany({ clock, faults, dataDir });
  const refusals = countRefusals();
  const started = performance.now();
  try {
    const invoices = layInvoices(quickbooks, records);
    log(`writing: ${records.toLocaleString('en')} invoices are laid down`);
    const { ledger, deps, calls } = await connect(quickbooks, clock);
    const reference = must(await ledger.readReference());
    loseSome(faults, '*/batch');

    const [from, before] = [clock.now(), calls()];
    const todo = invoices.map((invoice, index) => paymentOf(invoice, index));
    const work = async (): Promise<void> => {
      for (let payment = todo.pop(); payment !== undefined; payment = todo.pop()) await book(payment);
    };
    let done = 0;
    const later: Promise<void>[] = [];
    const book = async ({ read, payment, document }: Payment): Promise<void> => {
      for (;;) {
        const outcome = await recordPayment(deps, read, payment, document, reference);
        if (outcome.outcome === 'done') {
          if ((done += 1) % 10_000 === 0) log(`writing: ${done.toLocaleString('en')} payments are booked`);
          return;
        }
        if (outcome.outcome === 'rejected') throw new Error(JSON.stringify(outcome.problem));
        // As the inbox does: its turn is over, and it is tried again when that is worth while.
        const ms = 'retryAfterMs' in outcome ? (outcome.retryAfterMs ?? 1_000) : 1_000;
        if (ms <= 2_000) await clock.wait(ms);
        else return void later.push(clock.wait(ms).then(() => book({ read, payment, document })));
      }
    };
    await Promise.all(Array.from({ length: BULK.turns }, work));
    // At the end nothing is left to do while an answer that was lost is waited out.
    const perHour = (done * 3_600_000) / (clock.now() - from);
    while (later.length > 0) await later.pop();
    return {
      ...{
        records,
        hours: (clock.now() - from) / 3_600_000,
        perHour,
        callsARecord: (calls() - before) / records,
        refused: refusals.stop(),
      },
      ...{ lostRequests: faults.list().reduce((all, { fired }) => all + fired, 0), ...heldOf(quickbooks, records) },
      machineSeconds: (performance.now() - started) / 1000,
    };
  } finally {
    refusals.stop();
    await quickbooks.stop();
    clock.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function connect(quickbooks: Quickbooks, clock: StillClock) {
  const metrics = createMetrics();
  const budgets = createLimits(clock, { quickbooks: 0, stripe: 0 });
  const client = slowly(clock, await connectQuickBooks(quickbooks, { budgets, metrics }));
  const time = { now: clock.now, sleep: (ms: number) => clock.wait(ms) };
  const effects = createEffectLog(createFaults(), time);
  const ledger = createLedger(client, quickbooks.baseUrl, quickbooks.realmId, createTogether(client, { effects, clock: time }));
  return { ledger, deps: { ledger, effects, clock: time }, calls: () => metrics.calls().quickbooks ?? 0 };
}

/** QuickBooks takes its time, for a batch the longer the more is in it. */
function slowly(clock: StillClock, client: QuickBooksClient): QuickBooksClient {
  const callInTurn: QuickBooksClient['callInTurn'] = async (kind, operation, run, reads) => {
    const outcome = await client.callInTurn<never>(kind, operation, run, reads);
    const items = (outcome as { value?: { BatchItemResponse?: unknown[] } }).value?.BatchItemResponse?.length ?? 0;
    await clock.wait(ANSWERS.quickbooks + items * ANSWERS.item);
    return outcome;
  };
  return { ...client, callInTurn, call: async (...asked) => (await client.turn()) ?? callInTurn(...asked) };
}

interface Payment {
  read: InvoiceRead;
  payment: StripePayment;
  document: LedgerInvoice;
}

/** What booking goes by; the rest of each is of no account to it. */
const paymentOf = ({ id, customerId }: { id: string; customerId: string }, index: number): Payment => ({
  read: {
    invoice: { id: `a01${String(index).padStart(12, '0')}AAA` },
    company: { key: 'main', clearingAccount: 'Stripe Clearing', timeZone: 'America/Los_Angeles' },
  } as InvoiceRead,
  payment: {
    ...{ id: nameOf(index), amount: 10_000, allocated: 10_000, currency: 'USD', settlementCurrency: 'USD', settledAmount: 10_000 },
    receivedAt: new Date(Date.UTC(2026, 10, 1 + (index % 20), 20)).toISOString(),
  } as StripePayment,
  document: { id, customerId } as LedgerInvoice,
});

import { payInvoice } from '../../../scripts/sandbox/index.ts';
import { createCheckpoints } from '../../src/adapters/memory/checkpoints.ts';
import type { MemoryClock } from '../../src/adapters/memory/clock.ts';
import type { MemoryEffectLog } from '../../src/adapters/memory/effect-log.ts';
import type { MemoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createSightings } from '../../src/adapters/memory/sightings.ts';
import { createUsage } from '../../src/adapters/memory/usage.ts';
import { createLedgerFeed } from '../../src/adapters/quickbooks/feed.ts';
import { createStripeFeed } from '../../src/adapters/stripe/feed.ts';
import { drain } from '../../src/inbox/drain.ts';
import { type SweepRound, sweep } from '../../src/inbox/sweep.ts';
import { storeFound } from '../../src/inbox/sweep/store-found.ts';
import type { Feeds } from '../../src/ports/feeds.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { Allowances } from '../../src/ports/usage.ts';
import { issueInvoice } from '../../src/use-cases/issue-invoice.ts';
import { resumeOperations } from '../../src/use-cases/resume-operations.ts';
import { registerWorkflows } from '../../src/use-cases/workflows.ts';
import { type Company, REP, openCompany } from '../money/company.ts';
import type { MoneyCase } from '../money/generate.ts';
import { quickbooksInProcess } from '../money/quickbooks-in-process.ts';
import { stripeInProcess } from '../money/stripe-in-process.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type System = 'salesforce' | 'stripe' | 'quickbooks';

export interface Issued {
  invoiceId: string;
  stripeInvoiceId: string;
  quickbooksInvoiceId: string;
}

/** The company of test/money with sweeps and no webhooks, and systems that can be down until a moment. */
export interface SweptCompany extends Company {
  deps: Ports & { feeds: Feeds; inbox: MemoryInbox; clock: MemoryClock };
  down(system: System, ms: number): void;
  /** So many reads of QuickBooks are made. */
  read(reads: number): void;
  /** What the usage header says. */
  callsUsed(used: number): void;
  issue(): Promise<Issued>;
  pay(issued: Issued): void;
  /** Webhooks of all that Stripe made so far arrive. */
  hear(): Promise<void>;
  /** As the worker does: one round of sweeps, and all they found dealt with. */
  round(): Promise<SweepRound>;
  /** The worker runs for so long, a round every `stepMs`. */
  run(ms: number, stepMs?: number): Promise<void>;
}

const DOWN = {
  outcome: 'unavailable' as const,
  problem: { code: 'down', severity: 'error' as const, message: 'The system is down.', action: 'Wait.' },
};

export function openSweptCompany(): SweptCompany {
  const company = openCompany();
  const inbox = company.deps.inbox as MemoryInbox;
  const clock = company.deps.clock as MemoryClock;
  const downUntil: Record<System, number> = { salesforce: 0, stripe: 0, quickbooks: 0 };
  /** Every call of the port fails while its system is down. */
  const failing = <Port extends object>(system: System, port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, act]) => [
        name,
        typeof act !== 'function'
          ? (act as unknown)
          : async (...given: unknown[]): Promise<unknown> =>
              clock.now() < downUntil[system] ? DOWN : ((await (act as (...given: unknown[]) => unknown)(...given)) as unknown),
      ]),
    ) as Port;
  const usage = createUsage(clock);
  let calls: ReturnType<Allowances['salesforceCalls']> = null;
  const feeds: Feeds = {
    stripe: failing('stripe', createStripeFeed(stripeInProcess(company.stripe), { live: false })),
    quickbooks: failing('quickbooks', createLedgerFeed(quickbooksInProcess(company.quickbooks))),
    checkpoints: createCheckpoints(clock),
    sightings: createSightings(clock, { inbox, effects: company.deps.effects as MemoryEffectLog }),
    allowances: {
      quickbooksReads: async (from) => ({ allowed: 500_000, days: await usage.readDays('quickbooks', from) }),
      salesforceCalls: () => calls,
    },
  };
  const deps = {
    ...company.deps,
    inbox,
    clock,
    feeds,
    records: failing('salesforce', company.deps.records),
    moneyRecords: failing('salesforce', company.deps.moneyRecords),
    payments: failing('stripe', company.deps.payments),
    balance: failing('stripe', company.deps.balance),
    ledger: failing('quickbooks', company.deps.ledger),
    bookings: failing('quickbooks', company.deps.bookings),
  };
  registerWorkflows(deps);
  let serial = 0;

  const swept: SweptCompany = {
    ...company,
    deps,
    read: (reads) => usage.count('quickbooks', reads),
    callsUsed: (used) => void (calls = { used, allowed: 100_000, asOf: new Date(clock.now()).toISOString() }),
    down: (system, ms) => void (downUntil[system] = clock.now() + ms),
    async issue() {
      const deal = company.sell({
        serial: (serial += 1),
        currency: 'USD',
        taxRate: null,
        stripeTax: false,
        balance: 0,
        send: false,
        aim: 'any',
        lines: [{ quantity: '1', unitPrice: '100', discountPercent: null, hasProduct: true }],
      } as MoneyCase);
      const reply = await issueInvoice(deps, { sourceId: deal, draft: {}, waitMs: 1000 }, REP);
      if (reply.outcome !== 'done' || reply.value.outcome !== 'done') throw new Error(JSON.stringify(reply));
      const invoice = company.org.invoices.get(reply.value.invoiceId ?? '');
      return {
        invoiceId: invoice?.id ?? '',
        stripeInvoiceId: invoice?.stripeInvoiceId ?? '',
        quickbooksInvoiceId: invoice?.quickbooksInvoiceId ?? '',
      };
    },
    pay({ stripeInvoiceId }) {
      const invoice = company.stripe.db.invoices.get(stripeInvoiceId);
      if (!invoice) throw new Error(`Stripe has no ${stripeInvoiceId}.`);
      payInvoice(company.stripe, invoice, { method: 'card', number: '4242424242424242' });
    },
    async hear() {
      const quiet = {
        ...deps,
        feeds: {
          ...feeds,
          sightings: { ...feeds.sightings, noteUnheard: async (events: { eventId: string }[]) => events.map(({ eventId }) => eventId) },
        },
      };
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof feeds.stripe.listEvents>> = await feeds.stripe.listEvents({
          createdFrom: '2026-01-01',
          cursor,
        });
        if (page.outcome !== 'done') throw new Error(page.problem.message);
        await storeFound(quiet, page.value.events, true);
        cursor = page.value.next;
      } while (cursor !== null);
    },
    async round() {
      const round = await sweep(deps);
      while ((await drain(deps)) > 0);
      await company.idle();
      return round;
    },
    async run(ms, stepMs = 5 * MINUTE) {
      for (const end = clock.now() + ms; clock.now() < end;) {
        clock.advance(stepMs);
        await resumeOperations(deps);
        await swept.round();
      }
    },
  };
  return swept;
}

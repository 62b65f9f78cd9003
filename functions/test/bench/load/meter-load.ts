import type { SalesforceClient } from '../../../src/adapters/salesforce/client.ts';
import { isOfCustomers, type LoadObject, type LoadSystem } from '../../../src/domain/first-load/load.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import type { PageAsk, PastPage } from '../../../src/ports/history.ts';
import { ANSWERS, RECORDS_OF_CALL, perHourBy } from '../../first-load/limits.ts';
import type { StillClock } from '../../first-load/still-clock.ts';

type System = LoadSystem | 'salesforce';
const NAMES = { quickbooks: 'QuickBooks', stripe: 'Stripe', salesforce: 'Salesforce' };
/** Fewer pages say nothing of the pace: the last one of a list is seldom full. */
const ENOUGH_PAGES = 20;

/** Measures, by the clock of the limits, when each system was at work for the load, and what was listed meanwhile. */
export function createLoadMeter(clock: StillClock) {
  const work: Record<System, { underWay: number; since: number; busyMs: number }> = {
    quickbooks: { underWay: 0, since: 0, busyMs: 0 },
    stripe: { underWay: 0, since: 0, busyMs: 0 },
    salesforce: { underWay: 0, since: 0, busyMs: 0 },
  };
  /** Of customers alone: while they are listed nothing is written, so that reading is all there is. */
  const phase = { from: Infinity, to: 0, pages: { quickbooks: 0, stripe: 0 }, records: { quickbooks: 0, stripe: 0 } };

  async function during<T>(system: System, act: () => Promise<T>): Promise<T> {
    const own = work[system];
    own.underWay += 1;
    if (own.underWay === 1) own.since = clock.now();
    try {
      return await act();
    } finally {
      own.underWay -= 1;
      if (own.underWay === 0) own.busyMs += clock.now() - own.since;
    }
  }

  return {
    around: (client: SalesforceClient): SalesforceClient => ({
      ...client,
      queries: (...asked) => during('salesforce', () => client.queries(...asked)),
      graph: (...asked) => during('salesforce', () => client.graph(...asked)),
      get: (...asked) => during('salesforce', () => client.get(...asked)),
      send: (...asked) => during('salesforce', () => client.send(...asked)),
    }),

    listen({ histories }: Pick<Ports, 'histories'>): void {
      for (const system of ['quickbooks', 'stripe'] as const) {
        const count = histories[system].count.bind(histories[system]);
        histories[system].count = (...asked) => during(system, () => count(...asked));
        for (const [name, object] of [
          ['listCustomers', `${system}-customers`],
          ['listInvoices', `${system}-invoices`],
          ['listPayments', `${system}-payments`],
        ] as [string, LoadObject][]) {
          const history = histories[system] as unknown as Record<string, (ask: PageAsk) => Promise<Outcome<PastPage<unknown>>>>;
          const list = history[name]?.bind(histories[system]);
          if (!list) throw new Error(`no ${name}`);
          history[name] = async (ask) => {
            const from = clock.now();
            const page = await during(system, () => list(ask));
            if (page.outcome !== 'done' || !isOfCustomers(object)) return page;
            phase.from = Math.min(phase.from, from);
            phase.to = Math.max(phase.to, clock.now());
            phase.pages[system] += 1;
            phase.records[system] += page.value.records.length + page.value.unreadable.length;
            return page;
          };
        }
      }
    },

    /**
     * How near reading comes to what binds it. A list is read page after page, each by the key of the one before: so much as a system
     * answers one after the other, or as its limit lets us ask, whichever is less.
     */
    reading() {
      const took = phase.to - phase.from;
      const least = (['quickbooks', 'stripe'] as const).map((system) => {
        const byAnswers = (RECORDS_OF_CALL[system] * 3_600_000) / ANSWERS[system];
        const byLimit = perHourBy(system);
        const ceiling = Math.min(byAnswers, byLimit);
        return {
          system,
          leastMs: (phase.records[system] * 3_600_000) / ceiling,
          binds: `${byAnswers < byLimit ? `how fast ${NAMES[system]} answers, page after page` : `the limit of ${NAMES[system]}`}, ${Math.round(ceiling).toLocaleString('en')} an hour`,
          ofLimit: (phase.records[system] * 3_600_000) / Math.max(1, took) / byLimit,
        };
      });
      const [first, second] = least as [(typeof least)[0], (typeof least)[0]];
      const { binds, leastMs, system } = second.leastMs > first.leastMs ? second : first;
      return { binds, share: leastMs / Math.max(1, took), isEnough: phase.pages[system] >= ENOUGH_PAGES, least };
    },

    /** How much of the time each system was at work. */
    shares: (tookMs: number) =>
      (Object.keys(work) as System[]).map((system) => ({ what: NAMES[system], share: work[system].busyMs / tookMs })),
  };
}

import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type pg from 'pg';
import { createBudgets as memoryBudgets } from '../../src/adapters/memory/budgets.ts';
import { createCheckpoints as memoryCheckpoints } from '../../src/adapters/memory/checkpoints.ts';
import { createEffectLog as memoryEffectLog } from '../../src/adapters/memory/effect-log.ts';
import { createFaults } from '../../src/adapters/memory/faults.ts';
import { createInbox as memoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createInvoiceNumbers as memoryNumbers } from '../../src/adapters/memory/invoice-numbers.ts';
import { createLoads as memoryLoads } from '../../src/adapters/memory/loads.ts';
import { createProgress as memoryProgress } from '../../src/adapters/memory/progress.ts';
import { createSightings as memorySightings } from '../../src/adapters/memory/sightings.ts';
import { createTokenVault as memoryTokenVault } from '../../src/adapters/memory/token-vault.ts';
import { createUsage as memoryUsage } from '../../src/adapters/memory/usage.ts';
import { createBudgets } from '../../src/adapters/postgres/budgets.ts';
import { createCheckpoints } from '../../src/adapters/postgres/checkpoints.ts';
import { createEffectLog } from '../../src/adapters/postgres/effect-log.ts';
import { createInbox } from '../../src/adapters/postgres/inbox.ts';
import { createInvoiceNumbers } from '../../src/adapters/postgres/invoice-numbers.ts';
import { createLoads } from '../../src/adapters/postgres/loads.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createProgress } from '../../src/adapters/postgres/progress.ts';
import { createSightings } from '../../src/adapters/postgres/sightings.ts';
import { createTokenVault } from '../../src/adapters/postgres/token-vault.ts';
import { createUsage } from '../../src/adapters/postgres/usage.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { Budgets, Limit } from '../../src/ports/budgets.ts';
import type { Checkpoints } from '../../src/ports/checkpoints.ts';
import type { EffectLog } from '../../src/ports/effect-log.ts';
import type { Inbox, InboxEntry } from '../../src/ports/inbox.ts';
import type { InvoiceNumbers } from '../../src/ports/invoice-numbers.ts';
import type { Loads } from '../../src/ports/loads.ts';
import type { Progress } from '../../src/ports/progress.ts';
import type { Sightings } from '../../src/ports/sightings.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TokenVault } from '../../src/ports/token-vault.ts';
import type { Usage } from '../../src/ports/usage.ts';
import { type TestDatabase, startTestDatabase } from './database.ts';

/** What must hold on PostgreSQL, and as well on the memory the simulation puts in its place. */
export interface Stores {
  effects(): EffectLog;
  /** With the gaps it holds: reasons by number. */
  numbers(): { numbers: InvoiceNumbers; gaps(): Promise<Record<string, string>> };
  progress(): Progress;
  loads(): Loads;
  inbox(): Inbox;
  vault(): TokenVault;
  /** By a clock that a test can move. */
  usage(clock: Pick<Clock, 'now'>): Usage;
  /** All buckets have this limit. */
  budgets(limit: Limit): Budgets;
  checkpoints(): Checkpoints;
  /** What sweeps remember, with the stores they look into. */
  sightings(): { sightings: Sightings; inbox: Inbox; effects: EffectLog };
}

let database: TestDatabase;
let pool: pg.Pool;
const faults = createFaults();
/** Lets real time pass: leases and marks go by the database's clock. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const clock = { now: () => Date.now(), sleep: pause };
const KINDS: [string, Stores, () => Promise<void>][] = [
  [
    'on PostgreSQL',
    {
      effects: () => createEffectLog(pool),
      numbers: () => ({
        numbers: createInvoiceNumbers(pool),
        gaps: async () => {
          const { rows } = await pool.query<{ number: string; gap_reason: string }>(
            'SELECT number, gap_reason FROM trueup.invoice_number WHERE gap_reason IS NOT NULL',
          );
          return Object.fromEntries(rows.map((row) => [row.number, row.gap_reason]));
        },
      }),
      progress: () => createProgress(pool),
      loads: () => createLoads(pool),
      inbox: () => createInbox(pool),
      vault: () => createTokenVault(pool, new Secret(Buffer.alloc(32, 1).toString('base64'))),
      usage: (time) => createUsage(pool, time),
      budgets: (limit) => createBudgets(pool, () => limit),
      checkpoints: () => createCheckpoints(pool),
      sightings: () => ({ sightings: createSightings(pool), inbox: createInbox(pool), effects: createEffectLog(pool) }),
    },
    async () => {
      await pool.query('DROP SCHEMA IF EXISTS trueup CASCADE');
      await migrate(pool);
    },
  ],
  [
    'in memory',
    {
      effects: () => memoryEffectLog(faults, clock),
      numbers: () => {
        const numbers = memoryNumbers(faults);
        return { numbers, gaps: async () => Object.fromEntries(numbers.gaps.map(({ number, reason }) => [number, reason])) };
      },
      progress: memoryProgress,
      loads: () => memoryLoads(faults),
      inbox: () => memoryInbox(clock),
      vault: memoryTokenVault,
      usage: memoryUsage,
      budgets: (limit) => memoryBudgets(clock, () => limit),
      checkpoints: () => memoryCheckpoints(clock),
      sightings: () => {
        const inbox = memoryInbox(clock);
        const effects = memoryEffectLog(faults, clock);
        return { sightings: memorySightings(clock, { inbox, effects }), inbox, effects };
      },
    },
    async () => undefined,
  ],
];

/** Runs the same tests on PostgreSQL and in memory, each on empty stores. */
export function onEachKind(tests: (stores: Stores) => void): void {
  beforeAll(async () => {
    database = await startTestDatabase();
    pool = createPool(database.url);
  });
  afterAll(async () => {
    await pool?.end();
    await database?.stop();
  });
  describe.each(KINDS)('%s', (_name, stores, empty) => {
    beforeEach(empty);
    tests(stores);
  });
}

/** An event of Stripe's as the inbox stores it. */
export const eventOf = (eventId: string, objectId = 'in_1'): InboxEntry['event'] => ({
  provider: 'stripe',
  account: 'self',
  eventId,
  type: 'invoice.paid',
  objectType: 'invoice',
  objectId,
  invoiceId: null,
  ownWrite: false,
  happenedAt: null,
  looks: null,
  kept: null,
  body: '{}',
});

import type { StoredTokens } from '../../../src/ports/token-vault.ts';
import { createCheckpoints } from '../../../src/adapters/memory/checkpoints.ts';
import { type MemoryEffectLog, createEffectLog } from '../../../src/adapters/memory/effect-log.ts';
import type { JobStore } from '../../../src/adapters/memory/engine.ts';
import { type MemoryInbox, createInbox } from '../../../src/adapters/memory/inbox.ts';
import { type MemoryNumbers, createInvoiceNumbers } from '../../../src/adapters/memory/invoice-numbers.ts';
import { createLoads } from '../../../src/adapters/memory/loads.ts';
import { type MemoryProgress, createProgress } from '../../../src/adapters/memory/progress.ts';
import { createSightings } from '../../../src/adapters/memory/sightings.ts';
import { createUsage } from '../../../src/adapters/memory/usage.ts';
import type { Feeds } from '../../../src/ports/feeds.ts';
import type { Loads } from '../../../src/ports/loads.ts';
import type { Usage } from '../../../src/ports/usage.ts';
import type { Time } from '../time.ts';
import { type Turns, noTurns } from './turns.ts';

/** What the functions keep in PostgreSQL: it outlives every process. */
export interface Database {
  effects: MemoryEffectLog;
  numbers: MemoryNumbers;
  progress: MemoryProgress;
  inbox: MemoryInbox;
  /** How far the sweeps have read, and what they saw. */
  swept: Pick<Feeds, 'checkpoints' | 'sightings'>;
  loads: Loads;
  usage: Usage;
  turns: Turns;
  jobs: JobStore;
  tokens: Map<string, StoredTokens>;
}

export function createDatabase(time: Pick<Time, 'now'>): Database {
  const works = { plain: async <T>(_point: string, act: () => T) => act() };
  const effects = createEffectLog(works, time);
  const inbox = createInbox(time);
  return {
    effects,
    numbers: createInvoiceNumbers(works),
    progress: createProgress(),
    inbox,
    swept: { checkpoints: createCheckpoints(time), sightings: createSightings(time, { inbox, effects }) },
    loads: createLoads(works),
    usage: createUsage(time),
    turns: noTurns(),
    jobs: new Map(),
    tokens: new Map(),
  };
}

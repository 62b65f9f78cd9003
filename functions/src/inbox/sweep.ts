import { instantText } from '../domain/dates.ts';
import { isSettled } from '../domain/operation.ts';
import { type Failure, type Outcome, mapOutcome } from '../domain/outcome.ts';
import type { Checkpoint, SweepSource } from '../ports/checkpoints.ts';
import type { Deps } from '../use-cases/deps.ts';
import { startFullCompare } from '../use-cases/run-sync.ts';
import { readQuickBooksChanges } from './sweep/read-quickbooks-changes.ts';
import { readStripeEvents } from './sweep/read-stripe-events.ts';
import { readStripeObjects } from './sweep/read-stripe-objects.ts';
import type { FoundDeps } from './sweep/store-found.ts';
import { DAY_MS, type Gap, HOUR_MS, MINUTE_MS, type Swept, iso } from './sweep/swept.ts';
import { tellSalesforce } from './sweep/tell-salesforce.ts';

export type SweepDeps = FoundDeps & Pick<Deps, 'records' | 'effects' | 'engine' | 'progress'>;

interface Source {
  everyMs: number;
  /** How far back the very first sweep looks, where it asks since when. */
  firstMs?: number;
  read(deps: SweepDeps, checkpoint: Checkpoint): Promise<Outcome<Swept>>;
}

/** How often each source is read; reads of QuickBooks are metered by the month. What is older than a day is found by the nightly sync. */
const SOURCES: Record<SweepSource, Source> = {
  'stripe-events': { everyMs: MINUTE_MS, firstMs: DAY_MS, read: readStripeEvents },
  'quickbooks-changes': { everyMs: 5 * MINUTE_MS, firstMs: DAY_MS, read: readQuickBooksChanges },
  'stripe-objects': { everyMs: HOUR_MS, read: readStripeObjects },
  telling: { everyMs: 15 * MINUTE_MS, read: tellSalesforce },
};
/** A process that died gives its turn back after this long; two that sweep at once only read more than they had to. */
const LEASE_MS = 3 * MINUTE_MS;
const RETRY_MS = MINUTE_MS;
/** A full compare reads everything in three systems: one that failed is not made again at once. */
const COMPARE_AGAIN_MS = 6 * HOUR_MS;
/** A company that is not connected is looked at again after so long. */
const UNCONNECTED_MS = 15 * MINUTE_MS;

export interface SweepRound {
  /** What no webhook had brought. */
  found: number;
  failures: { source: SweepSource; failure: Failure }[];
}

/** One round: every source whose turn it is, read from its checkpoint on. Nothing depends on webhooks arriving. */
export async function sweep(deps: SweepDeps): Promise<SweepRound> {
  const round: SweepRound = { found: 0, failures: [] };
  for (const source of Object.keys(SOURCES) as SweepSource[]) {
    const { firstMs } = SOURCES[source];
    const firstFrom = firstMs === undefined ? null : iso(deps.clock.now() - firstMs);
    const checkpoint = await deps.feeds.checkpoints.claim(source, LEASE_MS, firstFrom);
    if (checkpoint === null) continue;
    const swept = await sweepOne(deps, source, checkpoint);
    if (swept.outcome === 'done') round.found += swept.value;
    else {
      round.failures.push({ source, failure: swept });
      await deps.feeds.checkpoints.postpone(source, swept.outcome === 'rate-limited' ? swept.retryAfterMs : RETRY_MS);
    }
  }
  return round;
}

async function sweepOne(deps: SweepDeps, source: SweepSource, checkpoint: Checkpoint): Promise<Outcome<number>> {
  const { read, everyMs } = SOURCES[source];
  const swept = await read(deps, checkpoint);
  if (swept.outcome !== 'done') return swept;
  if ('gap' in swept.value) return closeGap(deps, source, checkpoint, swept.value.gap);
  const { found, readTo, asOf, againMs = everyMs } = swept.value;
  const compare = await stillComparing(deps, checkpoint);
  if (compare.outcome !== 'done') return compare;
  const known = compare.value === null ? asOf : checkpoint.asOf;
  await deps.feeds.checkpoints.settle(source, { readTo, asOf: known, compare: compare.value }, againMs);
  return { outcome: 'done', value: found };
}

/** What no list tells is compared; until the company is connected the gap stays, and is found again. */
async function closeGap(deps: SweepDeps, source: SweepSource, { asOf }: Checkpoint, gap: Gap): Promise<Outcome<number>> {
  const { settle, postpone } = deps.feeds.checkpoints;
  const asked = await startFullCompare(deps, announce(gap));
  if (asked.outcome !== 'done') return asked;
  if (asked.value === null) await postpone(source, UNCONNECTED_MS);
  else
    await settle(source, { readTo: gap.readTo, asOf, compare: againAfter(deps, asked.value, COMPARE_AGAIN_MS) }, SOURCES[source].everyMs);
  return { outcome: 'done', value: 0 };
}

/** The full compare that is not done yet; one that failed is asked for again. */
async function stillComparing(deps: SweepDeps, { compare }: Checkpoint): Promise<Outcome<Checkpoint['compare']>> {
  if (compare === null) return { outcome: 'done', value: null };
  const operation = await deps.progress.read(compare.key);
  if (operation?.state === 'done') return { outcome: 'done', value: null };
  const underWay = operation && !isSettled(operation.state);
  if (underWay || deps.clock.now() < Date.parse(compare.againAt)) return { outcome: 'done', value: compare };
  const asked = await startFullCompare(deps, 'The full compare before this one did not finish, so everything is compared once more.');
  return mapOutcome(asked, (next) =>
    next === null ? againAfter(deps, compare, UNCONNECTED_MS) : againAfter(deps, next, COMPARE_AGAIN_MS),
  );
}

const againAfter = ({ clock }: SweepDeps, { key }: { key: string }, ms: number): NonNullable<Checkpoint['compare']> => ({
  key,
  againAt: iso(clock.now() + ms),
});

const announce = ({ system, since, why }: Gap): string =>
  `Full compare: Trueup has not read ${system} since ${instantText(since)}, and ${why}. So every invoice is compared in all three systems, whatever its age.`;

import { done, type Outcome } from '../../domain/outcome.ts';
import type { Checkpoint } from '../../ports/checkpoints.ts';
import type { StripeKind } from '../../ports/feeds.ts';
import type { ListedObject } from '../../ports/sightings.ts';
import type { VerifiedEvent } from '../../ports/webhook-verifier.ts';
import { type FoundDeps, storeFound } from './store-found.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Swept, iso } from './swept.ts';

/** How long after its creation an object of each kind may still change without our asking; open invoices have no end. */
const RECENT_MS: Record<StripeKind, number> = {
  invoice: 0,
  charge: 10 * DAY_MS,
  refund: 30 * DAY_MS,
  credit_note: 30 * DAY_MS,
  dispute: 120 * DAY_MS,
  payout: 30 * DAY_MS,
};
/** A pass within the day lists what is new since the one before, with this much of overlap; the first of a day lists all that may change. */
const OVERLAP_MS = 2 * HOUR_MS;
/** How an invoice looks that stays as it is: what happens to its money later is told by other objects. */
const ENDED = /^(paid|void) /;
/** Clocks of the database and of this process may differ by so much. */
const SLACK_MS = 10 * MINUTE_MS;

/**
 * Lists the objects themselves and makes those dirty that look otherwise than at the last pass: Stripe may fail to generate an
 * event at all, and then no list of events tells of it.
 */
export async function readStripeObjects(deps: FoundDeps, checkpoint: Checkpoint): Promise<Outcome<Swept>> {
  const now = deps.clock.now();
  // The first pass only learns what there is: until then the nightly sync has looked after it.
  const isFirst = checkpoint.readTo === null;
  const isWide = checkpoint.readTo?.slice(0, 10) !== iso(now).slice(0, 10);
  let found = 0;
  for (const kind of Object.keys(RECENT_MS) as StripeKind[]) {
    const from = isWide ? now - RECENT_MS[kind] : Date.parse(checkpoint.readTo ?? '') - OVERLAP_MS;
    // Open invoices are listed in every pass, all that may still change once a day.
    const lastPass = Date.parse(checkpoint.readTo ?? iso(now));
    const lastSeen = iso(isWide && kind !== 'invoice' ? Math.min(lastPass, now - DAY_MS) : lastPass);
    const listed = await listAll(deps, kind, iso(from), async (objects) => {
      const changed = isFirst ? [] : await listUntold(deps, kind, objects);
      found += await storeFound(
        deps,
        changed.map((object) => asEvent(object, now, lastSeen)),
        false,
      );
      await deps.feeds.sightings.remember(objects);
    });
    if (listed.outcome !== 'done') return listed;
    if (!isWide && kind !== 'invoice') continue;
    const vanished = await deps.feeds.sightings.listVanished(kind, iso(now - SLACK_MS));
    // An invoice that is not open any more; anything else grew too old to be listed.
    if (kind === 'invoice')
      found += await storeFound(
        deps,
        (await listUnended(deps, vanished)).map((id) => asEvent({ kind, id, looks: 'not open', invoiceId: null }, now, lastSeen)),
        false,
      );
    await deps.feeds.sightings.forget(kind, vanished);
  }
  return done({ found, readTo: iso(now), asOf: iso(now) });
}

/** Those that changed and of whose state no event told. */
async function listUntold({ feeds }: FoundDeps, kind: StripeKind, objects: ListedObject[]): Promise<ListedObject[]> {
  const changed = await feeds.sightings.listChanged(objects);
  const told = await feeds.sightings.listTold(
    'stripe',
    kind,
    changed.map(({ id }) => id),
  );
  return changed.filter(({ id, looks }) => told.get(id) !== looks);
}

/** Invoices of whose end no event told. */
async function listUnended({ feeds }: FoundDeps, ids: string[]): Promise<string[]> {
  const told = await feeds.sightings.listTold('stripe', 'invoice', ids);
  return ids.filter((id) => !ENDED.test(told.get(id) ?? ''));
}

async function listAll(
  { feeds }: FoundDeps,
  kind: StripeKind,
  createdFrom: string,
  take: (objects: ListedObject[]) => Promise<void>,
): Promise<Outcome<null>> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof feeds.stripe.listObjects>> = await feeds.stripe.listObjects({ kind, createdFrom, cursor });
    if (page.outcome !== 'done') return page;
    await take(page.value.objects);
    cursor = page.value.next;
  } while (cursor !== null);
  return done(null);
}

/** What the inbox keeps of it, so that an invoice's history tells how the change was found. It happened after the pass before. */
const asEvent = ({ kind, id, looks, invoiceId }: ListedObject, now: number, after: string): VerifiedEvent => ({
  provider: 'stripe',
  account: 'self',
  eventId: `sweep.${kind}.${id}.${now}`,
  type: `${kind}.found_by_sweep`,
  objectType: kind,
  objectId: id,
  invoiceId,
  ownWrite: false,
  happenedAt: after,
  looks,
  kept: null,
  body: JSON.stringify({ kind, id, looks }),
});

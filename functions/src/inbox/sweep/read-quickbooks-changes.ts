import { done, type Outcome } from '../../domain/outcome.ts';
import type { Checkpoint } from '../../ports/checkpoints.ts';
import type { LedgerChange, LedgerFeed } from '../../ports/feeds.ts';
import type { OwnDocument } from '../../ports/sightings.ts';
import type { VerifiedEvent } from '../../ports/webhook-verifier.ts';
import { type FoundDeps, storeFound } from './store-found.ts';
import { ENTRIES, type TellDeps, tellDeletedEntries } from './tell-deleted-entries.ts';
import { MINUTE_MS, type Swept, WINDOW_MS, iso, startOf } from './swept.ts';

/** What makes something dirty here (dirty-objects.ts). A credit memo that is used up is a Payment of nothing. */
const ENTITIES = ['Invoice', 'Payment'] as const;
const MONEY_ENTRIES: ReadonlySet<string> = new Set(ENTRIES);
/** More than this is cut from an answer without a word. */
const MOST_OBJECTS = 1_000;
/** A transaction may become visible so long after the moment it bears: before that nothing is certain. */
const LATE_MS = 10 * MINUTE_MS;

/** Asks QuickBooks what changed, and makes dirty what others changed of ours. Times are QuickBooks' own. */
export async function readQuickBooksChanges(deps: TellDeps, checkpoint: Checkpoint): Promise<Outcome<Swept>> {
  const now = deps.clock.now();
  const from = startOf(checkpoint);
  const since = iso(from - LATE_MS);
  const first = await deps.feeds.quickbooks.listChanges({ entities: [...ENTITIES, ...ENTRIES], since });
  if (first.outcome !== 'done') return first;
  const { answeredAt, changes } = first.value;
  const gap = (why: string): Outcome<Swept> => done({ gap: { system: 'QuickBooks', since: iso(from), why, readTo: answeredAt } });
  // A date long past is answered like any other: QuickBooks does not say that it forgot.
  if (Date.parse(answeredAt) - Date.parse(since) > WINDOW_MS) return gap('QuickBooks tells changes of the last 30 days only');
  const whole = changes.length < MOST_OBJECTS ? done(changes) : await readInParts(deps.feeds.quickbooks, since);
  if (whole.outcome !== 'done') return whole;
  if (whole.value === null) return gap('more changed at one moment than QuickBooks tells in an answer');
  const told = await tellDeletedEntries(deps, whole.value);
  if (told.outcome !== 'done') return told;
  const found = await storeFound(deps, await eventsOf(deps, whole.value), true);
  return done({ found, readTo: answeredAt, asOf: iso(now - LATE_MS) });
}

/** Each entity alone, from the last change of a full answer on. Null where that leads no further. */
async function readInParts(feed: LedgerFeed, since: string): Promise<Outcome<LedgerChange[] | null>> {
  const all: LedgerChange[] = [];
  for (const entity of [...ENTITIES, ...ENTRIES]) {
    for (let from = since; ;) {
      const part = await feed.listChanges({ entities: [entity], since: from });
      if (part.outcome !== 'done') return part;
      const { changes } = part.value;
      all.push(...changes);
      if (changes.length < MOST_OBJECTS) break;
      const to = changes.at(-1)?.changedAt ?? from;
      // Only a list in the order of time says that nothing before its end was cut.
      const isInOrder = changes.every(({ changedAt }, index) => index === 0 || changedAt >= (changes[index - 1]?.changedAt ?? ''));
      if (!isInOrder || Date.parse(to) <= Date.parse(from)) {
        // Of entries only the deleted are named here; the nightly compare of the account tells the sum all the same.
        if (MONEY_ENTRIES.has(entity)) break;
        return done(null);
      }
      from = to;
    }
  }
  return done(all);
}

/**
 * What is ours and was changed by somebody else; the echo of our own writes and foreign documents cost nothing. An invoice changes
 * with each payment, and may have no webhook of that: who looks after the payment looks at the invoice.
 */
async function eventsOf({ feeds }: FoundDeps, changes: LedgerChange[]): Promise<VerifiedEvent[]> {
  const idsOf = (entity: string) => changes.filter((change) => change.entity === entity).map(({ id }) => id);
  const invoices = byId(
    await feeds.sightings.ownDocuments('Invoice', [...idsOf('Invoice'), ...changes.flatMap((each) => each.invoiceIds)]),
  );
  const payments = byId(await feeds.sightings.ownDocuments('Payment', idsOf('Payment')));
  const ours = changes.flatMap((change) => {
    const own = (change.entity === 'Invoice' ? invoices : payments).get(change.id);
    if (own !== undefined && own.syncToken === change.syncToken) return [];
    const invoiceId = change.invoiceId ?? (change.entity === 'Invoice' ? own?.recordId : onlyOne(change.invoiceIds, invoices)) ?? null;
    const isOurs = own !== undefined || invoiceId !== null || change.invoiceIds.some((id) => invoices.has(id));
    return isOurs ? [{ change, event: asEvent(change, invoiceId) }] : [];
  });
  const changedWithPayment = (invoice: LedgerChange): boolean =>
    ours.some(
      ({ change: each }) => each.entity === 'Payment' && each.invoiceIds.includes(invoice.id) && each.changedAt >= invoice.changedAt,
    );
  return ours.filter(({ change }) => change.entity !== 'Invoice' || !changedWithPayment(change)).map(({ event }) => event);
}

const byId = (documents: OwnDocument[]): Map<string, OwnDocument> => new Map(documents.map((document) => [document.id, document]));

/** A payment of several invoices names none of them: all are looked for. */
const onlyOne = (ids: string[], own: Map<string, OwnDocument>): string | undefined =>
  ids.length === 1 ? own.get(ids[0] ?? '')?.recordId : undefined;

/** The same change has the same id, however often it is told. */
function asEvent({ entity, id, deleted, syncToken, changedAt }: LedgerChange, invoiceId: string | null): VerifiedEvent {
  const name = entity.toLowerCase();
  return {
    provider: 'quickbooks',
    account: 'self',
    eventId: `cdc.${name}.${id}.${changedAt}.${syncToken ?? 'deleted'}`,
    type: `qbo.${name}.${deleted ? 'deleted' : 'updated'}.v1`,
    objectType: name,
    objectId: id,
    invoiceId,
    ownWrite: false,
    happenedAt: changedAt,
    looks: null,
    kept: null,
    body: JSON.stringify({ entity, id, deleted, syncToken, changedAt, invoiceId }),
  };
}

import type { TaxEngine } from '../../domain/company.ts';
import type { TargetField, TargetOption } from '../../domain/map-fields/target.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import { createRecent } from '../../platform/recent.ts';
import type { LedgerReference } from '../../ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboListEntry } from './entities.ts';
import { ACTIVE_OR_NOT } from './query.ts';
import { readMany } from './read-many.ts';
import { PAGE, readPages } from './read-pages.ts';
import { readAllItems } from './read-items.ts';
import { customerTargets, invoiceTargets, lineTargets, type Lists, plainName } from './target-fields.ts';

/** How long lists are believed; a click believes them as long as it believes the panel. */
const TIME_TO_LIVE_MS = 60_000;

const LISTS = [
  ['classes', 'Class'],
  ['departments', 'Department'],
  ['paymentMethods', 'PaymentMethod'],
] as const;

/** Classes, locations and payment methods in one batch call (more of one only where it fills a page), beside what the reference holds already. */
export function createTargets(client: QuickBooksClient, readReference: () => Promise<Outcome<LedgerReference>>) {
  const kept = createRecent<Lists>();
  const readLists = async (tracks: LedgerReference['tracks'], believeMs: number): Promise<Outcome<Lists>> => {
    const asked = JSON.stringify(tracks);
    const known = kept.read(asked, believeMs);
    if (known) return done(known);
    // Lists that the company's edition or settings leave out are not asked for: the whole batch would fail with them.
    const read = await readMany<string>(client, {
      paymentMethods: { entity: 'PaymentMethod' as const, where: ACTIVE_OR_NOT },
      ...(tracks.classOfInvoice || tracks.classOfLine ? { classes: { entity: 'Class' as const, where: ACTIVE_OR_NOT } } : {}),
      ...(tracks.location ? { departments: { entity: 'Department' as const, where: ACTIVE_OR_NOT } } : {}),
    });
    if (read.outcome !== 'done') return read;
    const lists: Lists = { classes: [], departments: [], paymentMethods: [] };
    for (const [name, entity] of LISTS) {
      const first = (read.value[name] ?? []) as QboListEntry[];
      const rest = first.length < PAGE ? done<QboListEntry[]>([]) : await readPages<QboListEntry>(client, entity, PAGE + 1);
      if (rest.outcome !== 'done') return rest;
      lists[name] = [...first, ...rest.value].map(optionOf);
    }
    kept.keep(asked, lists);
    return done(lists);
  };
  const items = createRecent<TargetOption[]>();
  const readItems = async (believeMs: number): Promise<Outcome<TargetOption[]>> => {
    const known = items.read('items', believeMs);
    if (known) return done(known);
    return mapOutcome(await readAllItems(client), (all) => {
      items.keep('items', all);
      return all;
    });
  };
  return async (request: { taxEngine: TaxEngine; withItems: boolean; believeMs?: number }): Promise<Outcome<TargetField[]>> => {
    const believeMs = request.believeMs ?? TIME_TO_LIVE_MS;
    const reference = await readReference();
    if (reference.outcome !== 'done') return reference;
    const [lists, sold] = await Promise.all([
      readLists(reference.value.tracks, believeMs),
      request.withItems ? readItems(believeMs) : done([]),
    ]);
    if (sold.outcome !== 'done') return sold;
    return mapOutcome(lists, (all) => [
      ...invoiceTargets(reference.value, all),
      ...lineTargets(reference.value, { ...all, items: sold.value }, request.taxEngine),
      ...customerTargets(reference.value, all),
    ]);
  };
}

const optionOf = ({ Id, Name, FullyQualifiedName, Active }: QboListEntry): TargetOption => ({
  value: plainName(FullyQualifiedName ?? Name),
  label: plainName(Name),
  id: Id,
  active: Active !== false,
});

import type { TaxEngine } from '../../domain/company.ts';
import type { TargetField, TargetOption } from '../../domain/map-fields/target.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import { createRecent } from '../../platform/recent.ts';
import type { LedgerReference } from '../../ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboListEntry } from './entities.ts';
import { ACTIVE_OR_NOT } from './query.ts';
import { readMany } from './read-many.ts';
import { readAllItems } from './read-items.ts';
import { customerTargets, invoiceTargets, lineTargets, type Lists, plainName } from './target-fields.ts';

/** How long lists are believed; a click believes them as long as it believes the panel. */
const TIME_TO_LIVE_MS = 60_000;

/** Classes, locations and payment methods in one batch call, beside what the reference holds already. */
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
    return mapOutcome(read, (found) => {
      const of = (name: string) => ((found[name] ?? []) as QboListEntry[]).map(optionOf);
      const lists = { classes: of('classes'), departments: of('departments'), paymentMethods: of('paymentMethods') };
      kept.keep(asked, lists);
      return lists;
    });
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

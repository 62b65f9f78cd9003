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
  const readLists = async (believeMs: number): Promise<Outcome<Lists>> => {
    const known = kept.read('lists', believeMs);
    if (known) return done(known);
    const read = await readMany(client, {
      classes: { entity: 'Class', where: ACTIVE_OR_NOT },
      departments: { entity: 'Department', where: ACTIVE_OR_NOT },
      paymentMethods: { entity: 'PaymentMethod', where: ACTIVE_OR_NOT },
    });
    return mapOutcome(read, (found) => {
      const lists = {
        classes: (found.classes as QboListEntry[]).map(optionOf),
        departments: (found.departments as QboListEntry[]).map(optionOf),
        paymentMethods: (found.paymentMethods as QboListEntry[]).map(optionOf),
      };
      kept.keep('lists', lists);
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
    const [reference, lists, sold] = await Promise.all([
      readReference(),
      readLists(believeMs),
      request.withItems ? readItems(believeMs) : done([]),
    ]);
    if (reference.outcome !== 'done') return reference;
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

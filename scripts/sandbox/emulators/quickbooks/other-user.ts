import type { FaultPlan } from '../core/faults.ts';
import type { QuickbooksEngine } from './engine.ts';
import { entityNamed } from './entities.ts';
import type { EntityName } from './entities.ts';

/** Who the stale-object fault names. */
const OTHER_USER = 'Mia Books';

interface Update {
  entity: EntityName;
  id: string;
}

/**
 * Saves a record as another user would, just before an update of it, when the plan says so: the caller's SyncToken is stale.
 * Fault point: `quickbooks.update` (edit-by-other; context: entity, id).
 */
export function editByOther(engine: QuickbooksEngine, faults: FaultPlan, path: string, body: unknown): void {
  for (const { entity, id } of updatesIn(path, body)) {
    const current = engine.books.get(entity, id);
    if (!current || faults.next('quickbooks.update', { entity, id })?.kind !== 'edit-by-other') continue;
    // A whole save of what is there: a sparse one that changes nothing would keep the token.
    engine.write(entity, { ...current, sparse: false });
    engine.books.saveSettings({ lastUser: OTHER_USER });
  }
}

/** The updates a request holds: one of its own, or those of a batch. */
function updatesIn(path: string, body: unknown): Update[] {
  const resource = /^\/v3\/company\/[^/]+\/(\w+)$/.exec(path)?.[1] ?? '';
  const { BatchItemRequest: items } = (body ?? {}) as { BatchItemRequest?: Record<string, unknown>[] };
  const candidates: [string, unknown][] = resource === 'batch' ? (items ?? []).flatMap((item) => Object.entries(item)) : [[resource, body]];
  return candidates.flatMap(([name, value]) => {
    const entity = entityNamed(name);
    const id = (value as { Id?: unknown } | undefined)?.Id;
    return entity && typeof id === 'string' ? [{ entity, id }] : [];
  });
}

import { recordAccess } from './access/sharing.ts';
import type { DataContext, DmlOptions, MetadataRecord, OrgData, PlatformEvent, RecordChange, SaveResult, SObjectRow } from './data.ts';
import { deleteRows, insertRows, updateRows, upsertRows } from './dml/statement.ts';
import { deployMetadata } from './deploy/deploy-metadata.ts';
import type { OrgCore, Work } from './dml/work.ts';
import { createEventBus } from './events/bus.ts';
import { normaliseId } from './ids/record-id.ts';
import { createSoqlEngine } from './soql/engine.ts';
import type { QueryOptions, SoqlEngine } from './soql/engine.ts';
import type { EventBus } from './events/bus.ts';

/** `OrgData` with what the HTTP side needs beyond it. */
export interface LocalOrgData extends OrgData {
  core: OrgCore;
  soql: SoqlEngine;
  bus: EventBus;
}

export function createOrgData(core: OrgCore, records: MetadataRecord[]): LocalOrgData {
  const soql = createSoqlEngine(core);
  const bus = createEventBus(core);
  const listeners = new Set<(change: RecordChange) => void>();

  type Statement = (work: Work, rows: SObjectRow[], options: DmlOptions) => SaveResult[];
  const run =
    (statement: Statement) =>
    (rows: SObjectRow[], context: DataContext, options: DmlOptions): SaveResult[] => {
      const work: Work = { core, userId: context.userId, now: context.now, access: options.accessLevel, stale: new Map(), changes: [] };
      const results = statement(work, rows, options);
      if (listeners.size && work.changes.length)
        core.store.afterOutermost((committed) => {
          if (committed) for (const change of work.changes) for (const listener of [...listeners]) listener(change);
        });
      return results;
    };
  const optionsOf = (context: DataContext): QueryOptions => ({ access: context.accessLevel ?? 'user' });
  const right = (userId: string, objectName: string, fieldName: string | undefined, kind: 'read' | 'edit'): boolean => {
    const object = core.schema.object(objectName);
    if (!object) return false;
    const rights = core.book.of(userId);
    if (fieldName === undefined) return rights.object(object)[kind];
    const field = object.fields.get(fieldName.toLowerCase());
    if (!field) return false;
    return kind === 'read'
      ? rights.readField(object, field)
      : rights.object(object).edit && field.updateable && rights.editField(object, field);
  };

  return {
    core,
    soql,
    bus,
    schema: core.schema,
    query: (text, context, binds = {}) => soql.rows(text, context, binds, optionsOf(context)).rows,
    count: (text, context, binds = {}) => soql.rows(text, context, binds, optionsOf(context)).count,
    insert: run(insertRows),
    update: run(updateRows),
    upsert: run(upsertRows),
    delete: run(deleteRows),
    publish: (events, context) => bus.publish(events, context),
    savepoint: () => {
      const point = core.store.begin();
      return {
        rollback: () => {
          point.rollback();
          core.book.forget();
        },
        release: () => point.commit(),
      };
    },
    metadata: (type, name) =>
      metadataOf(core, records, type).filter((record) => name === undefined || record.name.toLowerCase() === name.toLowerCase()),
    deployMetadata: (components, context) => deployMetadata(core, components, context),
    nextJobId: (kind) => core.store.nextId({ name: kind, keyPrefix: JOB_PREFIX[kind] }),
    hasCustomPermission: (userId, name) =>
      [...core.book.of(userId).customPermissions].some((one) => one.toLowerCase() === name.toLowerCase()),
    recordAccess: (userId, ids) =>
      recordAccess(
        core.schema,
        core.store,
        core.book,
        userId,
        ids.map((id) => normaliseId(id) ?? id),
      ),
    canRead: (userId, object, field) => right(userId, object, field, 'read'),
    canEdit: (userId, object, field) => right(userId, object, field, 'edit'),
    onChange: (listener: (change: RecordChange) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvent: (listener: (event: PlatformEvent) => void) => bus.listen(listener),
  };
}

/** Key prefixes of jobs, which are no records here. [memory: as ids of real orgs show] */
const JOB_PREFIX = { DeployRequest: '0Af', AsyncApexJob: '707' };

function metadataOf(core: OrgCore, records: MetadataRecord[], type: string): MetadataRecord[] {
  const wanted = type.toLowerCase();
  switch (wanted) {
    case 'customlabel':
    case 'label':
      return [...core.schema.labels].map(([name, value]) => ({ type: 'CustomLabel', name, label: value, values: { value } }));
    case 'custompermission':
      return [...core.schema.customPermissions].map(([name, label]) => ({ type: 'CustomPermission', name, label, values: {} }));
    case 'permissionset':
      return core.schema
        .permissionSets()
        .map((grant) => ({ type: 'PermissionSet', name: grant.name, label: grant.label, values: { grant } }));
    default:
      return records.filter((record) => record.type.toLowerCase() === wanted);
  }
}

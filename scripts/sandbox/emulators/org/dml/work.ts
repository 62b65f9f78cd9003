import type { FaultPlan } from '../../core/faults.ts';
import type { RightsBook } from '../access/rights.ts';
import type { AccessLevel, RecordChange } from '../data.ts';
import { RowFault } from '../errors.ts';
import type { FormulaEvaluator } from '../formulas/evaluator.ts';
import { outRow } from '../formatters.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import type { RecordStore, StoredRow } from '../store.ts';
import { shapeOf } from './shape.ts';

/** The parts of the org a statement needs. */
export interface OrgCore {
  schema: OrgSchema;
  store: RecordStore;
  book: RightsBook;
  formulas: FormulaEvaluator;
  faults: FaultPlan;
  timeZone: string;
  corporateCurrency: string;
}

/** One DML statement under way. */
export interface Work {
  core: OrgCore;
  userId: string;
  now: number;
  access: AccessLevel;
  /** The acting user's currency, once it was asked for. */
  currency?: string;
  /** Masters whose roll-ups are stale: object name to ids, with the detail object that changed. */
  stale: Map<string, { object: OrgObject; id: string; details: Set<string> }>;
  changes: RecordChange[];
}

export function objectOf(work: Work, name: string): OrgObject {
  const object = work.core.schema.object(name);
  if (!object) throw new Error(`the schema lacks ${name}`);
  return object;
}

/** Stored row of a parent, or undefined. */
export function related(work: Work, object: string, id: unknown): StoredRow | undefined {
  const target = work.core.schema.object(object);
  return target && typeof id === 'string' ? work.core.store.get(target, id) : undefined;
}

export function noteChange(
  work: Work,
  kind: RecordChange['kind'],
  object: OrgObject,
  id: string,
  before: StoredRow | undefined,
  after: StoredRow | undefined,
): void {
  work.changes.push({
    kind,
    object: object.name,
    id,
    userId: work.userId,
    // Most changes interest nobody: rows are shaped when they are read.
    get before() {
      return before ? outRow(object, before) : null;
    },
    get after() {
      return after ? outRow(object, after) : null;
    },
  });
}

/** Marks the masters of a detail row as stale. */
export function touchMasters(work: Work, object: OrgObject, row: StoredRow): void {
  for (const field of shapeOf(object).masters) {
    const id = row[field.name];
    if (typeof id !== 'string') continue;
    const master = work.core.schema.object(field.referenceTo?.[0] ?? '');
    if (!master) continue;
    const key = `${master.name} ${id}`;
    const known = work.stale.get(key) ?? { object: master, id, details: new Set<string>() };
    known.details.add(object.name);
    work.stale.set(key, known);
  }
}

/** A refusal whose text names the field's label and whose fields hold its API name. */
export const fieldFault = (code: string, field: OrgField, text: string): RowFault =>
  new RowFault(code, `${field.label}: ${text}`, [field.name]);

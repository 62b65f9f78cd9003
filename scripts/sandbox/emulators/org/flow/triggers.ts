import type { PlatformEvent, RecordChange } from '../data.ts';
import { newInterview, holds } from './batch.ts';
import { compareValues, criteriaHold } from './conditions.ts';
import type { FlowDefinition, FlowRecord, FlowStart, FlowValue } from './definition.ts';
import { evaluateFormula } from './formula.ts';
import { findRecords } from './find-records.ts';
import { newSeed } from './interview.ts';
import type { InterviewSeed } from './interview.ts';
import { ReferenceReader } from './references.ts';
import type { FlowWorld } from './world.ts';

const TRIGGERS: Record<RecordChange['kind'], FlowStart['recordTrigger'][]> = {
  insert: ['Create', 'CreateAndUpdate'],
  update: ['Update', 'CreateAndUpdate'],
  delete: ['Delete'],
};

const asRecord = (object: string, id: string, fields: Record<string, unknown> | null): FlowRecord | null =>
  fields ? { ...fields, attributes: { type: object }, Id: id } : null;

/** The interview a change starts, or null when the flow does not care for it. */
export function seedOfChange(flow: FlowDefinition, change: RecordChange, world: FlowWorld): InterviewSeed | null {
  const { start } = flow;
  if (
    start.kind !== 'record' ||
    start.object?.toLowerCase() !== change.object.toLowerCase() ||
    !TRIGGERS[change.kind].includes(start.recordTrigger)
  )
    return null;
  const after = asRecord(change.object, change.id, change.after);
  const before = asRecord(change.object, change.id, change.before);
  const record = after ?? before;
  if (!record || !meets(flow, record, before, change.userId, world)) return null;
  if (start.onlyWhenChangedToMeet && change.kind === 'update' && before && meets(flow, before, null, change.userId, world)) return null;
  return newSeed(record, before);
}

function meets(flow: FlowDefinition, record: FlowRecord, prior: FlowRecord | null, userId: string, world: FlowWorld): boolean {
  const reader = new ReferenceReader(newInterview(flow, newSeed(record, prior), world.clock.now()), world, userId);
  const { criteria, formula } = flow.start;
  if (formula !== null) return evaluateFormula({ dataType: 'Boolean', expression: formula, scale: null }, reader) === true;
  return criteriaHold(criteria, (index) => {
    const condition = criteria.conditions[index];
    if (!condition) return true;
    const value = reader.read(`$Record.${condition.left}`);
    if (condition.operator === 'IsChanged')
      return (
        !compareValues(value, 'EqualTo', reader.read(`$Record__Prior.${condition.left}`)) === (reader.operand(condition.right) === true)
      );
    return compareValues(value, condition.operator, reader.operand(condition.right));
  });
}

/** The interview a platform event starts. */
export function seedOfEvent(flow: FlowDefinition, event: PlatformEvent, world: FlowWorld): InterviewSeed | null {
  if (flow.start.kind !== 'event' || flow.start.object?.toLowerCase() !== event.object.toLowerCase()) return null;
  const seed = newSeed({ ...event.payload, attributes: { type: event.object }, ReplayId: String(event.replayId) });
  const reader = new ReferenceReader(newInterview(flow, seed, world.clock.now()), world, '');
  const criteria = {
    ...flow.start.criteria,
    conditions: flow.start.criteria.conditions.map((one) => ({ ...one, left: `$Record.${one.left}` })),
  };
  return holds(criteria, reader) ? seed : null;
}

/** One interview per matching record; without an object, one. */
export function seedsOfSchedule(flow: FlowDefinition, userId: string, world: FlowWorld): InterviewSeed[] {
  const { object, criteria } = flow.start;
  if (object === null) return [newSeed()];
  const reader = new ReferenceReader(newInterview(flow, newSeed(), world.clock.now()), world, userId);
  const value = (index: number): FlowValue =>
    reader.operand(criteria.conditions[index]?.right ?? { kind: 'literal', value: null, dataType: 'String' });
  const context = { userId, now: world.clock.now(), accessLevel: flow.accessLevel };
  return findRecords({ object, fields: [], criteria }, context, value, world).map((record) => newSeed(record));
}

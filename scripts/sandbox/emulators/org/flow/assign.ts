import type { FlowRecord, FlowValue } from './definition.ts';
import type { Interview } from './interview.ts';
import type { ReferenceReader } from './references.ts';

/** Puts a value where a reference leads: a variable, or a field of a record variable or of `$Record`. */
export function writeReference(interview: Interview, path: string, value: FlowValue): void {
  const [head = '', ...rest] = path.split('.');
  const field = rest.join('.');
  if (field === '') {
    const variable = interview.flow.variables.get(head);
    interview.variables.set(head, variable ? converted(value, variable.dataType) : value);
    return;
  }
  const holder = head === '$Record' ? interview.seed.record : recordIn(interview, head);
  if (holder) holder[field] = value;
}

/** A record variable that holds nothing yet begins as a new record of its type. */
function recordIn(interview: Interview, name: string): FlowRecord {
  const held = interview.variables.get(name);
  if (held !== null && held !== undefined && typeof held === 'object' && !Array.isArray(held)) return held;
  const fresh: FlowRecord = { attributes: { type: interview.flow.variables.get(name)?.objectType ?? '' } };
  interview.variables.set(name, fresh);
  return fresh;
}

function converted(value: FlowValue, dataType: string): FlowValue {
  if (value === null || Array.isArray(value)) return value;
  if (dataType === 'String' && typeof value !== 'object') return String(value);
  if ((dataType === 'Number' || dataType === 'Currency') && typeof value === 'string') return Number(value);
  if (dataType === 'Date' && typeof value === 'string') return value.slice(0, 10);
  return value;
}

/** One line of an assignment element. */
export function applyAssignment(
  item: { to: string; operator: string; value: Parameters<ReferenceReader['operand']>[0] },
  interview: Interview,
  reader: ReferenceReader,
): void {
  const value = reader.operand(item.value);
  const before = item.operator === 'Assign' ? null : reader.read(item.to);
  const isCollection = interview.flow.variables.get(item.to)?.isCollection ?? false;
  writeReference(interview, item.to, combined(before ?? (isCollection ? [] : null), item.operator, value));
}

/** Operators an assignment may use. */
export const ASSIGNMENTS = new Set(['Assign', 'Add', 'Subtract', 'AddAtStart', 'AssignCount', 'RemoveAll']);

function combined(before: FlowValue, operator: string, value: FlowValue): FlowValue {
  switch (operator) {
    case 'Assign':
      return value;
    case 'AssignCount':
      return Array.isArray(value) ? value.length : 0;
    case 'Add':
      if (Array.isArray(before)) return [...before, ...(Array.isArray(value) ? value : [value])];
      return typeof before === 'string' || typeof value === 'string'
        ? `${String(before ?? '')}${String(value ?? '')}`
        : sum(Number(before ?? 0), Number(value ?? 0));
    case 'AddAtStart':
      return [...(Array.isArray(value) ? value : [value]), ...(Array.isArray(before) ? before : [])];
    case 'Subtract':
      return sum(Number(before ?? 0), -Number(value ?? 0));
    case 'RemoveAll':
      return Array.isArray(before) ? before.filter((item) => (Array.isArray(value) ? !value.includes(item) : item !== value)) : before;
    default:
      throw new Error(`The assignment ${operator} is not supported by the local org's flows`);
  }
}

/** Flow numbers are decimals: 0.1 and 0.2 make 0.3. */
const sum = (left: number, right: number): number => Number((left + right).toPrecision(15));

import type { Criteria, FlowValue } from './definition.ts';

/** Whether criteria hold, given what each condition's sides are. */
export function criteriaHold(criteria: Criteria, holds: (index: number) => boolean): boolean {
  const { conditions } = criteria;
  const logic = criteria.logic.trim().toLowerCase();
  if (conditions.length === 0) return true;
  if (logic === 'and' || logic === '') return conditions.every((_, index) => holds(index));
  if (logic === 'or') return conditions.some((_, index) => holds(index));
  return evaluateLogic(logic, (number) => holds(number - 1));
}

/** `1 and (2 or not 3)`. */
function evaluateLogic(logic: string, holds: (number: number) => boolean): boolean {
  const tokens = logic.match(/\d+|and|or|not|[()]/g) ?? [];
  let at = 0;
  const alternative = (): boolean => {
    let value = conjunction();
    while (tokens[at] === 'or') {
      at += 1;
      const right = conjunction();
      value = value || right;
    }
    return value;
  };
  const conjunction = (): boolean => {
    let value = single();
    while (tokens[at] === 'and') {
      at += 1;
      const right = single();
      value = value && right;
    }
    return value;
  };
  const single = (): boolean => {
    const token = tokens[at++];
    if (token === 'not') return !single();
    if (token !== '(') return holds(Number(token));
    const value = alternative();
    at += 1;
    return value;
  };
  return alternative();
}

const isEmpty = (value: FlowValue): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Text compares without regard to case, dates and moments as text, for both are ISO. */
export function compareValues(left: FlowValue, operator: string, right: FlowValue): boolean {
  switch (operator) {
    case 'EqualTo':
      return isEqual(left, right);
    case 'NotEqualTo':
      return !isEqual(left, right);
    case 'GreaterThan':
      return ordered(left, right, (difference) => difference > 0);
    case 'GreaterThanOrEqualTo':
      return ordered(left, right, (difference) => difference >= 0);
    case 'LessThan':
      return ordered(left, right, (difference) => difference < 0);
    case 'LessThanOrEqualTo':
      return ordered(left, right, (difference) => difference <= 0);
    case 'StartsWith':
      return textOf(left).startsWith(textOf(right));
    case 'EndsWith':
      return textOf(left).endsWith(textOf(right));
    case 'Contains':
      return Array.isArray(left) ? left.some((item) => isEqual(item, right)) : textOf(left).includes(textOf(right));
    case 'IsNull':
      return isEmpty(left) === (right === true);
    case 'IsBlank':
      return (isEmpty(left) || textOf(left).trim() === '') === (right === true);
    case 'IsEmpty':
      return (Array.isArray(left) ? left.length === 0 : isEmpty(left)) === (right === true);
    case 'In':
      return Array.isArray(right) && right.some((item) => isEqual(left, item));
    case 'NotIn':
      return !(Array.isArray(right) && right.some((item) => isEqual(left, item)));
    case 'WasSet':
      return !isEmpty(left) === (right === true);
    default:
      throw new Error(`The operator ${operator} is not supported by the local org's flows`);
  }
}

/** Operators conditions may use; IsChanged needs the record before as well. */
export const OPERATORS = new Set([
  'EqualTo',
  'NotEqualTo',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'LessThan',
  'LessThanOrEqualTo',
  'StartsWith',
  'EndsWith',
  'Contains',
  'IsNull',
  'IsBlank',
  'IsEmpty',
  'In',
  'NotIn',
  'WasSet',
  'IsChanged',
]);

const textOf = (value: FlowValue): string => (value === null ? '' : String(value).toLowerCase());

function isEqual(left: FlowValue, right: FlowValue): boolean {
  if (isEmpty(left) || isEmpty(right)) return isEmpty(left) === isEmpty(right);
  if (typeof left === 'number' || typeof right === 'number') return Number(left) === Number(right);
  if (isMoment(left) && isMoment(right)) return Date.parse(String(left)) === Date.parse(String(right));
  return textOf(left) === textOf(right);
}

const isMoment = (value: FlowValue): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value);

function ordered(left: FlowValue, right: FlowValue, accepts: (difference: number) => boolean): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  if (typeof left === 'number' || typeof right === 'number') return accepts(Number(left) - Number(right));
  if (isMoment(left) && isMoment(right)) return accepts(Date.parse(String(left)) - Date.parse(String(right)));
  const [one, other] = [textOf(left), textOf(right)];
  return accepts(one < other ? -1 : one > other ? 1 : 0);
}

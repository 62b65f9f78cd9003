// Visibility rules of Lightning pages: `{!$Permission.CustomPermission.X} EQUAL true`, `{!Record.Status__c} NE Paid`.
import { boot } from 'sandbox/boot';

/** Fields of the record the rules of these placed things read. */
export function fieldsOfRules(rules) {
  return rules.flatMap((rule) => rule?.criteria || []).flatMap(({ left }) => /^\{!Record\.([\w.]+)\}$/.exec(left)?.[1] || []);
}

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

function valueOf(expression, record) {
  const [, path = ''] = /^\{!([^}]+)\}$/.exec(expression) || [];
  const [root, ...rest] = path.split('.');
  if (root === '$Permission') return boot[rest[0] === 'CustomPermission' ? 'customPermission' : 'userPermission'].includes(rest[1]);
  if (root === '$User') return boot.user[rest[0]];
  if (root === '$Client') return 'Large';
  if (root === 'Record') return rest.reduce((node, name) => node?.fields?.[name]?.value, record);
  throw new Error(`The sandbox does not know what ${expression} means in a visibility rule.`);
}

function holds({ left, operator, right }, record) {
  const value = String(valueOf(left, record) ?? '');
  const wanted = right.split(',').map((part) => part.trim());
  switch (operator) {
    case 'EQUAL':
      return wanted.some((one) => same(value, one));
    case 'NE':
      return !wanted.some((one) => same(value, one));
    case 'CONTAINS':
      return wanted.some((one) => value.toLowerCase().includes(one.toLowerCase()));
    case 'GT':
      return Number(value) > Number(right);
    case 'GE':
      return Number(value) >= Number(right);
    case 'LT':
      return Number(value) < Number(right);
    case 'LE':
      return Number(value) <= Number(right);
    default:
      throw new Error(`The sandbox does not know the visibility operator ${operator}.`);
  }
}

/** `1 AND (2 OR 3)`, by a tiny descent: the page's content policy forbids building functions from text. */
class Logic {
  constructor(logic, results) {
    this.tokens = logic.toUpperCase().match(/\d+|AND|OR|NOT|[()]/g) || [];
    this.results = results;
  }

  take(token) {
    return this.tokens[0] === token && this.tokens.shift();
  }

  either() {
    let value = this.both();
    while (this.take('OR')) value = this.both() || value;
    return value;
  }

  both() {
    let value = this.one();
    while (this.take('AND')) value = this.one() && value;
    return value;
  }

  one() {
    if (this.take('NOT')) return !this.one();
    if (!this.take('(')) return this.results[Number(this.tokens.shift()) - 1];
    const inner = this.either();
    this.take(')');
    return inner;
  }
}

/** Whether a rule shows its component to this user on this record (ui-api representation, may be undefined while loading). */
export function isVisible(rule, record) {
  if (!rule) return true;
  const results = rule.criteria.map((criterion) => holds(criterion, record));
  if (!rule.logic) return results.every(Boolean);
  return new Logic(rule.logic, results).either();
}

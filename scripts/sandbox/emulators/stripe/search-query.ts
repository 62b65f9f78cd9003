import { invalid, notModelled } from './errors.ts';

export interface Term {
  field: string;
  key: string | undefined;
  value: string;
  negated: boolean;
}

export interface SearchQuery {
  terms: Term[];
  /** Joined by OR: one of them has to hold. */
  any: boolean;
}

const CLAUSE = /(-?)(\w+)(?:\[(?:"([^"]+)"|'([^']+)')\])?:(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/y;
const JOINT = /\s+(?:(AND|OR)\s+)?/iy;

/**
 * Parses the part of Stripe's query language that is modelled: exact terms, joined by AND (or a space) or by OR, never by both.
 * https://docs.stripe.com/search#search-query-language
 */
export function parseQuery(query: string): SearchQuery {
  const text = query.trim();
  const terms: Term[] = [];
  const joints = new Set<string>();
  for (let at = 0; at < text.length;) {
    CLAUSE.lastIndex = at;
    const match = CLAUSE.exec(text);
    if (!match) throw notModelled(`this search query: ${text.slice(at)}`, 'query');
    const [, sign, field = '', doubleKey, singleKey, double, single] = match;
    terms.push({ field, key: doubleKey ?? singleKey, value: (double ?? single ?? '').replace(/\\(.)/g, '$1'), negated: sign === '-' });
    at = CLAUSE.lastIndex;
    if (at === text.length) break;
    JOINT.lastIndex = at;
    const joint = JOINT.exec(text);
    if (!joint) throw notModelled(`this search query: ${text.slice(at)}`, 'query');
    joints.add((joint[1] ?? 'AND').toUpperCase());
    at = JOINT.lastIndex;
  }
  if (joints.size > 1) throw invalid('A search query joins its clauses by AND or by OR, not by both.', { param: 'query' });
  if (terms.length === 0) throw invalid('A search query needs at least one clause.', { param: 'query' });
  return { terms, any: joints.has('OR') };
}

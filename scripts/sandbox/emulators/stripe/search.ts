import type { Collection } from '../core/index.ts';
import { invalid, notModelled } from './errors.ts';
import type { Metadata } from './metadata.ts';
import type { World } from './world.ts';

/** Fresh objects are not found at once; under a minute as a rule. https://docs.stripe.com/search#data-freshness */
const LAG_SECONDS = 5;

interface Term {
  field: string;
  key: string | undefined;
  value: string;
  negated: boolean;
}

const TERM = /^(-?)(\w+)(?:\[["'](.+?)["']\])?:(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')$/;

/** Parses the part of Stripe's query language that is modelled: exact terms joined by AND. https://docs.stripe.com/search#search-query-language */
export function parseQuery(query: string): Term[] {
  return query.split(/\s+AND\s+/i).map((term) => {
    const match = TERM.exec(term.trim());
    if (!match) throw notModelled(`this search query: ${term}`, 'query');
    const [, sign, field = '', key, double, single] = match;
    return { field, key, value: (double ?? single ?? '').replace(/\\(.)/g, '$1'), negated: sign === '-' };
  });
}

type Searchable = { id: string; created: number; metadata: Metadata; deleted?: true };

/** One page of a search, newest first. The page token is the id of the last object. */
export function searchPage<T extends Searchable>(
  world: World,
  collection: Collection<T>,
  path: string,
  params: Record<string, unknown>,
  format: (doc: T) => unknown,
) {
  const limit = (params['limit'] as number | undefined) ?? 10;
  if (limit < 1 || limit > 100) throw invalid(`Invalid integer: ${limit}; must be between 1 and 100.`, { param: 'limit' });
  const terms = parseQuery(params['query'] as string);
  const known = world.now() - LAG_SECONDS;
  const page = params['page'] as string | undefined;
  const found = collection
    .where({}, { desc: true, ...(page === undefined ? {} : { after: page }) })
    .filter((doc) => !doc.deleted && doc.created <= known && terms.every((term) => holds(term, doc)));
  const data = found.slice(0, limit);
  const more = found.length > limit;
  return {
    object: 'search_result',
    data: data.map(format),
    has_more: more,
    next_page: more ? data.at(-1)!.id : null,
    url: `/v1/${path}/search`,
  };
}

function holds({ field, key, value, negated }: Term, doc: Searchable): boolean {
  const held =
    key === undefined ? (doc as unknown as Record<string, unknown>)[field] : field === 'metadata' ? doc.metadata[key] : undefined;
  if (key === undefined && held === undefined) throw invalid(`Field \`${field}\` is an unsupported search field.`, { param: 'query' });
  return (String(held ?? '').toLowerCase() === value.toLowerCase() && held !== undefined) !== negated;
}

import type { Collection } from '../core/index.ts';
import { invalid, notModelled } from './errors.ts';
import type { Metadata } from './metadata.ts';
import { parseQuery, type Term } from './search-query.ts';
import type { World } from './world.ts';

/** Fresh objects are not found at once; under a minute as a rule. https://docs.stripe.com/search#data-freshness */
const LAG_SECONDS = 5;

/** What can be searched for besides metadata; fields of numbers and times are not modelled. https://docs.stripe.com/search#supported-query-fields-for-each-resource */
const FIELDS = {
  customers: ['email', 'name', 'phone'],
  invoices: ['currency', 'customer', 'number', 'receipt_number', 'status', 'subscription'],
  products: ['active', 'description', 'name', 'shippable', 'url'],
  subscriptions: ['status'],
};
const NUMBERS = new Set(['canceled_at', 'created', 'total']);
/** Texts: found by some of their words too. */
const TEXTS = new Set(['description', 'name']);

type Searchable = { id: string; created: number; metadata: Metadata; deleted?: true };

/** One page of a search, newest first. The page token is the id of the last object. */
export function searchPage<T extends Searchable>(
  world: World,
  collection: Collection<T>,
  path: keyof typeof FIELDS,
  params: Record<string, unknown>,
  format: (doc: T) => unknown,
  isListed: (doc: T) => boolean = () => true,
) {
  const limit = (params['limit'] as number | undefined) ?? 10;
  if (limit < 1 || limit > 100) throw invalid(`Invalid integer: ${limit}; must be between 1 and 100.`, { param: 'limit' });
  const { terms, any } = parseQuery(params['query'] as string);
  for (const term of terms) checkField(path, term);
  const known = world.now() - LAG_SECONDS;
  const page = params['page'] as string | undefined;
  const meets = (doc: T) => (any ? terms.some((term) => holds(term, doc)) : terms.every((term) => holds(term, doc)));
  const found = collection
    .where({}, { desc: true, ...(page === undefined ? {} : { after: page }) })
    .filter((doc) => !doc.deleted && isListed(doc) && doc.created <= known && meets(doc));
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

function checkField(path: keyof typeof FIELDS, { field, key }: Term): void {
  if (field === 'metadata' && key !== undefined) return;
  if (NUMBERS.has(field)) throw notModelled(`a search by ${field}`, 'query');
  if (key !== undefined || !FIELDS[path].includes(field))
    throw invalid(`Field \`${field}\` is an unsupported search field.`, { param: 'query' });
}

function holds({ field, key, value, negated }: Term, doc: Searchable): boolean {
  const held = key === undefined ? (doc as unknown as Record<string, unknown>)[field] : doc.metadata[key];
  return (held !== undefined && held !== null && isAsked(field, String(held), value)) !== negated;
}

/** Upper and lower case are one. Of a text it is enough that the words stand in it in this order. */
function isAsked(field: string, held: string, value: string): boolean {
  if (!TEXTS.has(field)) return held.toLowerCase() === value.toLowerCase();
  const [all, asked] = [wordsOf(held), wordsOf(value)];
  return asked.length > 0 && all.some((_, start) => asked.every((word, index) => all[start + index] === word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

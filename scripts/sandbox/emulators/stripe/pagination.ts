import type { Collection } from '../core/index.ts';
import { invalid, missing, notModelled } from './errors.ts';

export interface PageRequest<T extends { id: string; created: number }> {
  /** Path of the list, answered as `url`. */
  url: string;
  /** Kind named when a cursor names nothing. */
  kind: string;
  params: Record<string, unknown>;
  /** What the collection can find by itself. */
  criteria?: Partial<T>;
  /** What it cannot. */
  filter?(doc: T): boolean;
  /** Oldest first instead of Stripe's usual newest first. */
  oldestFirst?: boolean;
}

interface Range {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
}

/** Whether a time lies in a `created`-like parameter (exact or range). */
export function inRange(value: number, range: unknown): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return value === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range as Range;
  return value > gt && value >= gte && value < lt && value <= lte;
}

const CHUNK = 200;

/** One page of a list, in Stripe's envelope. https://docs.stripe.com/api/pagination */
export function listPage<T extends { id: string; created: number }>(
  collection: Collection<T>,
  request: PageRequest<T>,
  format: (doc: T) => unknown,
) {
  const { params, criteria = {}, filter = () => true, url } = request;
  const limit = (params['limit'] as number | undefined) ?? 10;
  if (limit < 1 || limit > 100)
    throw invalid(`Invalid integer: ${limit}; must be between 1 and 100.`, { code: 'parameter_invalid_integer', param: 'limit' });
  const after = params['starting_after'] as string | undefined;
  const before = params['ending_before'] as string | undefined;
  if (after !== undefined && before !== undefined)
    throw invalid('You may only specify one of these parameters: starting_after, ending_before.');
  for (const [param, id] of [
    ['starting_after', after],
    ['ending_before', before],
  ] as const) {
    if (id !== undefined && !collection.get(id)) throw missing(request.kind, id, param);
  }

  const backwards = before !== undefined;
  const desc = (request.oldestFirst === true) === backwards;
  const created = params['created'] as Range | number | undefined;
  const exhausted = (doc: T) =>
    created !== undefined &&
    typeof created === 'object' &&
    (desc
      ? doc.created < Math.max(created.gte ?? -Infinity, created.gt ?? -Infinity)
      : doc.created > Math.min(created.lte ?? Infinity, created.lt ?? Infinity));

  const found: T[] = [];
  let cursor = after ?? before;
  scan: for (;;) {
    const chunk = collection.where(criteria, { limit: CHUNK, desc, ...(cursor === undefined ? {} : { after: cursor }) });
    for (const doc of chunk) {
      if (exhausted(doc)) break scan;
      if (inRange(doc.created, created) && filter(doc)) found.push(doc);
      if (found.length > limit) break scan;
    }
    if (chunk.length < CHUNK) break;
    cursor = chunk.at(-1)?.id;
  }
  const data = found.slice(0, limit);
  if (backwards) data.reverse();
  return { object: 'list', data: data.map(format), has_more: found.length > limit, url };
}

/** One page of a list that is kept whole with its owner, oldest first. */
export function cutPage<T extends { id: string }>(all: T[], params: Record<string, unknown>, url: string) {
  const limit = (params['limit'] as number | undefined) ?? 10;
  const after = params['starting_after'] as string | undefined;
  const start = after === undefined ? 0 : all.findIndex((one) => one.id === after) + 1;
  if (after !== undefined && start === 0) throw missing('line item', after, 'starting_after');
  if (params['ending_before'] !== undefined) throw notModelled('ending_before on this list', 'ending_before');
  return { object: 'list', data: all.slice(start, start + limit), has_more: all.length > start + limit, url };
}

/** Those of the named parameters that were given, as criteria. */
export const given = (params: Record<string, unknown>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.filter((name) => params[name] !== undefined).map((name) => [name, params[name] as string]));

import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import { judgeFault, readFault } from './errors.ts';
import { clauses, select } from './query.ts';

interface BatchAnswer {
  BatchItemResponse: { bId: string; QueryResponse?: Record<string, unknown> }[];
}

/** What is asked: rows of an entity, with the clauses of the query language. */
export interface Query {
  entity:
    | 'Account'
    | 'Class'
    | 'Customer'
    | 'Department'
    | 'Employee'
    | 'Item'
    | 'PaymentMethod'
    | 'Preferences'
    | 'TaxCode'
    | 'Term'
    | 'Vendor';
  where: string | null;
}

/** Entities that are lists of rows; preferences are one. */
export type ListEntity = Exclude<Query['entity'], 'Preferences'>;

/** The SDK's name for a query of a list. */
export const finderOf = (entity: ListEntity) => (entity === 'Class' ? 'findClasses' : (`find${entity}s` as const));

/**
 * Several queries in one batch call, or each by a call of its own when this minute's batches are used up. Each is metered as a query of its own
 * (https://github.com/IntuitDeveloper/SampleApp-Batch-Java, docs/batch-tutorial.md).
 * Items of a batch fail each for itself, with HTTP 200 around them: the first failure is the answer.
 * @returns name -> rows, empty where a query found nothing
 */
export async function readMany<Name extends string>(
  client: QuickBooksClient,
  queries: Record<Name, Query>,
): Promise<Outcome<Record<Name, unknown[]>>> {
  const names = Object.keys(queries) as Name[];
  return (await client.mayBatch()) ? inOneBatch(client, names, queries) : sideBySide(client, names, queries);
}

async function inOneBatch<Name extends string>(
  client: QuickBooksClient,
  names: Name[],
  queries: Record<Name, Query>,
): Promise<Outcome<Record<Name, unknown[]>>> {
  const items = names.map((name) => ({ bId: name, Query: textOf(queries[name]) }));
  const answer = await client.call<BatchAnswer>('read', 'batch', (sdk, ready) => sdk.batch(items, ready), items.length);
  if (answer.outcome !== 'done') return answer;
  const found = {} as Record<Name, unknown[]>;
  for (const item of answer.value.BatchItemResponse) {
    const fault = readFault(item);
    if (fault) return judgeFault(fault, 200, undefined);
    found[item.bId as Name] = rowsOf(item.QueryResponse);
  }
  return done(found);
}

async function sideBySide<Name extends string>(
  client: QuickBooksClient,
  names: Name[],
  queries: Record<Name, Query>,
): Promise<Outcome<Record<Name, unknown[]>>> {
  const reads = await Promise.all(names.map(async (name) => ({ name, read: await one(client, queries[name]) })));
  const found = {} as Record<Name, unknown[]>;
  for (const { name, read } of reads) {
    if (read.outcome !== 'done') return read;
    found[name] = read.value;
  }
  return done(found);
}

async function one(client: QuickBooksClient, { entity, where }: Query): Promise<Outcome<unknown[]>> {
  if (entity === 'Preferences') {
    const read = await client.call('read', 'getPreferences', (sdk, ready) => sdk.getPreferences(ready));
    return mapOutcome(read, (preferences) => [preferences]);
  }
  const how = finderOf(entity);
  const answer = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', how, (sdk, ready) =>
    sdk[how](clauses(where), ready),
  );
  return mapOutcome(answer, ({ QueryResponse }) => rowsOf(QueryResponse));
}

/** Preferences is one row and takes no clauses. */
const textOf = ({ entity, where }: Query): string => (entity === 'Preferences' ? 'select * from Preferences' : select(entity, where));

/** The one array of a QueryResponse; an empty result has none. */
export function rowsOf(response: Record<string, unknown> | undefined): unknown[] {
  return (Object.values(response ?? {}).find(Array.isArray) as unknown[] | undefined) ?? [];
}

import { type Outcome, done } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import { judgeFault, readFault } from './errors.ts';

interface BatchAnswer {
  BatchItemResponse: { bId: string; QueryResponse?: Record<string, unknown> }[];
}

/**
 * Several queries in one batch call. Items fail each for itself, with HTTP 200 around them: the first failure is the answer.
 * @param queries name -> query
 * @returns name -> rows, empty where a query found nothing
 */
export async function readMany<Name extends string>(
  client: QuickBooksClient,
  operation: string,
  queries: Record<Name, string>,
): Promise<Outcome<Record<Name, unknown[]>>> {
  const names = Object.keys(queries) as Name[];
  const answer = await client.call<BatchAnswer>('read', operation, (sdk, ready) =>
    sdk.batch(
      names.map((name) => ({ bId: name, Query: queries[name] })),
      ready,
    ),
  );
  if (answer.outcome !== 'done') return answer;
  const found = {} as Record<Name, unknown[]>;
  for (const item of answer.value.BatchItemResponse) {
    const fault = readFault(item);
    if (fault) return judgeFault(fault, 200, undefined);
    found[item.bId as Name] = rowsOf(item.QueryResponse);
  }
  return done(found);
}

/** The one array of a QueryResponse; an empty result has none. */
export function rowsOf(response: Record<string, unknown> | undefined): unknown[] {
  return (Object.values(response ?? {}).find(Array.isArray) as unknown[] | undefined) ?? [];
}

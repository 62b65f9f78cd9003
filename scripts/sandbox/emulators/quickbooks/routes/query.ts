import { faults } from '../errors.ts';
import { runQuery } from '../query/run.ts';
import type { Call, Reply } from './call.ts';

/** `GET /query?query=…` and `POST /query` with the text as body. */
export function queryRoute(call: Call): Reply {
  const text = call.method === 'POST' && typeof call.body === 'string' ? call.body : call.query['query'];
  if (text === undefined || text.trim() === '') throw faults.missing('query');
  return { body: { QueryResponse: runQuery(call.source, text) } };
}

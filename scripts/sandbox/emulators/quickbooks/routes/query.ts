import type { Entity } from '../entities.ts';
import { faults } from '../errors.ts';
import { withInvoiceLink } from '../invoice-link.ts';
import { runQuery } from '../query/run.ts';
import type { Call, Reply } from './call.ts';

/** `GET /query?query=…` and `POST /query` with the text as body. */
export function queryRoute(call: Call): Reply {
  const text = call.method === 'POST' && typeof call.body === 'string' ? call.body : call.query['query'];
  if (text === undefined || text.trim() === '') throw faults.missing('query');
  const answer = runQuery(call.source, text);
  const wantsLinks = (call.query['include'] ?? '').toLowerCase().split(',').includes('invoicelink');
  const invoices = wantsLinks ? (answer['Invoice'] as Entity[] | undefined) : undefined;
  if (invoices) answer['Invoice'] = invoices.map((invoice) => withInvoiceLink(invoice, call.realmId, call.origin));
  return { body: { QueryResponse: answer } };
}

import path from 'node:path';
import type { Draft, EntityName } from '../../emulators/quickbooks/entities.ts';
import { entityNamed } from '../../emulators/quickbooks/entities.ts';
import { checkShape } from '../../emulators/quickbooks/schema/check.ts';
import { differences } from '../compare.ts';
import { filesIn, readText } from '../fixtures.ts';
import { differs, exact, judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { openRecordedCompany } from './company.ts';
import { faultDifferences } from './fault-texts.ts';
import { elementsOf, toJson } from './xml.ts';

/** Files that say nothing of the API, and why. */
const NOT_APPLICABLE: Record<string, string> = {
  'fault.xml': 'written by hand at its origin',
  'generic_error.xml': 'edited by hand at its origin; code 10000 is a failure of the server, which faults bring about',
  'tax_agencies.xml': 'not well-formed at its origin; tax agencies are not modelled',
  'batch_response.xml': 'written by hand at its origin: entities of one Id and texts of no recording',
  'throttle_exceeded_error.xml': 'superseded by too_many_requests_error.xml: HTTP 403 until 2016, 429 since',
  'invoice_void_success_response.xml':
    'edited at its origin: amounts, balance and token as before the void; the recording of 2020 has them 0, 0 and +1',
  'sales_receipt_void_success_response.xml':
    'edited at its origin: amounts and token as before the void; the recordings of 2017 and 2020 have 0 and +1',
  'payment_void_response_success.xml': 'edited at its origin: token 0 after a void, sparse true in an answer, no Line',
  'customer_duplicate_error.xml': 'superseded: the recording of 2020 says "null" where this one of 2014 names the list',
};

interface ChangeAnswer {
  CDCResponse: { QueryResponse: Record<string, unknown[]>[] }[];
}

/** XML bodies of quickbooks-ruby: their entities are known to the last member and come back as they were; their faults and deletions are ours. */
export function compareRubySamples(folder: string): Finding[] {
  const samples = path.join(folder, 'quickbooks/samples/quickbooks-ruby-xml');
  return filesIn(samples).flatMap((file): Finding[] => {
    if (NOT_APPLICABLE[file]) return [notApplicable(file, NOT_APPLICABLE[file])];
    const text = readText(samples, file);
    if (file.endsWith('.json')) return [judge(file, faultDifferences((JSON.parse(text) as { Fault: never }).Fault))];
    return elementsOf(text).map(([name, node], index) => {
      const item = `${file} ${name}${index > 0 ? ` #${String(index + 1)}` : ''}`;
      if (name === 'Fault') return judge(item, faultDifferences(faultOf(node)));
      const entity = entityNamed(name);
      if (!entity) return notApplicable(item, `${name} is not modelled; refused as an unknown resource`);
      return compareEntity(item, entity, toJson(entity, node));
    });
  });
}

const faultOf = (node: Record<string, unknown>) => {
  const error = node['Error'] as Record<string, string>;
  const element = error['@element'];
  return {
    type: String(node['@type']),
    Error: [{ code: error['@code']!, Message: error['Message']!, Detail: error['Detail']!, ...(element === undefined ? {} : { element }) }],
  };
};

function compareEntity(item: string, entity: EntityName, body: Draft): Finding {
  try {
    checkShape(entity, body);
  } catch (error) {
    return differs(item, (error as Error).message);
  }
  if (body['status'] === 'Deleted') return judge(item, deletionDifferences(entity, body));
  if (entity === 'CompanyInfo' || entity === 'Preferences') return exact(item);
  const { put, send } = openRecordedCompany({ empty: true });
  put(entity, body);
  if (['TaxCode', 'TaxRate'].includes(entity) || !/^\d+$/.test(String(body['Id']))) return exact(item);
  const answer = send('GET', `/v3/${entity.toLowerCase()}/${String(body['Id'])}`);
  const theirs = { domain: 'QBO', sparse: false, ...body };
  return judge(
    item,
    differences((answer.body as Record<string, unknown>)[entity], theirs, { volatile: ['SyncToken', 'FileAccessUri', 'TempDownloadUri'] }),
  );
}

function deletionDifferences(entity: EntityName, body: Draft): string[] {
  const { put, send } = openRecordedCompany();
  put('Customer', { Id: '1', DisplayName: 'Amy', Active: true, CurrencyRef: { value: 'USD' }, Balance: 0 });
  const customer = entity === 'Deposit' ? {} : { CustomerRef: { value: '1' } };
  put(entity, { ...customer, Id: body['Id'], SyncToken: '0', TxnDate: '2020-01-01', TotalAmt: 0, Line: [], CurrencyRef: { value: 'USD' } });
  const answer = send('POST', `/v3/${entity.toLowerCase()}?operation=delete`, { Id: body['Id'], SyncToken: '0' });
  if (body['MetaData'] !== undefined) {
    const changes = send('GET', `/v3/cdc?entities=${entity}&changedSince=2020-01-01T00:00:00Z`).body as ChangeAnswer;
    return differences(changes.CDCResponse[0]!.QueryResponse[0]![entity]?.[0], body, { volatile: ['LastUpdatedTime'] });
  }
  return differences((answer.body as Record<string, unknown>)[entity], body);
}

import path from 'node:path';
import { differences } from '../compare.ts';
import type { JsonObject } from '../compare.ts';
import { readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { writeMovies } from './movies-package.ts';
import { startReferenceOrg } from './reference-org.ts';
import type { OrgAnswer, ReferenceOrg } from './reference-org.ts';

interface Catalogued {
  errorCode: string;
  httpStatus?: number | null;
  body?: JsonObject | string | string[];
  source: string;
  grade?: string;
}

type Provoke = (reference: ReferenceOrg) => Promise<OrgAnswer>;

const make = async ({ call }: ReferenceOrg, type: string, fields: JsonObject): Promise<string> =>
  ((await call('POST', `/sobjects/${type}`, fields)).body as { id: string }).id;

/** What brings each body about, by its code and the start of its message. */
const PROVOKE: [code: string, message: string, provoke: Provoke][] = [
  [
    'ENTITY_IS_DELETED',
    '',
    async (org) => {
      const id = await make(org, 'Movie__c', { Name: 'x' });
      await org.call('DELETE', `/sobjects/Movie__c/${id}`);
      return org.call('DELETE', `/sobjects/Movie__c/${id}`);
    },
  ],
  ['INVALID_FIELD', "No such column 'Color__c'", ({ call }) => call('PATCH', '/sobjects/Movie__c/a00B000000FSjVUIB1', { Color__c: 'Red' })],
  ['INVALID_FIELD', "No such column 'FavoritePet__c'", ({ call }) => call('POST', '/sobjects/Account', { FavoritePet__c: 'Dog' })],
  ['INVALID_FIELD', '\nSELECT Bacon__c', ({ call }) => call('GET', '/query?q=SELECT+Bacon__c+FROM+Account+LIMIT+2')],
  [
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'Rating: bad value for restricted picklist field: Amazing',
    ({ call }) => call('POST', '/sobjects/Movie__c', { Name: 'x', Rating__c: 'Amazing' }),
  ],
  [
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'Rating: bad value for restricted picklist field: Terrible',
    ({ call }) => call('POST', '/sobjects/Movie__c', { Name: 'x', Rating__c: 'Terrible' }),
  ],
  ['INVALID_SESSION_ID', '', ({ call }) => call('POST', '/sobjects/Account', { Name: 'x' }, { token: 'EXAMPLE-TOKEN' })],
  ['MALFORMED_ID', 'Record ID', ({ call }) => call('PATCH', '/sobjects/Movie__c/a00B000000FSjVUIB1', { ReleaseDate__c: '1980-05-21' })],
  ['MALFORMED_QUERY', 'unexpected token', ({ call }) => call('GET', '/query?q=SELEKT+Id+FROM+Account')],
  [
    'MALFORMED_QUERY',
    'SOQL statements',
    async ({ call }) => {
      const soql = `SELECT Id FROM Account WHERE Name IN ('${"a','".repeat(25_000)}a')`;
      const url = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
      const answer = await call('POST', '/composite', { compositeRequest: [{ method: 'GET', url, referenceId: 'a' }] });
      const [first] = (answer.body as { compositeResponse: { httpStatusCode: number; body: unknown }[] }).compositeResponse;
      return { ...answer, status: first!.httpStatusCode, body: first!.body };
    },
  ],
  ['NOT_FOUND', 'The requested resource', ({ call }) => call('POST', '/sobjects/PlayingCard__c', { Name: 'Ace of Spades' })],
  ['NOT_FOUND', 'Provided external ID field', ({ call }) => call('PATCH', '/sobjects/Account/Namez/x', { Name: 'x' })],
  ['REQUIRED_FIELD_MISSING', 'Required fields', ({ call }) => call('POST', '/sobjects/Site__c', { Name: 'x' })],
  [
    'PROCESSING_HALTED',
    '',
    async ({ call }) => {
      const node = (referenceId: string, body: JsonObject) => ({
        method: 'POST',
        url: '/services/data/v66.0/sobjects/Account',
        referenceId,
        body,
      });
      const compositeRequest = [node('a', { Name: 'x' }), node('b', {})];
      const answer = await call('POST', '/composite/graph', { graphs: [{ graphId: '1', compositeRequest }] });
      const { graphs } = answer.body as { graphs: { graphResponse: { compositeResponse: { body: unknown; httpStatusCode: number }[] } }[] };
      const [first] = graphs[0]!.graphResponse.compositeResponse;
      return { ...answer, status: first!.httpStatusCode, body: first!.body };
    },
  ],
  [
    'UNABLE_TO_LOCK_ROW',
    'unable to obtain exclusive access to this record',
    ({ call, faults }) => {
      faults.add({ point: 'org.request', times: 1, fault: { kind: 'lock-row' } });
      return call('GET', '/limits');
    },
  ],
  [
    'REQUEST_LIMIT_EXCEEDED',
    '',
    ({ call, faults }) => {
      faults.add({ point: 'org.request', times: 1, fault: { kind: 'throttle' } });
      return call('GET', '/limits');
    },
  ],
  [
    'DUPLICATE_VALUE',
    '',
    async (org) => {
      const site = { Name: 'x', Website__c: 'x', B2C_Customer_ID__c: '1' };
      await make(org, 'Site__c', site);
      return org.call('POST', '/sobjects/Site__c', site);
    },
  ],
  [
    'STRING_TOO_LONG',
    '',
    ({ call }) => call('POST', '/sobjects/Account', { Name: 'x', BillingCity: 'Giugliano in Campania, Metropolitan City of Naples' }),
  ],
  [
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    '',
    ({ call }) => call('POST', '/sobjects/Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-01-01', IsClosed: true }),
  ],
  [
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    '',
    async ({ call }) => {
      const records = [{ attributes: { type: 'Account' }, Name: 'x' }, { attributes: { type: 'Account' } }];
      const answer = await call('POST', '/composite/sobjects', { allOrNone: true, records });
      const [first] = answer.body as { errors: JsonObject[] }[];
      return { ...answer, body: [first!.errors[0]!] };
    },
  ],
];

/** Entries that name nothing the org could answer, and why. */
const NOT_APPLICABLE: [code: string, message: string, reason: string][] = [
  [
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    '',
    'hand-written at its origin; the recorded code for rows is answered with 400 by its own rule',
  ],
  ['INVALIDJOBSTATE', '', 'hand-written at its origin; the answer to an abort is tested in bulk.test.ts'],
  ['INVALID_FIELD', "No such column 'foo'", 'a placeholder: the text is invented at its origin'],
  ['INVALID_FIELD', 'error_message', 'a placeholder: the text is invented at its origin'],
  ['MALFORMED_SEARCH', '', 'SOSL is not modelled; refused with 501'],
  ['DUPLICATES_DETECTED', '', 'duplicate rules are not modelled'],
  ['EXCEEDED_ID_LIMIT', '', 'aggregate queries are answered in one batch here; the org has no batch that small'],
  ['INVALID_INPUT', 'The SOQL FIELDS', 'FIELDS() is not modelled; refused'],
  ['UNKNOWN_EXCEPTION', '', "a failure of Salesforce's own servers"],
  ['REQUIRED_FIELD_MISSING (Bulk', '', 'a column of a CSV file, not a body; it is tested in bulk.test.ts'],
  ['MALFORMED_ID in upsert', '', 'no body is given; the behaviour is tested in routes.test.ts'],
  ['MULTIPLE_CHOICES', '', 'a form, not a body; the behaviour is tested in routes.test.ts'],
];

/** Each catalogued error body is brought about; key order is compared where a recording shows it. */
export async function compareErrorBodies(folder: string): Promise<{ catalogue: Finding[]; observed: Finding[] }> {
  const reference = await startReferenceOrg({ packageDir: writeMovies() });
  try {
    const read = (file: string) => readJson<Catalogued[]>(path.join(folder, 'salesforce'), file);
    const all = async (list: Catalogued[]) => {
      const findings: Finding[] = [];
      for (const entry of list) findings.push(await compareEntry(reference, entry));
      return findings;
    };
    return { catalogue: await all(read('error-catalogue.json')), observed: await all(read('observed-error-bodies.json')) };
  } finally {
    await reference.org.stop();
  }
}

async function compareEntry(reference: ReferenceOrg, entry: Catalogued): Promise<Finding> {
  const body = typeof entry.body === 'object' && !Array.isArray(entry.body) ? entry.body : {};
  const message = String(body['message'] ?? '');
  const code = String(body['errorCode'] ?? body['statusCode'] ?? entry.errorCode);
  const item = `${entry.errorCode} ${message.trim().slice(0, 50)}`.trim();
  const reason = NOT_APPLICABLE.find(
    ([known, start]) => (entry.errorCode.startsWith(known) || code.startsWith(known)) && message.startsWith(start),
  )?.[2];
  if (reason) return notApplicable(item, reason);
  const provoke = PROVOKE.find(([known, start]) => known === code && message.startsWith(start))?.[2];
  if (!provoke) return judge(item, ['nothing is known to bring it about']);
  const answer = await provoke(reference);
  const status =
    entry.httpStatus === undefined || entry.httpStatus === null || entry.httpStatus === answer.status
      ? []
      : [`status: here ${String(answer.status)}, recorded ${String(entry.httpStatus)}`];
  const [ours] = (Array.isArray(answer.body) ? answer.body : [answer.body]) as JsonObject[];
  const isPasted = entry.grade === undefined && body['fields'] === undefined;
  // Pasted bodies often lack `fields`; the catalogue's are whole.
  const theirs = isPasted && ours?.['fields'] !== undefined ? { ...body, fields: ours['fields'] } : body;
  return judge(item, [...status, ...differences(ours, theirs, { special: { message: sameMessage, fields: sameFields } })]);
}

/** Ids and names in a text are the org's own. */
const steady = (text: unknown): string =>
  String(text)
    .replaceAll(/\b[0-9A-Za-z]{15}([0-9A-Za-z]{3})?\b/g, (id) => `id of ${String(id.length)}`)
    .replace(/accessible: .*/, 'accessible: field')
    .replace(/( or \d+ records?: .*)$/, '')
    .replace(/fields: \w+\./, 'fields: field.');
const sameMessage = (ours: unknown, theirs: unknown): boolean => steady(ours) === steady(theirs);
const sameFields = (ours: unknown, theirs: unknown): boolean =>
  Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length;

import path from 'node:path';
import { differences } from '../compare.ts';
import type { Json, JsonObject } from '../compare.ts';
import { filesIn, readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { writeMovies } from './movies-package.ts';
import { startReferenceOrg } from './reference-org.ts';
import type { OrgAnswer, ReferenceOrg } from './reference-org.ts';

interface Mapping {
  request: { method: string; url?: string; bodyPatterns?: { equalToJson?: string | JsonObject }[] };
  response: { status: number; body?: string; jsonBody?: Json; headers?: Record<string, string | string[]> };
}

const NOT_APPLICABLE: [RegExp, string][] = [
  [
    /^bulk-api-|^get-info|^query-create-job|^query-queryAll|^query-with-client/,
    'hand-written at its origin, save one; Bulk API 2.0 is tested with the org',
  ],
  [/^binary-data|^(create|update)-binary/, 'files (ContentVersion) are not modelled'],
  [/^data-api-create-invalid-token-session|^query-un/, 'hand-written at its origin: answers that no org gives, to test the SDK'],
];

/** What the org holds before the request, and what is asked instead of the recorded ids. */
const ASK: Record<string, (reference: ReferenceOrg, mapping: Mapping) => Promise<OrgAnswer>> = {
  'create-invalid-field.json': ({ call }) => call('POST', '/services/data/v51.0/sobjects/Account', { FavoritePet__c: 'Dog' }),
  'create-invalid-token.json': ({ call }) =>
    call('POST', '/services/data/v51.0/sobjects/Account', { name: 'Global Media' }, { token: 'EXAMPLE-TOKEN' }),
  'create-unknown-object.json': ({ call }) => call('POST', '/services/data/v51.0/sobjects/PlayingCard__c', { Name: 'Ace of Spades' }),
  'update-invalid-field.json': ({ call }, { request }) => call('PATCH', request.url!, { Color__c: 'Red' }),
  'update.json': async (org) =>
    org.call('PATCH', `/services/data/v51.0/sobjects/Movie__c/${await made(org, 'Movie__c')}`, { ReleaseDate__c: '1980-05-21' }),
  'delete.json': async (org) => org.call('DELETE', `/services/data/v51.0/sobjects/Account/${await made(org, 'Account')}`),
  'composite-graph-create-tree.json': ({ call }, mapping) => call('POST', mapping.request.url!, bodyOf(mapping)),
  'composite-graph-single-delete.json': async (org) => {
    const url = `/services/data/v51.0/sobjects/Movie__c/${await made(org, 'Movie__c')}`;
    const compositeRequest = [{ url, method: 'DELETE', referenceId: 'referenceId0' }];
    return org.call('POST', '/services/data/v51.0/composite/graph', { graphs: [{ graphId: 'graph0', compositeRequest }] });
  },
  'composite-graph-multiple-errors.json': ({ call }) => {
    const node = (type: string, referenceId: string, body: JsonObject) => ({
      url: `/services/data/v51.0/sobjects/${type}`,
      method: 'POST',
      referenceId,
      body,
    });
    const compositeRequest = [node('Account', 'referenceId0', { Name: 'Acme Corp' }), node('Contact', 'referenceId1', {})];
    return call('POST', '/services/data/v51.0/composite/graph', { graphs: [{ graphId: 'graph0', compositeRequest }] });
  },
  'query-with-subquery.json': async (org, { response }) => {
    await layDownAccounts(org, JSON.parse(response.body!) as Answer);
    const soql =
      'SELECT Account.Name, (SELECT Contact.FirstName, Contact.LastName FROM Account.Contacts) FROM Account ORDER BY AccountNumber LIMIT 5';
    return org.call('GET', `/services/data/v53.0/query?q=${encodeURIComponent(soql)}`);
  },
  'query-with-next-records-url.json': async (org) => {
    for (let batch = 0; batch < 11; batch += 1) {
      const records = Array.from({ length: 200 }, (_none, row) => ({
        attributes: { type: 'Franchise__c' },
        Name: `F ${String(batch)} ${String(row)}`,
      }));
      await org.call('POST', '/composite/sobjects', { records });
    }
    return org.call('GET', '/services/data/v51.0/query?q=SELECT+Name+FROM+Franchise__c');
  },
};

interface Answer {
  totalSize: number;
  records: (JsonObject & { Contacts: { records: JsonObject[] } | null })[];
}

const made = async ({ call }: ReferenceOrg, type: string): Promise<string> =>
  ((await call('POST', `/sobjects/${type}`, { Name: 'x' })).body as { id: string }).id;

function bodyOf({ request }: Mapping): unknown {
  const pattern = request.bodyPatterns?.[0]?.equalToJson;
  return typeof pattern === 'string' ? JSON.parse(pattern) : pattern;
}

async function layDownAccounts({ call }: ReferenceOrg, answer: Answer): Promise<void> {
  for (const [index, account] of answer.records.entries()) {
    const fields = { Name: account['Name']!, AccountNumber: String(index) };
    const { id } = (await call('POST', '/sobjects/Account', fields)).body as { id: string };
    for (const contact of account.Contacts?.records ?? [])
      await call('POST', '/sobjects/Contact', { FirstName: contact['FirstName']!, LastName: contact['LastName']!, AccountId: id });
  }
}

/** Requests of the AppLink SDK's tests against the org: status, headers that matter, body without its ids. */
export async function compareAppLink(folder: string): Promise<Finding[]> {
  const mappings = path.join(folder, 'salesforce/heroku-applink-nodejs/mappings');
  const findings: Finding[] = [];
  for (const file of filesIn(mappings)) {
    const reason = NOT_APPLICABLE.find(([pattern]) => pattern.test(file))?.[1];
    findings.push(reason ? notApplicable(file, reason) : await compareMapping(file, readJson<Mapping>(mappings, file)));
  }
  return findings;
}

async function compareMapping(file: string, mapping: Mapping): Promise<Finding> {
  const ask = ASK[file];
  if (!ask) return judge(file, ['no request is known for this answer']);
  const reference = await startReferenceOrg({ packageDir: writeMovies() });
  try {
    const answer = await ask(reference, mapping);
    const { status, body, jsonBody, headers = {} } = mapping.response;
    const recorded: unknown = body ? JSON.parse(body) : jsonBody;
    return judge(file, [
      ...(answer.status === status ? [] : [`status: here ${String(answer.status)}, recorded ${String(status)}`]),
      ...headerDifferences(answer, headers),
      ...bodyDifferences(file, answer.body, recorded),
    ]);
  } finally {
    await reference.org.stop();
  }
}

function headerDifferences({ headers }: OrgAnswer, recorded: Record<string, string | string[]>): string[] {
  const shape = (value: string) => value.toLowerCase().replaceAll(/\d+/g, '#').replace(/; /g, ';');
  return ['Sforce-Limit-Info', 'WWW-Authenticate', 'Content-Type'].flatMap((name) => {
    const theirs = recorded[name];
    const ours = headers.get(name);
    if (typeof theirs !== 'string') return [];
    return ours !== null && shape(ours) === shape(theirs) ? [] : [`${name}: here ${String(ours)}, recorded ${theirs}`];
  });
}

/** Ids are the org's own; the other object's rows of the paged query are compared by their keys. */
function bodyDifferences(file: string, ours: unknown, recorded: unknown): string[] {
  if (file === 'query-with-next-records-url.json') return pageDifferences(ours as JsonObject, recorded as JsonObject);
  const isId = (value: unknown) => /^[0-9A-Za-z]{18}$/.test(String(value));
  const steadyUrl = (value: unknown) => String(value).replace(/[0-9A-Za-z]{18}$/, 'id');
  return differences(withoutHandWritten(file, ours), withoutHandWritten(file, recorded), {
    special: {
      id: (mine) => isId(mine),
      url: (mine, other) => steadyUrl(mine) === steadyUrl(other),
      Location: (mine, other) => steadyUrl(mine) === steadyUrl(other),
    },
  });
}

/** The second failure of that graph is hand-written; ours is another one, so only the rolled back one is compared. */
function withoutHandWritten(file: string, body: unknown): unknown {
  if (file !== 'composite-graph-multiple-errors.json') return body;
  const { graphs } = body as { graphs: { graphId: string; isSuccessful: boolean; graphResponse: { compositeResponse: unknown[] } }[] };
  return graphs.map(({ graphId, isSuccessful, graphResponse }) => ({ graphId, isSuccessful, first: graphResponse.compositeResponse[0] }));
}

function pageDifferences(ours: JsonObject, recorded: JsonObject): string[] {
  const keys = Object.keys(ours).join() === Object.keys(recorded).join() ? [] : [`keys: here ${Object.keys(ours).join()}`];
  const done = ours['done'] === false ? [] : ['done: here true'];
  const next = /^\/services\/data\/v51\.0\/query\/01g\w{15}-2000$/.test(String(ours['nextRecordsUrl']))
    ? []
    : [`nextRecordsUrl: here ${String(ours['nextRecordsUrl'])}`];
  return [...keys, ...done, ...next];
}

import type { ServerResponse } from 'node:http';
import fastify, { type FastifyReply } from 'fastify';

/** Just enough of an org to test the page alone: three accounts and their bills, answered in the shapes of the UI API. */
export interface FakeOrg {
  baseUrl: string;
  /** Requests as they arrived: method, path and bearer token. */
  requests: { method: string; url: string; token: string }[];
  publish(state: string): void;
  /** As it was at the start. */
  reset(): void;
  stop(): Promise<void>;
}

type Field = [label: string, dataType: string, extra?: Record<string, unknown>];
type Row = Record<string, unknown> & { Id: string };

const account = { referenceToInfos: [{ apiName: 'Account', nameFields: ['Name'] }] };
const OBJECTS: Record<
  string,
  { label: string; labelPlural: string; keyPrefix: string; fields: Record<string, Field>; children: string[][] }
> = {
  Account: {
    label: 'Account',
    labelPlural: 'Accounts',
    keyPrefix: '001',
    children: [['Bill__c', 'Account__c', 'Bills__r']],
    fields: {
      Id: ['Account ID', 'String'],
      Name: ['Account Name', 'String', { nameField: true, updateable: true, required: true, length: 255 }],
      Type: ['Type', 'Picklist', { updateable: true }],
      Phone: ['Phone', 'Phone', { updateable: true }],
      Website: ['Website', 'Url'],
      Industry: ['Industry', 'String'],
      AnnualRevenue: ['Annual Revenue', 'Currency'],
      BillingCity: ['Billing City', 'String'],
      CurrencyIsoCode: ['Currency', 'Picklist'],
      OwnerId: ['Owner ID', 'Reference', { relationshipName: 'Owner', referenceToInfos: [{ apiName: 'User', nameFields: ['Name'] }] }],
      Description: ['Description', 'TextArea', { updateable: true }],
    },
  },
  Bill__c: {
    label: 'Bill',
    labelPlural: 'Bills',
    keyPrefix: 'a0B',
    children: [],
    fields: {
      Id: ['Record ID', 'String'],
      Name: ['Bill Number', 'String', { nameField: true }],
      Account__c: ['Account', 'Reference', { relationshipName: 'Account__r', ...account }],
      Status__c: ['Status', 'Picklist'],
      Due__c: ['Due', 'Date'],
      Total__c: ['Total', 'Currency'],
      Sent__c: ['Sent', 'Boolean'],
      Pay_Link__c: ['Pay Link', 'Url'],
      CurrencyIsoCode: ['Currency', 'Picklist'],
      CreatedDate: ['Created', 'DateTime'],
      OwnerId: ['Owner ID', 'Reference', { relationshipName: 'Owner', referenceToInfos: [{ apiName: 'User', nameFields: ['Name'] }] }],
    },
  },
};
const USERS = { rep: 'Riley Rep', none: 'Noor Nobody' };

/** Starts the fake org on a free port; `rep` may make bills, `none` sees nothing. */
export async function startFakeOrg(): Promise<FakeOrg> {
  const rows = seed();
  const streams = new Set<ServerResponse>();
  const requests: FakeOrg['requests'] = [];
  let replayId = 0;
  const app = fastify({ forceCloseConnections: true });
  const find = (id: string) => rows.find((row) => row.Id === id);
  const refuse = (reply: FastifyReply, status: number, errorCode: string, message: string) =>
    reply.code(status).send([{ errorCode, message }]);

  app.addHook('onRequest', async (request, reply) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    requests.push({ method: request.method, url: request.url, token });
    if (token === 'none-token' && !request.url.startsWith('/sandbox/'))
      await refuse(reply, 403, 'INSUFFICIENT_ACCESS', 'You do not have access.');
  });
  app.get('/sandbox/boot', async (request) => {
    const key = request.headers.authorization === 'Bearer none-token' ? 'none' : 'rep';
    const users = Object.entries(USERS).map(([one, name]) => ({
      key: one,
      Id: `005${one}`,
      name,
      username: `${one}@bills.example`,
      title: one === 'rep' ? 'Sales Rep' : 'No permission sets',
    }));
    const objects = Object.entries(OBJECTS).map(([apiName, { label, labelPlural, keyPrefix }]) => ({
      apiName,
      label,
      labelPlural,
      keyPrefix,
    }));
    const user = users.find((one) => one.key === key);
    return {
      user,
      users,
      customPermission: key === 'rep' ? ['Make_Bills'] : [],
      userPermission: [],
      locale: 'en_US',
      currency: 'USD',
      timeZone: 'America/Los_Angeles',
      apps: key === 'rep' ? [{ name: 'Bills' }] : [],
      tabs: [],
      objects: key === 'rep' ? objects : [],
    };
  });
  app.get('/sandbox/events', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }).write(': open\n\n');
    streams.add(reply.raw);
    reply.raw.once('close', () => streams.delete(reply.raw));
  });
  app.get<{ Querystring: { object: string; view?: string } }>('/sandbox/list', async ({ query }) => {
    const records = rows
      .filter((row) => row.type === query.object && (query.view !== 'Open' || row.Status__c === 'Open'))
      .map((row) => represent(row, rows));
    return { object: query.object, view: query.view, count: records.length, records };
  });
  app.post<{ Params: { method: string }; Body: { accountId: string; amount?: number } }>(
    '/sandbox/apex/BillController/:method',
    async ({ params, body }, reply) => {
      const bills = rows.filter((row) => row.Account__c === body.accountId);
      if (params.method === 'totalOf') return bills.reduce((sum, row) => sum + Number(row.Total__c), 0);
      if (!body.amount)
        return reply.code(500).send({
          message: 'Enter an amount above zero.',
          exceptionType: 'System.AuraHandledException',
          isUserDefinedException: false,
          stackTrace: '',
        });
      rows.push(bill(rows.length, body.accountId, body.amount, 'Open'));
      const owner = find(body.accountId);
      if (owner) owner.AnnualRevenue = Number(owner.AnnualRevenue ?? 0) + body.amount;
      publish('Made');
      return null;
    },
  );
  const API = '/services/data/v66.0/ui-api';
  app.get<{ Params: { id: string } }>(`${API}/records/:id`, async ({ params }, reply) => {
    const row = find(params.id);
    return row ? represent(row, rows) : refuse(reply, 404, 'NOT_FOUND', 'The requested resource does not exist');
  });
  app.patch<{ Params: { id: string }; Body: { fields: Record<string, unknown> } }>(
    `${API}/records/:id`,
    async ({ params, body }, reply) => {
      const row = find(params.id);
      if (!row) return refuse(reply, 404, 'NOT_FOUND', 'The requested resource does not exist');
      if (body.fields.Phone === 'bad') {
        const fieldErrors = {
          Phone: [
            { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', field: 'Phone', fieldLabel: 'Phone', message: 'Enter a phone number.' },
          ],
        };
        return reply.code(400).send({
          message: 'An error occurred while trying to update the record.',
          statusCode: 400,
          enhancedErrorType: 'RecordError',
          output: { errors: [], fieldErrors },
        });
      }
      Object.assign(row, body.fields);
      return represent(row, rows);
    },
  );
  app.get<{ Params: { object: string } }>(
    `${API}/object-info/:object`,
    async ({ params }, reply) => describe(params.object) ?? refuse(reply, 404, 'NOT_FOUND', 'The requested resource does not exist'),
  );
  app.get(`${API}/object-info/:object/picklist-values/:type/:field`, async () => ({
    values: ['Customer', 'Prospect'].map((value) => ({ label: value, value, attributes: null, validFor: [] })),
  }));
  app.post<{ Params: { id: string } }>(`${API}/related-list-records/:id/:list`, async ({ params }) => {
    const records = rows.filter((row) => row.Account__c === params.id).map((row) => represent(row, rows));
    return { count: records.length, records, nextPageToken: null };
  });
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' });

  function publish(state: string): void {
    replayId += 1;
    const message = { channel: '/event/Bill_Event__e', event: { replayId }, payload: { State__c: state } };
    for (const stream of streams) stream.write(`data: ${JSON.stringify(message)}\n\n`);
  }
  function reset(): void {
    rows.splice(0, rows.length, ...seed());
    requests.length = 0;
  }
  return { baseUrl, requests, publish, reset, stop: () => app.close() };
}

function seed(): Row[] {
  const accounts: Row[] = ['Harbor Foods, Inc.', 'Kestrel Mining GmbH', 'Sakura Works'].map((Name, at) => ({
    type: 'Account',
    Id: `00100000000000${at + 1}AAA`,
    Name,
    Type: 'Customer',
    Phone: '+1 206 555 0142',
    Website: 'https://example.com',
    Industry: 'Manufacturing',
    AnnualRevenue: 1_000_000,
    BillingCity: 'Seattle',
    CurrencyIsoCode: at === 2 ? 'JPY' : 'USD',
    OwnerId: '005rep',
    Description: 'Two lines\nof text',
  }));
  const bills = Array.from({ length: 9 }, (_, at) => bill(at, accounts[0]?.Id ?? '', 100.5 * (at + 1), at % 2 ? 'Open' : 'Paid'));
  return [...accounts, ...bills];
}

function bill(at: number, accountId: string, total: number, status: string): Row {
  return {
    type: 'Bill__c',
    Id: `a0B00000000000${at + 1}AAA`,
    Name: `B-${at + 1}`,
    Account__c: accountId,
    Status__c: status,
    Due__c: '2026-12-24',
    Total__c: total,
    Sent__c: at % 2 === 0,
    Pay_Link__c: 'https://pay.example/b',
    CurrencyIsoCode: 'USD',
    CreatedDate: '2026-11-24T08:00:00.000Z',
    OwnerId: '005rep',
  };
}

function represent(row: Row, rows: Row[]) {
  const apiName = String(row.type);
  const fields = Object.fromEntries(
    Object.entries(OBJECTS[apiName]?.fields ?? {}).flatMap(([name, [, dataType, extra]]) => {
      const value = row[name] ?? null;
      const entry = [name, { displayValue: null as string | null, value: value as unknown }] as const;
      if (dataType !== 'Reference' || !extra?.relationshipName) return [entry];
      const parent = rows.find((one) => one.Id === value)?.Name ?? (value === '005rep' ? USERS.rep : null);
      const parentName = name === 'OwnerId' ? 'User' : 'Account';
      return [
        entry,
        [
          String(extra.relationshipName),
          {
            displayValue: parent as string | null,
            value: { apiName: parentName, id: value, fields: { Name: { displayValue: null, value: parent } } },
          },
        ] as const,
      ];
    }),
  );
  return { apiName, id: row.Id, fields, childRelationships: {}, recordTypeId: null, lastModifiedDate: '2026-11-24T08:00:00.000Z' };
}

function describe(apiName: string) {
  const object = OBJECTS[apiName];
  if (!object) return undefined;
  const fields = Object.fromEntries(
    Object.entries(object.fields).map(([name, [label, dataType, extra]]) => [
      name,
      { apiName: name, label, dataType, updateable: false, required: false, scale: dataType === 'Currency' ? 2 : 0, ...extra },
    ]),
  );
  return {
    apiName,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    nameFields: ['Name'],
    fields,
    createable: true,
    updateable: true,
    deletable: true,
    defaultRecordTypeId: '012000000000000AAA',
    recordTypeInfos: {},
    childRelationships: object.children.map(([childObjectApiName, fieldName, relationshipName]) => ({
      childObjectApiName,
      fieldName,
      relationshipName,
    })),
  };
}

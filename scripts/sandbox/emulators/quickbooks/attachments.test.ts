// Notes and files over HTTP: upload, links, addresses that end, query, delete.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../core/clock.ts';
import { createFaultPlan } from '../core/faults.ts';
import { startQuickbooks } from './index.ts';
import type { RunningQuickbooks } from './index.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of every kind
type Loose = Record<string, any>;
const clock = createClock();
let server: RunningQuickbooks;
let invoice: string;

const api = async (method: string, resource: string, body?: FormData | Loose) => {
  const isForm = body instanceof FormData;
  const answer = await fetch(`${server.baseUrl}/v3/company/${server.realmId}/${resource}`, {
    method,
    headers: {
      authorization: `Bearer ${server.accessToken}`,
      ...(resource.startsWith('download') ? {} : { accept: 'application/json' }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: text.startsWith('{') ? (JSON.parse(text) as Loose) : {} };
};
const link = (type: string, value: string) => ({ AttachableRef: [{ EntityRef: { type, value }, IncludeOnSend: true }] });
function form(metadata: Loose | undefined, content: Uint8Array<ArrayBuffer>, filename = 'receipt.pdf'): FormData {
  const made = new FormData();
  if (metadata) made.append('file_metadata_01', new Blob([JSON.stringify(metadata)], { type: 'application/json' }), 'attachment.json');
  made.append('file_content_01', new Blob([content], { type: 'application/pdf' }), filename);
  return made;
}

beforeAll(async () => {
  server = await startQuickbooks({
    clock,
    faults: createFaultPlan(),
    limits: false,
    seed: { items: [{ name: 'Consulting' }], customers: [{ displayName: 'Northwind' }] },
  });
  invoice = server.engine.write('Invoice', {
    CustomerRef: { value: server.seeded!.customers['Northwind'] },
    Line: [
      { Amount: 10, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: server.seeded!.items['Consulting'] } } },
    ],
  }).Id;
});
afterAll(async () => {
  await server.stop();
  clock.stop();
});

describe('attachments', () => {
  it('are uploaded, linked, downloaded byte for byte, and gone after a delete', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7) % 256);
    const metadata = { FileName: 'signed order.pdf', ContentType: 'application/pdf', Note: 'as signed', ...link('invoice', invoice) };
    const { Attachable } = (await api('POST', 'upload', form(metadata, bytes))).body['AttachableResponse'][0];
    expect(Attachable).toMatchObject({
      FileName: 'signed order.pdf',
      Size: 3000,
      Note: 'as signed',
      SyncToken: '0',
      FileAccessUri: `/v3/company/${server.realmId}/download/${Attachable.Id}`,
      AttachableRef: [{ EntityRef: { value: invoice, type: 'Invoice' }, IncludeOnSend: true }],
    });
    const fetched = await fetch(Attachable.TempDownloadUri);
    expect(fetched.headers.get('content-type')).toBe('application/pdf');
    expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(bytes);
    const address = await api('GET', `download/${Attachable.Id}`);
    expect((await fetch(address.text)).status).toBe(200);
    expect((await fetch(address.text.replace(/Signature=.{6}/, 'Signature=000000'))).status).toBe(403);
    await clock.advance(16 * 60_000);
    expect(await (await fetch(address.text)).text()).toContain('Request has expired');

    const query = `select * from attachable where AttachableRef.EntityRef.Type = 'invoice' and AttachableRef.EntityRef.value = '${invoice}'`;
    const found = await api('GET', `query?query=${encodeURIComponent(query)}`);
    expect(found.body['QueryResponse'].Attachable.map((each: Loose) => each['Id'])).toEqual([Attachable.Id]);
    const changed = await api('POST', 'attachable', { Id: Attachable.Id, SyncToken: '0', sparse: true, Note: 'countersigned' });
    expect(changed.body['Attachable']).toMatchObject({ SyncToken: '1', Note: 'countersigned', Size: 3000 });
    expect((await api('POST', 'attachable?operation=delete', { Id: Attachable.Id })).body['Attachable'].status).toBe('Deleted');
    expect((await api('GET', `download/${Attachable.Id}`)).body['Fault'].Error[0].code).toBe('610');
  });

  it('may be notes, or files without metadata', async () => {
    const note = await api('POST', 'attachable', { Note: 'call first', ...link('Customer', server.seeded!.customers['Northwind']!) });
    expect(note.body['Attachable']).toMatchObject({ Note: 'call first', SyncToken: '0' });
    expect(note.body['Attachable'].TempDownloadUri).toBeUndefined();
    const { Attachable } = (await api('POST', 'upload', form(undefined, new Uint8Array([1, 2]), 'scan.PNG'))).body['AttachableResponse'][0];
    expect(Attachable).toMatchObject({ FileName: 'scan.PNG', Size: 2, ContentType: 'application/pdf' });
  });

  it('are refused in the recorded words, each on its own', async () => {
    const made = form({ FileName: 'a.txt', ...link('Estimate', '75') }, new Uint8Array([1]));
    made.append('file_content_02', new Blob(['b']), 'b.txt');
    const answer = await api('POST', 'upload', made);
    expect(answer.status).toBe(200);
    expect(answer.body['AttachableResponse'][0].Fault.Error[0].Detail).toBe(
      'Business Validation Error: The entity Estimate 75 that you are trying to link does not exist. Estimate 75',
    );
    expect(answer.body['AttachableResponse'][1].Attachable.FileName).toBe('b.txt');
    const exe = await api('POST', 'upload', form(undefined, new Uint8Array([1]), 'run.exe'));
    expect(exe.body['AttachableResponse'][0].Fault.Error[0].code).toBe('500');
    expect((await api('POST', 'attachable', { FileName: 'a.pdf' })).status).toBe(400);
    expect((await api('POST', 'attachable', {})).body['Fault'].Error[0].code).toBe('2020');
  });
});

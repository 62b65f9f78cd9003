import path from 'node:path';
import { createClock } from '../../emulators/core/clock.ts';
import { openStore } from '../../emulators/core/store.ts';
import { createQuickbooksEngine, NOT_MODELLED_HEADER } from '../../emulators/quickbooks/engine.ts';
import type { Draft, EntityName } from '../../emulators/quickbooks/entities.ts';
import { entityNamed } from '../../emulators/quickbooks/entities.ts';
import { differences } from '../compare.ts';
import { filesIn, readJson } from '../fixtures.ts';
import { exact, judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { openRecordedCompany } from './company.ts';
import type { RecordedCompany } from './company.ts';

interface Interaction {
  request: { method: string; uri: string; json?: Draft; raw?: string };
  response: { status: number; headers: Record<string, string | string[]>; json?: Draft };
}

/** What a company gives by itself, per kind of request: moments, and for what is new its id, number and dates. */
const READ = ['time', 'Time', 'TempDownloadUri'];
const CHANGED = [...READ, 'LastUpdatedTime'];
const MADE = [...CHANGED, 'CreateTime', 'TxnDate', 'DueDate', 'DocNumber', 'Id'];

/** Parts of the API this stand-in refuses; the refusal itself is checked. */
const NOT_MODELLED: [RegExp, string][] = [
  [/^reports__gl/, 'the general ledger report is not modelled'],
  [/^cdc__basic/, 'estimates are not modelled'],
];

/** What the company must hold besides the bodies of the recording's own reads. */
const PREPARE: Record<string, (company: RecordedCompany, interactions: Interaction[]) => void> = {
  create__invoice: amysBirdSanctuary,
  attachment__create_for_invoice: ({ put }) => put('Invoice', { Id: '75', TxnDate: '2020-09-01', TotalAmt: 0, Line: [] }),
  attachment__delete_attachment: ({ put }, [gone]) => put('Attachable', { Id: gone!.request.json!['Id'], Note: 'x' }),
  update__sales_receipt: amysBirdSanctuary,
  error__validation: ({ put }) =>
    put('Customer', { Id: '29', DisplayName: 'Weiskopf Consulting', Active: true, CurrencyRef: { value: 'USD' } }),
  batch__basic: ({ put }, [made]) => {
    const answers = made!.response.json!['BatchItemResponse'] as Record<string, { SalesReceipt: Draft[] }>[];
    const [first, second] = answers[3]!['QueryResponse']!.SalesReceipt;
    put('SalesReceipt', first!);
    put('SalesReceipt', second!);
  },
};

let customer: Draft = {};
function amysBirdSanctuary({ put }: RecordedCompany): void {
  put('Customer', customer);
}

/** Puts what the recording's reads answered into the books, so that the stand-in can answer them. */
function layDown(company: RecordedCompany, interactions: Interaction[]): void {
  const bodies = interactions.filter(({ request }) => request.method === 'GET').flatMap(({ response }) => entitiesOf(response.json ?? {}));
  // Rows of the same second keep the order of the answer: later rows are laid down first.
  for (const [entity, body] of bodies.reverse()) company.put(entity, body);
}

function entitiesOf(answer: Draft): [EntityName, Draft][] {
  const source = (answer['QueryResponse'] as Draft | undefined) ?? answer;
  return Object.entries(source).flatMap(([name, value]) => {
    const entity = entityNamed(name);
    if (!entity || typeof value !== 'object' || value === null) return [];
    return (Array.isArray(value) ? value : [value]).map((body): [EntityName, Draft] => [entity, body as Draft]);
  });
}

/** Replays every interaction of qbo_api's recordings against a stand-in prepared as that company was. */
export function compareRecordings(folder: string): Finding[] {
  const recordings = path.join(folder, 'quickbooks/samples/qbo_api-vcr');
  const read = (file: string) => readJson<{ interactions: Interaction[] }>(recordings, file).interactions;
  const files = filesIn(recordings);
  if (files.includes('get__display_name.json')) {
    const answer = read('get__display_name.json')[0]!.response.json!['QueryResponse'] as { Customer: Draft[] };
    customer = answer.Customer[0]!;
  }
  return files.flatMap((file) => {
    const name = file.replace('.json', '');
    const interactions = read(file);
    const company = openRecordedCompany();
    PREPARE[name]?.(company, interactions);
    layDown(company, interactions);
    return interactions.map((interaction, index) => compareOne(company, name, interaction, `${name} #${String(index + 1)}`));
  });
}

function compareOne(company: RecordedCompany, name: string, interaction: Interaction, item: string): Finding {
  if (name === 'error__401') return compareExpired(interaction, item);
  if (name === 'get_pdf__invoice') return comparePdf(interaction, item);
  const { request, response } = interaction;
  const answer = company.send(request.method, request.uri, request.raw === undefined ? request.json : Buffer.from(request.raw));
  const reason = NOT_MODELLED.find(([pattern]) => pattern.test(name))?.[1];
  if (reason !== undefined)
    return answer.headers[NOT_MODELLED_HEADER] === 'true'
      ? notApplicable(item, `${reason}; refused and marked as such`)
      : judge(item, [`${reason}, but the answer ${String(answer.status)} does not say so`]);
  const status = answer.status === response.status ? [] : [`status: here ${String(answer.status)}, recorded ${String(response.status)}`];
  const isNew = request.method === 'POST' && request.json?.['Id'] === undefined;
  // A full update without a date is dated on the day of the update.
  const isRedated = request.json?.['TxnDate'] === undefined && request.json?.['Line'] !== undefined;
  const volatile = request.method === 'GET' ? READ : isNew ? MADE : isRedated ? [...CHANGED, 'TxnDate'] : CHANGED;
  return judge(item, [
    ...status,
    ...differences(answer.body, response.json, { volatile, special: { Detail: sameDetail, FileAccessUri: sameAddress } }),
  ]);
}

/** Texts without what Intuit's machines put in: host, company, and the hash order of its known properties. */
const steadyDetail = (detail: unknown): string =>
  String(detail)
    .replaceAll(/https:\/\/[^/]+\/qbo\d*/g, 'https://host')
    .replaceAll(/company\/[^/]+/g, 'company/realm')
    .replace(/\(\d+ known properties: .*\]\)/s, '(known properties)')
    .replace(/(Token expired: ).*/, '$1token');
const sameAddress = (ours: unknown, theirs: unknown): boolean => withoutIds(ours) === withoutIds(theirs);
/** "/v3/company/<realm>/download/<id>" without the two. */
const withoutIds = (address: unknown): string =>
  String(address)
    .replace(/company\/[^/]+/, 'company/realm')
    .replace(/\d+$/, 'id');
const sameDetail = (ours: unknown, theirs: unknown): boolean => steadyDetail(ours) === steadyDetail(theirs);

function compareExpired({ request, response }: Interaction, item: string): Finding {
  const clock = createClock();
  const engine = createQuickbooksEngine({ clock, store: openStore({}) });
  const grant = engine.tokens.grant({ clientId: 'app', realmId: engine.realmId, scope: 'com.intuit.quickbooks.accounting' });
  engine.tokens.expireAll();
  const headers = { authorization: `Bearer ${grant.access_token}` };
  const answer = engine.request(request.method, `/v3/company/${engine.realmId}/customer/1`, {}, undefined, headers);
  const status = answer.status === response.status ? [] : [`status: here ${String(answer.status)}`];
  return judge(item, [...status, ...differences(answer.body, response.json, { volatile: READ, special: { detail: sameDetail } })]);
}

/** The picture of a PDF is ours; that it is one, and is announced as one, is compared. */
function comparePdf({ response }: Interaction, item: string): Finding {
  const company = openRecordedCompany();
  amysBirdSanctuary(company);
  const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
  const made = company.engine.write('Invoice', { CustomerRef: { value: String(customer['Id']) }, Line: [line] });
  const answer = company.send('GET', `/v3/company/-COMPANY_ID-/invoice/${made.Id}/pdf`);
  const type = (value: unknown) => String(Array.isArray(value) ? value[0] : value).split(';')[0];
  const recorded = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const isPdf = Buffer.isBuffer(answer.body) && answer.body.subarray(0, 5).toString() === '%PDF-';
  if (!isPdf) return judge(item, ['the body is not a PDF']);
  return type(answer.headers['content-type']) === type(recorded)
    ? exact(item)
    : judge(item, [`content type: here ${type(answer.headers['content-type'])}, recorded ${type(recorded)}`]);
}

import type { Draft, EntityName } from '../entities.ts';
import { entityNamed } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { runQuery } from '../query/run.ts';
import type { WriteOperation } from '../rules/write.ts';
import type { Call, Reply } from './call.ts';

/** Documented; 10 in the older documents. */
const MOST_ITEMS = 30;
const OPERATIONS: Record<string, WriteOperation> = { create: 'save', update: 'save', delete: 'delete', void: 'void' };
/** With a requestid: documented for the bId, and quoted publicly for both together. */
const LONGEST_BID = 10;
const LONGEST_ITEM_ID = 50;
const ENVELOPE = ['bId', 'operation', 'optionsData', 'Query', 'CDCQuery'];

/** `POST /batch`: items run one after another, each with its own outcome; a Fault of one comes in an answer of HTTP 200 (recorded). */
export function batchRoute(call: Call): Reply {
  const items = (call.body as Draft | undefined)?.['BatchItemRequest'];
  if (!Array.isArray(items) || items.length === 0) throw faults.missing('BatchItemRequest');
  if (items.length > MOST_ITEMS) throw faults.batchTooLarge(MOST_ITEMS);
  const ids = (items as Draft[]).map((item) => item['bId']);
  // What two answers of one name would look like is not known.
  if (new Set(ids).size < ids.length) throw faults.unsupported('batch with a bId twice');
  const before = call.source.books.latest();
  const run = (item: Draft): Draft => {
    try {
      return { ...runItem(call, item, before), bId: item['bId'] };
    } catch (error) {
      if (!(error instanceof QuickbooksFault)) throw error;
      if (error.notModelled) call.refuse(error.body.Error[0]!.Detail);
      return { Fault: error.body, bId: item['bId'] };
    }
  };
  // One commit for all is faster; an item that fails undoes itself alone.
  const responses = call.transaction(() => (items as Draft[]).map(run));
  return { body: { BatchItemResponse: responses } };
}

function runItem(call: Call, item: Draft, createdUpTo: number): Draft {
  if (typeof item['bId'] !== 'string' || item['bId'] === '') throw faults.missing('bId');
  if (typeof item['Query'] === 'string') return { QueryResponse: runQuery({ ...call.source, createdUpTo }, item['Query']) };
  const name = Object.keys(item).find((key) => !ENVELOPE.includes(key));
  const entity: EntityName | undefined = name === undefined ? undefined : entityNamed(name);
  if (!entity) throw faults.unsupported(`batch item ${name ?? 'without an entity'}`);
  const operation = OPERATIONS[String(item['operation'])];
  if (!operation) throw faults.invalidEnumeration('operation', String(item['operation']));
  checkItemId(call.query['requestid'] ?? '', item['bId']);
  const options = typeof item['optionsData'] === 'string' ? item['optionsData'] : '';
  const written = call.write(entity, item[name!] as Draft, options === 'void' ? 'void' : operation, options);
  return { [entity]: 'status' in written ? written : call.present(entity, written as never) };
}

function checkItemId(requestId: string, bId: string): void {
  if (requestId === '') return;
  if (requestId.length + bId.length > LONGEST_ITEM_ID) throw faults.longItemId(requestId + bId);
  if (bId.length > LONGEST_BID) throw faults.unsupported(`batch item with a bId of ${bId.length} characters beside a requestid`);
}

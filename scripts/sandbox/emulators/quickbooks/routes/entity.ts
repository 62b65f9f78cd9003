import type { Draft, Entity, EntityName, TransactionName } from '../entities.ts';
import { isTransaction } from '../entities.ts';
import { faults } from '../errors.ts';
import { withInvoiceLink } from '../invoice-link.ts';
import { seconds } from '../pacific-time.ts';
import { checkEmail } from '../schema/limits.ts';
import type { WriteOperation } from '../rules/write.ts';
import type { Call, Reply } from './call.ts';
import { documentPdf } from './pdf.ts';

const PRINTABLE: TransactionName[] = ['Invoice', 'CreditMemo', 'SalesReceipt', 'RefundReceipt', 'Payment'];
/** `operation=void` is documented for invoices; the others are voided by a sparse update with `include=void`. */
const VOID_BY_UPDATE: TransactionName[] = ['Payment', 'SalesReceipt', 'RefundReceipt', 'CreditMemo', 'Transfer', 'Purchase'];

/** Reads, writes, prints and sends one entity. Undefined: there is no such resource. */
export function entityRoute(call: Call, entity: EntityName): Reply | undefined {
  const [, id, action, ...rest] = call.segments;
  if (rest.length > 0) return undefined;
  if (id === undefined) return call.method === 'POST' ? { body: { [entity]: saveEntity(call, entity) } } : undefined;
  if (action === undefined) return call.method === 'GET' ? { body: { [entity]: readEntity(call, entity, id) } } : undefined;
  if (action === 'pdf' && call.method === 'GET' && isTransaction(entity) && PRINTABLE.includes(entity)) {
    return { body: documentPdf(entity, readEntity(call, entity, id)), contentType: 'application/pdf' };
  }
  if (action === 'send' && call.method === 'POST' && isTransaction(entity) && PRINTABLE.includes(entity)) {
    return { body: { [entity]: sendDocument(call, entity, id) } };
  }
  return undefined;
}

function readEntity(call: Call, entity: EntityName, id: string): Draft {
  if (!/^\d+$/.test(id)) throw faults.invalidId(id);
  const found = call.source.books.get(entity, id);
  if (!found) throw faults.notFound();
  return presented(call, entity, found);
}

/** Other options would change the answer in ways that are not modelled. */
const INCLUDES = ['invoicelink', 'void', 'allowduplicatedocnum'];

function includes(call: Call): Set<string> {
  const given = new Set((call.query['include'] ?? '').toLowerCase().split(',').filter(Boolean));
  const unknown = [...given].find((option) => !INCLUDES.includes(option));
  if (unknown !== undefined) throw faults.unsupported(`include=${unknown}`);
  return given;
}

function presented(call: Call, entity: EntityName, body: Entity): Draft {
  const shown = call.present(entity, body);
  return entity === 'Invoice' && includes(call).has('invoicelink') ? withInvoiceLink(shown, call.realmId, call.origin) : shown;
}

function saveEntity(call: Call, entity: EntityName): Draft {
  const { body } = call;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw faults.missing(entity);
  const written = call.write(entity, body as Draft, operationOf(call, entity), call.query['include']);
  return 'status' in written ? written : presented(call, entity, written as Entity);
}

function operationOf(call: Call, entity: EntityName): WriteOperation {
  const operation = (call.query['operation'] ?? '').toLowerCase();
  const include = includes(call);
  if (operation === 'delete') return 'delete';
  if (operation === 'void') {
    if (entity === 'Invoice') return 'void';
    throw faults.unsupported(`operation=void of ${entity}`);
  }
  if (operation !== '' && operation !== 'update' && operation !== 'create') throw faults.unsupported(`operation=${operation}`);
  if (!include.has('void')) return 'save';
  if (isTransaction(entity) && VOID_BY_UPDATE.includes(entity)) return 'void';
  throw faults.unsupported(`include=void of ${entity}`);
}

/** "Sends" a document: nothing leaves this machine. As recorded, the time moves and the SyncToken does not. */
function sendDocument(call: Call, entity: TransactionName, id: string): Draft {
  if (!/^\d+$/.test(id)) throw faults.invalidId(id);
  return call.transaction(() => {
    const { books } = call.source;
    const found = books.get(entity, id);
    if (!found) throw faults.notFound();
    const to = call.query['sendTo'] ?? (found['BillEmail'] as Draft | undefined)?.['Address'];
    if (!to) throw faults.missing('BillEmail');
    checkEmail('BillEmail', to);
    const sent = {
      ...found,
      EmailStatus: 'EmailSent',
      BillEmail: { Address: to },
      DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: seconds(call.now) },
    };
    const saved = books.save(entity, id, sent, { quiet: true });
    books.note(entity, id, 'Emailed');
    return call.present(entity, saved);
  });
}

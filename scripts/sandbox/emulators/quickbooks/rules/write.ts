import type { Draft, Entity, EntityName } from '../entities.ts';
import { isTransaction, refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { deletedBody, ordered } from '../formatters.ts';
import { checkLimits } from '../schema/limits.ts';
import { checkShape } from '../schema/check.ts';
import { checkOpen } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { RULES } from './index.ts';
import { isVoided } from './voiding.ts';
import { refreshCustomer } from './settlement.ts';

export type WriteOperation = 'save' | 'delete' | 'void';

/** Creates, updates, voids or deletes one entity and returns its body. Run it in a transaction: a fault must undo all of it. */
export function writeEntity(context: RuleContext, entity: EntityName, input: Draft, operation: WriteOperation): Draft {
  const rules = RULES[entity];
  if (!rules) throw faults.unsupported(`${operation} of ${entity}`);
  checkShape(entity, input);
  if (operation === 'save' && (input['Id'] === undefined || input['Id'] === '')) return create(context, entity, rules, input);
  const current = requireCurrent(context, entity, input, operation);
  if (operation === 'save') return update(context, entity, rules, input, current);
  if (isTransaction(entity)) checkOpen(context, String(current['TxnDate']));
  return operation === 'void' ? voidDocument(context, entity, rules, current) : remove(context, entity, rules, current);
}

/** Refuses ids that are no numbers, unknown ids, and stale tokens. */
function requireCurrent(context: RuleContext, entity: EntityName, input: Draft, operation: WriteOperation): Entity {
  const id = String(input['Id'] ?? '');
  if (id === '') throw faults.missing('Id');
  if (!/^\d+$/.test(id)) throw faults.invalidId(id);
  const current = context.books.get(entity, id);
  if (!current) throw faults.notFound();
  // Recorded: an attachable is deleted by its id alone.
  if (entity === 'Attachable' && operation === 'delete') return current;
  const token = input['SyncToken'];
  if (token === undefined || token === null || token === '') throw faults.missing('SyncToken');
  if (String(token) !== current.SyncToken) throw faults.stale(context.books.settings.lastUser);
  return current;
}

const SYSTEM = ['Id', 'SyncToken', 'MetaData', 'domain', 'sparse', 'status'];
const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

/** Members of the request that say something; null, "" and {} clear a member (reported publicly for sparse updates). */
const spoken = (input: Draft): Draft =>
  Object.fromEntries(Object.entries(input).filter(([name, value]) => !SYSTEM.includes(name) && !isEmpty(value)));

/** Members a client may send back although QuickBooks computes them. */
const COMPUTED = new Set([
  'TotalAmt',
  'HomeTotalAmt',
  'Balance',
  'HomeBalance',
  'RemainingCredit',
  'UnappliedAmt',
  'LinkedTxn',
  'ProcessPayment',
  'DeliveryInfo',
  'RecurDataRef',
  'ExchangeRate',
  'PrivateNote',
  'CustomField',
  'TxnTaxDetail',
  'DueDate',
  'InvoiceLink',
]);

/** A member that a rule leaves out of a transaction would be lost without a word: it is refused instead. */
function refuseLost(entity: EntityName, request: Draft, body: Draft): void {
  if (!isTransaction(entity)) return;
  const lost = Object.keys(request).find((name) => body[name] === undefined && !COMPUTED.has(name));
  if (lost !== undefined) throw faults.unsupported(`${entity} with ${lost}`);
  const fields = request['CustomField'] as Draft[] | undefined;
  const kept = (body['CustomField'] ?? []) as Draft[];
  const isKept = (field: Draft) =>
    kept.some((one) => one['DefinitionId'] === String(field['DefinitionId']) && one['StringValue'] === field['StringValue']);
  const says = ['StringValue', 'BooleanValue', 'DateValue', 'NumberValue'];
  if (fields?.some((field) => says.some((name) => field[name] !== undefined) && !isKept(field)))
    throw faults.unsupported(`${entity} with a custom field`);
}

function create(context: RuleContext, entity: EntityName, rules: EntityRules, input: Draft): Entity {
  const request = spoken(input);
  checkLimits(entity, request);
  const { body, lineIds } = rules.draft(context, request, undefined);
  refuseLost(entity, request, body);
  const { Id } = context.books.insert(entity, body, lineIds);
  return settled(context, entity, rules, Id);
}

function settled(context: RuleContext, entity: EntityName, rules: EntityRules, id: string): Entity {
  rules.settle?.(context, context.books.get(entity, id)!);
  return context.books.get(entity, id)!;
}

function update(context: RuleContext, entity: EntityName, rules: EntityRules, input: Draft, current: Entity): Entity {
  const isSparse = input['sparse'] === true || input['sparse'] === 'true';
  const request = isSparse ? merged(current, input) : spoken(input);
  checkLimits(entity, request);
  const { body, lineIds } = rules.draft(context, request, current);
  refuseLost(entity, request, body);
  if (isSparse && sameContent(entity, body, current)) return current;
  context.books.save(entity, current.Id, body, lineIds === undefined ? {} : { lineIds });
  const result = settled(context, entity, rules, current.Id);
  const [was, is] = [refId(current['CustomerRef']), refId(result['CustomerRef'])];
  if (was !== undefined && was !== is) refreshCustomer(context, was);
  return result;
}

function merged(current: Entity, input: Draft): Draft {
  const result: Draft = Object.fromEntries(Object.entries(current).filter(([name]) => !SYSTEM.includes(name)));
  for (const [name, value] of Object.entries(input)) {
    if (SYSTEM.includes(name)) continue;
    if (isEmpty(value)) delete result[name];
    else result[name] = value;
  }
  return result;
}

/** Recorded: a sparse update that changes nothing keeps token and time. */
function sameContent(entity: EntityName, body: Draft, current: Entity): boolean {
  const content = (value: Draft) => JSON.stringify(Object.entries(ordered(entity, value)).filter(([name]) => !SYSTEM.includes(name)));
  return content(body) === content(current);
}

function voidDocument(context: RuleContext, entity: EntityName, rules: EntityRules, current: Entity): Entity {
  if (!rules.voided) throw faults.unsupported(`void of ${entity}`);
  if (isVoided(current)) return current;
  rules.release?.(context, current);
  const fresh = context.books.get(entity, current.Id)!;
  context.books.save(entity, current.Id, rules.voided(fresh), { operation: 'Void' });
  return settled(context, entity, rules, current.Id);
}

function remove(context: RuleContext, entity: EntityName, rules: EntityRules, current: Entity): Draft {
  if (!rules.deletable) throw faults.unsupported(`delete of ${entity}`);
  rules.release?.(context, current);
  const customer = refId(current['CustomerRef']);
  context.ledger.remove(`${entity}:${current.Id}`);
  context.books.remove(entity, current.Id);
  if (customer) refreshCustomer(context, customer);
  return deletedBody(current.Id);
}

import type { Draft, EntityName, Entity, Line } from './entities.ts';
import { refId } from './entities.ts';
import type { RuleContext } from './rules/context.ts';
import { named } from './rules/context.ts';
import { refreshCustomer } from './rules/settlement.ts';
import { scan } from './scan.ts';

/** Documents found by their customer, and those that name it inside. */
const BY_CUSTOMER: EntityName[] = ['Invoice', 'Payment', 'CreditMemo', 'SalesReceipt', 'RefundReceipt'];
const BY_SCAN: EntityName[] = ['Deposit', 'JournalEntry', 'Purchase', 'Attachable'];

/**
 * Merges a customer into another, as a person does by giving both one name: everything of the first becomes the
 * other's, and the first is gone. Assumed: the documents keep their tokens and times. Returns why not, or nothing.
 */
export function mergeCustomers(context: RuleContext, from: string, into: string): string | undefined {
  const [gone, kept] = [context.books.get('Customer', from), context.books.get('Customer', into)];
  if (!gone || !kept) return `There is no Customer ${gone ? into : from}.`;
  if (from === into) return 'A customer cannot be merged into itself.';
  if (refId(gone['CurrencyRef']) !== refId(kept['CurrencyRef'])) return 'Customers of different currencies cannot be merged.';
  if (refId(kept['ParentRef']) === from) return 'A customer cannot be merged into its own sub-customer.';
  const change = (entity: EntityName, body: Entity) => {
    const changed = renamed(body, gone, kept) as Entity;
    if (JSON.stringify(changed) === JSON.stringify(body)) return;
    context.books.amend(entity, body.Id, changed);
    const entry = context.ledger.entry(`${entity}:${body.Id}`);
    if (!entry) return;
    const moved = (id: string | undefined) => (id === from ? into : id);
    const who = (changed['CustomerRef'] as { name?: string } | undefined)?.name ?? entry.who;
    const postings = entry.postings.map((posting) => ({ ...posting, ...(posting.customer === from ? { customer: into } : {}) }));
    const customer = moved(entry.dimensions?.customer);
    context.ledger.post({ ...entry, who, postings, dimensions: { ...entry.dimensions, ...(customer ? { customer } : {}) } });
  };
  for (const entity of BY_CUSTOMER) for (const { body } of context.books.rows(entity).where({ customer: from })) change(entity, body);
  for (const entity of BY_SCAN) for (const { body } of [...scan(context.books.rows(entity))]) change(entity, body);
  for (const { body } of [...scan(context.books.rows('Customer'))])
    if (refId(body['ParentRef']) === from)
      context.books.amend('Customer', body.Id, {
        ...body,
        ParentRef: { value: into },
        FullyQualifiedName: `${String(kept['FullyQualifiedName'])}:${String(body['DisplayName'])}`,
      });
  context.books.remove('Customer', from, into);
  refreshCustomer(context, into);
  return undefined;
}

/** The body with every reference to `gone` pointing to `kept`. */
function renamed(body: Draft, gone: Entity, kept: Entity): Draft {
  const party = (value: unknown) =>
    refId(value) === gone.Id && isCustomer(value as Draft) ? { ...(value as Draft), ...named(kept) } : value;
  const inside = (draft: Draft): Draft =>
    Object.fromEntries(
      Object.entries(draft).map(([name, value]) => {
        if (name === 'CustomerRef') return [name, refId(value) === gone.Id ? named(kept) : value];
        if (name === 'EntityRef') return [name, (draft['Type'] ?? 'Customer') === 'Customer' ? party(value) : value];
        if (name === 'Entity' && refId(value) !== undefined) return [name, party(value)];
        if (name === 'Line' || name === 'AttachableRef') return [name, (value as (Line | Draft)[]).map(inside)];
        if (name === 'Entity' || name.endsWith('LineDetail')) return [name, inside(value as Draft)];
        return [name, value];
      }),
    );
  return inside(body);
}

const isCustomer = (reference: Draft): boolean => reference['type'] === undefined || String(reference['type']).toLowerCase() === 'customer';

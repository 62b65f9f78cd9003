import type { VerifiedEvent } from '../ports/webhook-verifier.ts';

/**
 * Which object an event makes dirty, by provider and type of object. The event's own content and order mean nothing:
 * the object's state is fetched later. Types that are not here are kept and not applied.
 */
const DIRTY: Record<VerifiedEvent['provider'], Record<string, string>> = {
  stripe: {
    invoice: 'stripe:invoice',
    invoice_payment: 'stripe:invoice_payment',
    payment_intent: 'stripe:payment_intent',
    charge: 'stripe:charge',
    credit_note: 'stripe:credit_note',
    refund: 'stripe:refund',
    dispute: 'stripe:dispute',
    payout: 'stripe:payout',
  },
  quickbooks: {
    invoice: 'quickbooks:invoice',
    payment: 'quickbooks:payment',
  },
};

/** Events that mean more than that their object changed. A new customer is of no interest: ours is known from the answer that made it. */
const KIND_OF_TYPE: Record<string, string> = {
  'charge.refunded': 'stripe:refunded_charge',
  'customer.deleted': 'stripe:customer',
  'customer.updated': 'stripe:customer',
  'product.deleted': 'stripe:product',
  'product.updated': 'stripe:product',
  'qbo.customer.deleted.v1': 'quickbooks:customer',
  'qbo.customer.delete': 'quickbooks:customer',
  'qbo.customer.updated.v1': 'quickbooks:customer',
  'qbo.customer.update': 'quickbooks:customer',
  'qbo.customer.merged.v1': 'quickbooks:merged_customer',
  'qbo.customer.merge': 'quickbooks:merged_customer',
};
/** A new document says nothing: ours is known from the answer that made it, anybody else's is not ours. */
const SILENT = new Set(['invoice.created', 'invoice.deleted', 'invoice.upcoming', 'qbo.invoice.created.v1', 'qbo.invoice.create']);
/** The invoice tells of the same payment, and a sweep where none of its events came: half the calls of a payment are not made. */
const COMPANIONS = new Set(['charge.succeeded', 'payment_intent.succeeded']);
/** What issuing and sending set off at Stripe. Caused by our own request they say what its answer said: no call is spent on them. */
const ECHOES = new Set(['invoice.finalized', 'invoice.updated', 'invoice.sent', 'payment_intent.created', 'customer.updated']);

/** Of a customer what Salesforce owns: its balance and its currency change with every invoice. Of a product whether it is archived. */
const MATTERS: Record<string, string[]> = { 'customer.updated': ['name', 'email', 'phone', 'address'], 'product.updated': ['active'] };

/** The provider tells of a kind of object that this code does not know. */
export const isUnknown = ({ provider, type, objectType }: VerifiedEvent): boolean =>
  DIRTY[provider][objectType] === undefined && KIND_OF_TYPE[type] === undefined;

export function dirtyObject(event: VerifiedEvent): { kind: string; id: string; invoiceId: string | null } | null {
  const kind = KIND_OF_TYPE[event.type] ?? DIRTY[event.provider][event.objectType];
  if (event.kept !== null || kind === undefined || SILENT.has(event.type) || event.objectId === '') return null;
  if (COMPANIONS.has(event.type)) return null;
  if (event.ownWrite && ECHOES.has(event.type)) return null;
  const facts = event.provider === 'stripe' ? MATTERS[event.type] : undefined;
  if (facts && !isOf(facts, event.body)) return null;
  return { kind, id: event.objectId, invoiceId: event.invoiceId };
}

/** Stripe names what it changed. https://docs.stripe.com/api/events/object#event_object-data-previous_attributes */
function isOf(facts: readonly string[], body: VerifiedEvent['body']): boolean {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const { data } = JSON.parse(text) as { data?: { previous_attributes?: object } };
  return data?.previous_attributes === undefined || facts.some((fact) => fact in (data.previous_attributes ?? {}));
}

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
  },
  quickbooks: {
    invoice: 'quickbooks:invoice',
    payment: 'quickbooks:payment',
  },
};

/** Our own drafts make noise before they are final; nothing is to be learnt from it. */
const SILENT = new Set(['invoice.created', 'invoice.deleted', 'invoice.upcoming']);

export function dirtyObject(event: VerifiedEvent): { kind: string; id: string; invoiceId: string | null } | null {
  const kind = DIRTY[event.provider][event.objectType];
  if (kind === undefined || SILENT.has(event.type) || event.objectId === '') return null;
  return { kind, id: event.objectId, invoiceId: event.invoiceId };
}

import { createHash } from 'node:crypto';
import type { Draft, Entity } from './entities.ts';

/** Documented: only for invoices with online payment enabled and a customer's e-mail address, and only when asked for. */
export function withInvoiceLink(body: Entity, realmId: string, origin: string): Entity {
  const isPayable = body['AllowOnlineCreditCardPayment'] === true || body['AllowOnlineACHPayment'] === true;
  if (!isPayable || !(body['BillEmail'] as Draft | undefined)?.['Address']) return body;
  const key = createHash('sha384').update(`${realmId} ${body.Id}`).digest('hex');
  return { ...body, InvoiceLink: `${origin}/t/scs-v1-${key}?cta=v3invoicelink&locale=en_US` };
}

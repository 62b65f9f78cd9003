import type Stripe from 'stripe';
import type { StripeKind } from '../../ports/feeds.ts';

type Loose<T> = { [K in keyof T]?: T[K] | null };

/**
 * What makes another state of an object, as text. Of a list and of an event alike, so that it is known of a change whether an event
 * told of it; an event may be in an older version, so nothing is taken for granted.
 */
const LOOKS: { [K in StripeKind]: (object: never) => string } = {
  invoice: ({ status, amount_remaining, pre_payment_credit_notes_amount, post_payment_credit_notes_amount }: Loose<Stripe.Invoice>) =>
    [status, amount_remaining, pre_payment_credit_notes_amount, post_payment_credit_notes_amount].join(' '),
  charge: ({ status, amount_refunded, disputed }: Loose<Stripe.Charge>) => [status, amount_refunded, disputed].join(' '),
  refund: ({ status }: Loose<Stripe.Refund>) => String(status),
  credit_note: ({ status }: Loose<Stripe.CreditNote>) => String(status),
  dispute: ({ status, balance_transactions }: Loose<Stripe.Dispute>) => [status, balance_transactions?.length].join(' '),
  payout: ({ status, reconciliation_status }: Loose<Stripe.Payout>) => [status, reconciliation_status].join(' '),
};

export const looksOf = (kind: StripeKind, object: object): string => LOOKS[kind](object as never);

/** Null for objects that are not swept, and for drafts, whose events come in the second in which they end to be some. */
export function looksInEvent(object: { object?: string; status?: unknown }): string | null {
  const kind = object.object ?? '';
  return kind in LOOKS && object.status !== 'draft' ? looksOf(kind as StripeKind, object) : null;
}

import type Stripe from 'stripe';
import { mapOutcome } from '../../domain/outcome.ts';
import type { StripeFeed, StripeKind } from '../../ports/feeds.ts';
import type { StripeClient } from './client.ts';
import { MARK, iso } from './translate.ts';
import { asVerified, whoseElse } from './verify-webhook.ts';

const PAGE = 100;

/** What is listed of an object; which of it makes another state is said by `looks`. */
interface Listed {
  id: string;
  metadata?: Record<string, string> | null;
}
interface List<T> {
  data: T[];
  has_more: boolean;
}
interface Kind<T extends Listed> {
  list(sdk: Stripe, page: { limit: number; starting_after?: string }, created: { gte: number }): Promise<List<T>>;
  looks(object: T): string;
}

const kind = <T extends Listed>(each: Kind<T>): Kind<T> => each;
/** The first page alone of each list is asked for: the SDK's promise would page by itself when iterated. */
const KINDS = {
  invoice: kind<Stripe.Invoice>({
    list: (sdk, page) => sdk.invoices.list({ ...page, status: 'open' }),
    looks: ({ status, amount_remaining, post_payment_credit_notes_amount, pre_payment_credit_notes_amount }) =>
      [status, amount_remaining, pre_payment_credit_notes_amount, post_payment_credit_notes_amount].join(' '),
  }),
  charge: kind<Stripe.Charge>({
    list: (sdk, page, created) => sdk.charges.list({ ...page, created }),
    looks: ({ status, amount_refunded, disputed }) => [status, amount_refunded, disputed].join(' '),
  }),
  refund: kind<Stripe.Refund>({
    list: (sdk, page, created) => sdk.refunds.list({ ...page, created }),
    looks: ({ status }) => String(status),
  }),
  credit_note: kind<Stripe.CreditNote>({
    list: (sdk, page, created) => sdk.creditNotes.list({ ...page, created }),
    looks: ({ status }) => status,
  }),
  dispute: kind<Stripe.Dispute>({
    list: (sdk, page, created) => sdk.disputes.list({ ...page, created }),
    looks: ({ status, balance_transactions }) => [status, balance_transactions.length].join(' '),
  }),
  payout: kind<Stripe.Payout>({
    list: (sdk, page, created) => sdk.payouts.list({ ...page, created }),
    looks: ({ status, reconciliation_status }) => [status, reconciliation_status].join(' '),
  }),
};

/** Stripe behind the feed port. */
export function createStripeFeed({ call }: StripeClient, served: { live: boolean }): StripeFeed {
  const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000);
  const pageFrom = (cursor: string | null) => ({ limit: PAGE, ...(cursor ? { starting_after: cursor } : {}) });

  return {
    async listEvents({ createdFrom, cursor }) {
      const listed = await call('read', 'events.list', (sdk) =>
        sdk.events.list({ ...pageFrom(cursor), created: { gte: seconds(createdFrom) } }),
      );
      return mapOutcome(listed, ({ data, has_more }) => ({
        events: data.map((event) => ({
          ...asVerified(event as never, JSON.stringify(event), served),
          // Listed events bear the account's version of the day, whatever the endpoint's is; nothing but ids is taken from them.
          kept: whoseElse(event as never, served),
          createdAt: iso(event.created),
        })),
        next: has_more ? (data.at(-1)?.id ?? null) : null,
      }));
    },

    async listObjects({ kind: name, createdFrom, cursor }) {
      const { list, looks } = KINDS[name] as Kind<Listed>;
      const listed = await call<List<Listed>>('read', `${name}s.list`, (sdk) => list(sdk, pageFrom(cursor), { gte: seconds(createdFrom) }));
      return mapOutcome(listed, ({ data, has_more }) => ({
        objects: data
          .filter((object) => name !== 'invoice' || MARK.invoice in (object.metadata ?? {}))
          .map((object) => ({
            kind: name satisfies StripeKind,
            id: object.id,
            looks: looks(object),
            invoiceId: object.metadata?.[MARK.invoice] ?? null,
          })),
        next: has_more ? (data.at(-1)?.id ?? null) : null,
      }));
    },
  };
}

import type Stripe from 'stripe';
import { mapOutcome } from '../../domain/outcome.ts';
import type { StripeFeed, StripeKind } from '../../ports/feeds.ts';
import type { StripeClient } from './client.ts';
import { looksOf } from './looks.ts';
import { MARK, iso } from './translate.ts';
import { asVerified, whoseElse } from './verify-webhook.ts';

const PAGE = 100;

/** What is listed of an object; which of it makes another state is said by `looks.ts`. */
interface Listed {
  id: string;
  metadata?: Record<string, string> | null;
}
interface List<T> {
  data: T[];
  has_more: boolean;
}
type ListPage = (sdk: Stripe, page: { limit: number; starting_after?: string }, created: { gte: number }) => Promise<List<Listed>>;

/** The first page alone of each list is asked for: the SDK's promise would page by itself when iterated. */
const LISTS: Record<StripeKind, ListPage> = {
  invoice: (sdk, page) => sdk.invoices.list({ ...page, status: 'open' }),
  charge: (sdk, page, created) => sdk.charges.list({ ...page, created }),
  refund: (sdk, page, created) => sdk.refunds.list({ ...page, created }),
  credit_note: (sdk, page, created) => sdk.creditNotes.list({ ...page, created }),
  dispute: (sdk, page, created) => sdk.disputes.list({ ...page, created }),
  payout: (sdk, page, created) => sdk.payouts.list({ ...page, created }),
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
      const listed = await call<List<Listed>>('read', `${name}s.list`, (sdk) =>
        LISTS[name](sdk, pageFrom(cursor), { gte: seconds(createdFrom) }),
      );
      return mapOutcome(listed, ({ data, has_more }) => ({
        objects: data
          .filter((object) => name !== 'invoice' || MARK.invoice in (object.metadata ?? {}))
          .map((object) => ({
            kind: name,
            id: object.id,
            looks: looksOf(name, object),
            invoiceId: object.metadata?.[MARK.invoice] ?? null,
          })),
        next: has_more ? (data.at(-1)?.id ?? null) : null,
      }));
    },
  };
}

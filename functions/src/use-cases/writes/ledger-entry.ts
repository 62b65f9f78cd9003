import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome } from '../../domain/outcome.ts';
import type { Booking, BookingBody } from '../../ports/bookings.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect, type Found } from '../effects/call-and-record.ts';

/** An entry in QuickBooks for what Stripe did with money. Keyed by the Stripe object or balance transaction it books. */
export function createEntry<Body extends BookingBody>(
  { bookings }: Pick<Deps, 'bookings'>,
  key: string,
  body: Body,
): Effect<Body, Booking> {
  return {
    key,
    system: 'quickbooks',
    carries: ['stripe-money'],
    body,
    send: (frozen, outward, sending) => bookings.create(frozen, outward, sending),
    find: async ({ entity, date, mark }) =>
      mapOutcome(await bookings.find({ entity, date, mark }), (entries) => foundOf(entries.filter((each) => !each.voided))),
  };
}

type CancelBody = { entity: 'Payment' | 'CreditMemo'; id: string };

/** Takes an entry of ours back, because Stripe took back what it booked. */
export function cancelEntry({ bookings }: Pick<Deps, 'bookings'>, stripeId: string, body: CancelBody): Effect<CancelBody, Booking> {
  return {
    key: effectKey(stripeId, `cancel-${body.entity.toLowerCase()}`),
    system: 'quickbooks',
    carries: ['stripe-money'],
    body,
    send: (frozen, outward) => bookings.cancel(frozen, outward),
    find: async ({ entity, id }) =>
      mapOutcome(await bookings.read(entity, id), (entry): Found<Booking> =>
        entry?.voided ? { found: 'one', answer: entry } : { found: 'none' },
      ),
  };
}

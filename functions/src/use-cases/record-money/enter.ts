import type { Company } from '../../domain/company.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { InvoiceRecord } from '../../domain/invoice.ts';
import type { Booking, BookingBody } from '../../ports/bookings.ts';
import type { LedgerInvoice, LedgerReference } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import type { Effect } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';
import { createEntry } from '../writes/ledger-entry.ts';

export type EntryDeps = Pick<Deps, 'bookings' | 'effects' | 'clock'>;

/** The books an entry goes into. */
export interface BooksOf {
  company: Company;
  reference: LedgerReference;
}

/** The books of one invoice: its own document in QuickBooks says what was sold and to whom. */
export interface InvoiceBooksOf extends BooksOf {
  invoice: InvoiceRecord;
  document: LedgerInvoice;
}

export interface Entered {
  booking: Booking;
  /** Made by this very call; false when QuickBooks held it already. */
  fresh: boolean;
}

export const enter = <Body extends BookingBody>(deps: EntryDeps, key: string, body: Body): Promise<Outcome<Entered>> =>
  sendCounted(deps, createEntry(deps, key, body));

/** Sends once, and says whether this call did it. */
export async function sendCounted<Body>(deps: EntryDeps, effect: Effect<Body, Booking>): Promise<Outcome<Entered>> {
  const held = await deps.effects.read(effect.key);
  if (held?.state === 'answered') return done({ booking: held.answer as unknown as Booking, fresh: false });
  return mapOutcome(await sendOnce(deps, effect), (booking) => ({ booking, fresh: true }));
}

/** What the head of every entry says. */
export const head = ({ reference }: BooksOf, entry: { mark: string; memo: string; date: string; currency: string }) => ({
  ...entry,
  multicurrency: reference.multicurrency,
});

/** How an invoice is called in the memo of an entry. */
export const called = ({ number, id }: Pick<InvoiceRecord, 'number' | 'id'>): string => `invoice ${number ?? id}`;

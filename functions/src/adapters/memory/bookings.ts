import { done, type Outcome } from '../../domain/outcome.ts';
import type { Booking, BookingBody, Bookings } from '../../ports/bookings.ts';
import type { Faults } from './faults.ts';
import { createKeys } from './idempotency.ts';
import type { MemoryLedger } from './ledger.ts';

type Entry = Booking & { body: BookingBody };

/** The other half of a QuickBooks company in memory: entries that are no invoices. */
export interface MemoryBookings extends Bookings {
  entries: Entry[];
  /** Debits less credits of an account, payments of invoices included. */
  balanceOf(accountId: string): number;
  /** Entries dated on or before the ledger's closing date are refused (6210). */
  enforceClosing: boolean;
}

export function createBookings(faults: Faults, ledger: MemoryLedger): MemoryBookings {
  const entries: Entry[] = [];
  const keys = createKeys();
  let serial = 1000;

  const write = <B, T>(point: string, body: B, key: string, act: () => Outcome<T>) =>
    faults.outcome(`bookings.${point}`, () => {
      if (key.length > 50) throw new Error(`requestid ${key} is longer than 50 characters.`);
      return keys.once(key, body, act);
    });
  const shown = ({ body: _body, ...booking }: Entry): Booking => structuredClone(booking);
  const balanceOf = (accountId: string): number => {
    let balance = 0;
    for (const [paymentId, account] of ledger.deposits) if (account === accountId) balance += ledger.payments.get(paymentId)?.amount ?? 0;
    for (const { body, voided } of entries) if (!voided) balance += postings(body, accountId);
    return balance;
  };

  const self: MemoryBookings = {
    entries,
    enforceClosing: true,
    balanceOf,
    create: (body, key) =>
      write(`create${body.entity}`, body, key, () => {
        if (self.enforceClosing && body.date <= (ledger.reference.closingDate ?? '')) return closed();
        const { entity, date, mark } = body;
        const entry: Entry = {
          id: String((serial += 1)),
          entity,
          date,
          mark,
          voided: false,
          url: `https://qbo.intuit.com/app/${entity}`,
          body: structuredClone(body),
        };
        entries.push(entry);
        if (body.entity === 'Payment') ledger.applyCredit({ ...body, id: entry.id });
        return done(shown(entry));
      }),
    find: ({ entity, date, mark }) =>
      faults.outcome('bookings.find', () =>
        done(entries.filter((each) => each.entity === entity && each.date === date && each.mark === mark).map(shown)),
      ),
    cancel: (body, key) =>
      write(`cancel${body.entity}`, body, key, () => {
        const entry = entries.find((each) => each.id === body.id && each.entity === body.entity);
        if (!entry || (entry.entity === 'Payment' && !ledger.payments.has(entry.id))) return gone();
        entry.voided = true;
        if (entry.entity === 'Payment') ledger.releaseCredit(entry.id);
        return done(shown(entry));
      }),
    read: (entity, id) =>
      faults.outcome('bookings.read', () => {
        const entry = entries.find((each) => each.id === id && each.entity === entity);
        return done(entry ? shown(entry) : null);
      }),
    readBalances: (ids) =>
      faults.outcome('bookings.readBalances', () => done(ids.map((accountId) => ({ accountId, amount: balanceOf(accountId) })))),
  };
  return self;
}

/** What an entry adds to one account. */
function postings(body: BookingBody, accountId: string): number {
  switch (body.entity) {
    case 'RefundReceipt':
      return body.fromAccountId === accountId ? -(body.totalTax + body.lines.reduce((all, line) => all + line.amount, 0)) : 0;
    case 'JournalEntry':
      return body.lines
        .filter((line) => line.accountId === accountId)
        .reduce((all, line) => all + (line.side === 'Debit' ? line.amount : -line.amount), 0);
    case 'Transfer':
      return (body.toAccountId === accountId ? body.amount : 0) - (body.fromAccountId === accountId ? body.amount : 0);
    case 'Purchase':
      return (body.expenseAccountId === accountId ? body.amount : 0) - (body.fromAccountId === accountId ? body.amount : 0);
    case 'CreditMemo':
    case 'Payment':
      return 0;
  }
}

/** Somebody deleted it. */
const gone = (): Outcome<never> => ({
  outcome: 'rejected',
  problem: { code: 'entry-gone', severity: 'error', message: 'It is no longer there.', action: 'Nothing is left to void.' },
});
const closed = (): Outcome<never> => ({
  outcome: 'rejected',
  problem: { code: 'quickbooks-closed-period', severity: 'error', message: 'The period is closed.', action: 'Choose a later date.' },
});

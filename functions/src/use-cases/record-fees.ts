import { booksAccount } from '../domain/books-account.ts';
import { totalOf, withoutBooked, type FeeGroup, type FeePart } from '../domain/fee-groups.ts';
import { effectKey } from '../domain/operation-key.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { BookingBody } from '../ports/bookings.ts';
import type { EffectRow, Json } from '../ports/effect-log.ts';
import { enter, head, sendCounted, type BooksOf, type Entered, type EntryDeps } from './record-money/enter.ts';
import { createEntry } from './writes/ledger-entry.ts';

/** An entry and the balance transactions whose fees it holds. */
type FeeBody = BookingBody & { rowIds: string[] };

/**
 * Books what Stripe took on a day that is over: one expense per company, currency, day and category. Fees that are found later
 * go into a supplement of their own; an entry is never changed.
 */
export async function recordFees(deps: EntryDeps, books: BooksOf, group: FeeGroup): Promise<Outcome<Entered[]>> {
  const entered: Entered[] = [];
  const booked = new Set<string>();
  for (let part = 1; ; part += 1) {
    const held = await deps.effects.read(feeKey(books, group, part));
    if (held && held.state !== 'idle') {
      // Answered, or sent without an answer: then its frozen body is settled first.
      const settled = await sendCounted(deps, createEntry(deps, held.key, bodyOf(held)));
      if (settled.outcome !== 'done') return settled;
      entered.push(settled.value);
      for (const id of bodyOf(held).rowIds) booked.add(id);
      continue;
    }
    const parts = withoutBooked(group, booked);
    if (totalOf(parts) === 0) return done(entered);
    const body = feeBody(books, group, parts, part);
    if (body.outcome !== 'done') return body;
    const entry = await enter(deps, feeKey(books, group, part), body.value);
    return entry.outcome === 'done' ? done([...entered, entry.value]) : entry;
  }
}

const bodyOf = (row: EffectRow): FeeBody => row.body as Json as unknown as FeeBody;

const feeMark = ({ company }: BooksOf, { currency, day, category }: FeeGroup, part: number): string =>
  ['fees', company.key, currency, day, category.toLowerCase().replaceAll(' ', '-'), part].join('.').replaceAll(/[\s:]/g, '-');

const feeKey = (books: BooksOf, group: FeeGroup, part: number): string => effectKey(feeMark(books, group, part), 'book');

function feeBody(books: BooksOf, group: FeeGroup, parts: FeePart[], part: number): Outcome<FeeBody> {
  const { company, reference } = books;
  const clearing = booksAccount(company, reference, 'clearing', group.currency);
  if (clearing.outcome !== 'done') return clearing;
  const fees = booksAccount(company, reference, 'fees', group.currency);
  if (fees.outcome !== 'done') return fees;
  const total = totalOf(parts);
  const rowIds = parts.map(({ rowId }) => rowId);
  const start = head(books, {
    mark: feeMark(books, group, part),
    memo: `Stripe: ${group.category.toLowerCase()} of ${group.day}, ${parts.length === 1 ? 'one transaction' : `${parts.length} transactions`}${part > 1 ? `, supplement ${part - 1}` : ''}`,
    date: group.day,
    currency: group.currency,
  });
  if (total > 0)
    return done({ ...start, entity: 'Purchase', fromAccountId: clearing.value, expenseAccountId: fees.value, amount: total, rowIds });
  // More was given back than taken: an expense cannot be negative.
  return done({
    ...start,
    entity: 'JournalEntry',
    lines: [
      { side: 'Debit', accountId: clearing.value, customerId: null, amount: -total },
      { side: 'Credit', accountId: fees.value, customerId: null, amount: -total },
    ],
    rowIds,
  });
}

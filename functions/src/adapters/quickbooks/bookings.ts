import { type Outcome, done, mapOutcome, rejected } from '../../domain/outcome.ts';
import type { Booking, BookingEntity, Bookings } from '../../ports/bookings.ts';
import { type Calls, createCalls } from './calls.ts';
import type { QuickBooksClient, Sdk } from './client.ts';
import type { QboAccount, QboEntry } from './entities.ts';
import { literal, within } from './query.ts';
import type { Together } from './together.ts';
import { fromEntry, toEntry } from './translate-bookings.ts';
import { type AppBase, minor } from './translate.ts';

type Write = Parameters<Calls['write']>[1];

const FIND = {
  RefundReceipt: 'findRefundReceipts',
  CreditMemo: 'findCreditMemos',
  Payment: 'findPayments',
  JournalEntry: 'findJournalEntries',
  Transfer: 'findTransfers',
  Purchase: 'findPurchases',
} as const satisfies Record<BookingEntity, keyof Sdk>;

/** QuickBooks behind the bookings port, for one company. */
export function createBookings(client: QuickBooksClient, app: AppBase, homeCurrency: () => Promise<string>, together?: Together): Bookings {
  const { find, write, create } = createCalls(client, together);
  const current = async (entity: 'Payment' | 'CreditMemo', id: string): Promise<Outcome<QboEntry | null>> =>
    mapOutcome(await find<QboEntry>(FIND[entity], within('Id', [id])), ([entry]) => entry ?? null);

  return {
    async create(body, key, sending) {
      const touches = body.entity === 'Payment' ? [body.quickbooksInvoiceId, body.creditMemoId] : [];
      const answer = await create<QboEntry>(body.entity, toEntry(body), key, { sending, touches });
      return mapOutcome(answer, (entry) => fromEntry(body.entity, entry, app));
    },

    async find({ entity, date, mark }) {
      const found = await find<QboEntry>(FIND[entity], `TxnDate = ${literal(date)}`);
      return mapOutcome(found, (entries) => entries.map((entry) => fromEntry(entity, entry, app)).filter((each) => each.mark === mark));
    },

    async cancel({ entity, id }, key) {
      const now = await current(entity, id);
      if (now.outcome !== 'done') return now;
      if (!now.value) return gone(entity);
      const booking = fromEntry(entity, now.value, app);
      if (booking.voided) return done(booking);
      const how: Write = entity === 'Payment' ? (sdk) => sdk.voidPayment : (sdk) => sdk.updateCreditMemo;
      const sent = { Id: id, SyncToken: now.value.SyncToken, sparse: true, void: true };
      const answer = await write<QboEntry>(`void${entity}`, how, sent, key);
      if (answer.outcome !== 'done') return answer;
      const after = fromEntry(entity, answer.value, app);
      return after.voided ? done(after) : left(entity, after);
    },

    read: async (entity, id) => mapOutcome(await current(entity, id), (entry) => entry && fromEntry(entity, entry, app)),

    async readBalances(accountIds) {
      if (accountIds.length === 0) return done([]);
      const home = await homeCurrency();
      const found = await find<QboAccount>('findAccounts', within('Id', accountIds));
      return mapOutcome(found, (accounts) =>
        accounts.map((account) => ({
          accountId: account.Id,
          amount: minor(account.CurrentBalance, account.CurrencyRef?.value ?? home),
        })),
      );
    },
  };
}

/** Intuit documents the void of payments; of credit memos it is not promised (all-entities/creditmemo). */
const left = (entity: string, { url }: Booking) =>
  rejected({
    code: 'not-voided',
    severity: 'error',
    message: `QuickBooks did not void the ${entity === 'Payment' ? 'payment' : 'credit memo'} (${url}).`,
    action: 'Ask the accountant to void it in QuickBooks.',
  });

const gone = (entity: string) =>
  rejected({
    code: 'entry-gone',
    severity: 'error',
    message: `The ${entity === 'Payment' ? 'payment' : 'credit memo'} that Trueup entered is no longer in QuickBooks.`,
    action: 'Ask the accountant whether it was deleted on purpose; there is nothing left to void.',
  });

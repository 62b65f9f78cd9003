import type { Booking, BookingBody, BookingEntity, BookingLine } from '../../ports/bookings.ts';
import type { QboEntry } from './entities.ts';
import { type AppBase, ENTRY_MARK, decimal } from './translate.ts';

/** The page of QuickBooks that shows an entry. */
const PAGE: Record<BookingEntity, string> = {
  RefundReceipt: 'refundreceipt',
  CreditMemo: 'creditmemo',
  Payment: 'recvpayment',
  JournalEntry: 'journal',
  Transfer: 'transfer',
  Purchase: 'expense',
};

export function toEntry(body: BookingBody): object {
  const head = {
    TxnDate: body.date,
    ...(body.multicurrency ? { CurrencyRef: { value: body.currency } } : {}),
    PrivateNote: `Trueup entry ${body.mark}: ${body.memo}`.slice(0, 4000),
  };
  const amount = (value: number) => decimal(value, body.currency);
  switch (body.entity) {
    case 'RefundReceipt':
      return {
        ...head,
        ...salesPart(body),
        DepositToAccountRef: { value: body.fromAccountId },
        ...(body.exchangeRate ? { ExchangeRate: Number(body.exchangeRate) } : {}),
      };
    case 'CreditMemo':
      return { ...head, ...salesPart(body), ...(body.number ? { DocNumber: body.number } : {}) };
    case 'Payment':
      return {
        ...head,
        CustomerRef: { value: body.customerId },
        TotalAmt: 0,
        Line: (
          [
            [body.quickbooksInvoiceId, 'Invoice'],
            [body.creditMemoId, 'CreditMemo'],
          ] as const
        ).map(([TxnId, TxnType]) => ({ Amount: amount(body.amount), LinkedTxn: [{ TxnId, TxnType }] })),
      };
    case 'JournalEntry':
      return {
        ...head,
        Line: body.lines.map((line) => ({
          DetailType: 'JournalEntryLineDetail',
          Amount: amount(line.amount),
          Description: body.memo.slice(0, 4000),
          JournalEntryLineDetail: {
            PostingType: line.side,
            AccountRef: { value: line.accountId },
            ...(line.customerId ? { Entity: { Type: 'Customer', EntityRef: { value: line.customerId } } } : {}),
          },
        })),
      };
    case 'Transfer':
      return {
        ...head,
        FromAccountRef: { value: body.fromAccountId },
        ToAccountRef: { value: body.toAccountId },
        Amount: amount(body.amount),
      };
    case 'Purchase':
      return {
        ...head,
        AccountRef: { value: body.fromAccountId },
        // "Cash" is QuickBooks' word for an expense that is neither a cheque nor a card's.
        PaymentType: 'Cash',
        Line: [
          {
            DetailType: 'AccountBasedExpenseLineDetail',
            Amount: amount(body.amount),
            Description: body.memo.slice(0, 4000),
            AccountBasedExpenseLineDetail: { AccountRef: { value: body.expenseAccountId } },
          },
        ],
      };
  }
}

function salesPart(body: Extract<BookingBody, { entity: 'RefundReceipt' | 'CreditMemo' }>): object {
  return {
    CustomerRef: { value: body.customerId },
    TxnTaxDetail: { TotalTax: decimal(body.totalTax, body.currency) },
    Line: body.lines.map((line, index) => salesLine(line, index, body)),
  };
}

function salesLine(line: BookingLine, index: number, { currency, marksTaxableLines }: { currency: string; marksTaxableLines: boolean }) {
  return {
    LineNum: index + 1,
    DetailType: 'SalesItemLineDetail',
    Amount: decimal(line.amount, currency),
    Description: line.description.slice(0, 4000),
    SalesItemLineDetail: {
      ...(line.itemId ? { ItemRef: { value: line.itemId } } : {}),
      ...(marksTaxableLines ? { TaxCodeRef: { value: line.taxable ? 'TAX' : 'NON' } } : {}),
    },
  };
}

export function fromEntry(entity: BookingEntity, entry: QboEntry, app: AppBase): Booking {
  const note = entry.PrivateNote ?? '';
  return {
    id: entry.Id,
    entity,
    date: entry.TxnDate,
    mark: note.match(ENTRY_MARK)?.[1] ?? null,
    voided: (entry.TotalAmt ?? entry.Amount ?? 1) === 0 && /^Voided/.test(note),
    url: `${app}/app/${PAGE[entity]}?txnId=${entry.Id}`,
  };
}

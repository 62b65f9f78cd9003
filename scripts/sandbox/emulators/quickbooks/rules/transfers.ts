import type { Draft, Entity, Line } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { fromMinor, toHome, toMinor } from '../money.ts';
import { amountOf, currencyOf, homeCurrency, named, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { documentNumber } from './document-number.ts';
import { voidedNote } from './sales.ts';
import { refreshCustomer } from './settlement.ts';

const BALANCE_SHEET = ['Asset', 'Liability', 'Equity'];

const accountIn = (context: RuleContext, reference: unknown, element: string) => {
  const account = resolve(context, 'Account', reference, element);
  if (!account) throw faults.missing(element);
  return account;
};

/** Moves money between two accounts of the balance sheet. */
export const transfer: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    const from = accountIn(context, input['FromAccountRef'], 'FromAccountRef');
    const to = accountIn(context, input['ToAccountRef'], 'ToAccountRef');
    if (from.Id === to.Id) throw faults.business('You cannot transfer funds from and to the same account.');
    for (const each of [from, to])
      if (!BALANCE_SHEET.includes(String(each['Classification'])))
        throw faults.business('Select a balance sheet account for this transaction.');
    const amount = amountOf(input['Amount'], 'Amount');
    if (amount < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    const [one, two] = [refId(from['CurrencyRef'])!, refId(to['CurrencyRef'])!];
    const home = homeCurrency(context);
    if (one !== two && one !== home && two !== home) throw faults.business('You can only use one foreign currency per transaction.');
    const foreign = one === home ? two : one;
    const currency = currencyOf(context, { ...input, CurrencyRef: input['CurrencyRef'] ?? { value: foreign } }, foreign, current);
    return {
      body: {
        FromAccountRef: named(from),
        ToAccountRef: named(to),
        Amount: fromMinor(amount),
        TxnDate: transactionDate(context, input, current),
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
      },
    };
  },
  settle(context, entity) {
    const amount = toMinor(entity['Amount']);
    const home = toHome(amount, entity['ExchangeRate'] ?? 1);
    const postings = [
      { account: refId(entity['ToAccountRef'])!, amount, home },
      { account: refId(entity['FromAccountRef'])!, amount: -amount, home: -home },
    ];
    context.ledger.post({
      id: `Transfer:${entity.Id}`,
      type: 'Transfer',
      txnId: entity.Id,
      date: String(entity['TxnDate']),
      number: null,
      currency: refId(entity['CurrencyRef'])!,
      who: null,
      memo: (entity['PrivateNote'] as string | undefined) ?? null,
      postings,
    });
  },
  voided: (entity) => ({ ...entity, Amount: 0, PrivateNote: voidedNote(entity['PrivateNote']) }),
};

/** A journal entry: debits and credits that balance. Lines on receivables name their customer. */
export const journalEntry: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (!Array.isArray(input['Line']) || input['Line'].length === 0) throw faults.missing('Line');
    const currency = currencyOf(context, input, refId(input['CurrencyRef']) ?? homeCurrency(context), current);
    let sum = 0;
    const lines = (input['Line'] as Line[]).map((line, index) => {
      if (line.DetailType !== 'JournalEntryLineDetail') throw faults.missing('Line.DetailType');
      const detail = (line['JournalEntryLineDetail'] ?? {}) as Draft;
      const side = detail['PostingType'];
      if (side !== 'Debit' && side !== 'Credit')
        throw new QuickbooksFault('2260', 'MissingPostingType', 'A posting type is required. Valid values are Credit or Debit.', {
          element: 'PostingType',
        });
      const account = accountIn(context, detail['AccountRef'], 'AccountRef');
      const kept = refId(account['CurrencyRef']);
      if (kept !== homeCurrency(context) && kept !== currency.code)
        throw faults.business('You can only use one foreign currency per transaction.');
      checkCustomer(context, account, detail['Entity'] as Draft | undefined, currency.code);
      const amount = amountOf(line.Amount, 'Line.Amount');
      if (amount < 0)
        throw new QuickbooksFault('2290', 'NegativeAmount', 'Negative amounts are not supported on transaction lines.', {
          element: 'Line.Amount',
        });
      sum += side === 'Debit' ? amount : -amount;
      return {
        Id: String(index),
        ...(line.Description ? { Description: line.Description } : {}),
        Amount: fromMinor(amount),
        DetailType: line.DetailType,
        JournalEntryLineDetail: { ...detail, AccountRef: named(account) },
      };
    });
    if (sum !== 0)
      throw new QuickbooksFault(
        '2300',
        'Amount on debits not equal to credits',
        'A journal entry you created or updated unbalanced an account. Balance the debits and credits for the account.',
        { element: '' },
      );
    const number = documentNumber(context, 'JournalEntry', input, current);
    return {
      body: {
        Adjustment: input['Adjustment'] === true,
        ...(number ? { DocNumber: number } : {}),
        TxnDate: transactionDate(context, input, current),
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
        Line: lines,
        TxnTaxDetail: {},
      },
    };
  },
  settle(context, entity) {
    const rate = entity['ExchangeRate'] ?? 1;
    const postings: Posting[] = (entity['Line'] as Line[]).map((line) => {
      const detail = line['JournalEntryLineDetail'] as Draft;
      const amount = toMinor(line.Amount) * (detail['PostingType'] === 'Debit' ? 1 : -1);
      const account = refId(detail['AccountRef'])!;
      const customer = isReceivable(context, account) ? refId((detail['Entity'] as Draft)['EntityRef'])! : undefined;
      return { account, amount, home: toHome(amount, rate), ...(customer === undefined ? {} : { customer }) };
    });
    context.ledger.post({
      id: `JournalEntry:${entity.Id}`,
      type: 'JournalEntry',
      txnId: entity.Id,
      date: String(entity['TxnDate']),
      number: (entity['DocNumber'] as string | undefined) ?? null,
      currency: refId(entity['CurrencyRef'])!,
      who: null,
      memo: (entity['PrivateNote'] as string | undefined) ?? null,
      postings: balanced(postings),
    });
    for (const { customer } of postings) if (customer !== undefined) refreshCustomer(context, customer);
  },
};

const isReceivable = (context: RuleContext, account: string) =>
  context.books.get('Account', account)?.['AccountType'] === 'Accounts Receivable';

/** Documented: "When you use Accounts Receivable, you must choose a customer in the Name field". */
function checkCustomer(context: RuleContext, account: Entity, party: Draft | undefined, currency: string): void {
  if (account['AccountType'] !== 'Accounts Receivable') return;
  const customer = party?.['Type'] === 'Customer' ? resolve(context, 'Customer', party['EntityRef'], 'Entity') : undefined;
  if (!customer) throw faults.business('When you use Accounts Receivable, you must choose a customer in the Name field.');
  if (refId(customer['CurrencyRef']) !== currency || refId(account['CurrencyRef']) !== currency)
    throw faults.business('The accounts receivable account must have the same currency as the transaction.');
}

/** An expense paid from a bank or card account; `Credit` turns it round. */
export const purchase: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (!['Cash', 'Check', 'CreditCard'].includes(String(input['PaymentType'] ?? ''))) throw faults.missing('PaymentType');
    const paidFrom = accountIn(context, input['AccountRef'], 'AccountRef');
    if (!Array.isArray(input['Line']) || input['Line'].length === 0) throw faults.missing('Line');
    const currency = currencyOf(
      context,
      { ...input, CurrencyRef: input['CurrencyRef'] ?? paidFrom['CurrencyRef'] },
      refId(paidFrom['CurrencyRef'])!,
      current,
    );
    let total = 0;
    const lines = (input['Line'] as Line[]).map((line, index) => {
      if (line.DetailType !== 'AccountBasedExpenseLineDetail')
        throw faults.unsupported(`expense line of DetailType ${String(line.DetailType)}`);
      const detail = (line['AccountBasedExpenseLineDetail'] ?? {}) as Draft;
      const account = accountIn(context, detail['AccountRef'], 'AccountRef');
      if (account['AccountType'] === 'Accounts Receivable') throw faults.unsupported('expense line on a receivable account');
      const amount = amountOf(line.Amount, 'Line.Amount');
      total += amount;
      return {
        Id: String(index + 1),
        LineNum: index + 1,
        ...(line.Description ? { Description: line.Description } : {}),
        Amount: fromMinor(amount),
        DetailType: line.DetailType,
        AccountBasedExpenseLineDetail: { ...detail, AccountRef: named(account) },
      };
    });
    if (total < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    const { DocNumber, PrivateNote, EntityRef, PaymentMethodRef } = input;
    return {
      body: {
        AccountRef: named(paidFrom),
        PaymentType: input['PaymentType'],
        Credit: input['Credit'] === true,
        TotalAmt: fromMinor(total),
        TxnDate: transactionDate(context, input, current),
        ...currency.members,
        Line: lines,
        ...(DocNumber ? { DocNumber } : {}),
        ...(PrivateNote ? { PrivateNote } : {}),
        ...(EntityRef ? { EntityRef } : {}),
        ...(PaymentMethodRef ? { PaymentMethodRef } : {}),
      },
    };
  },
  settle(context, entity) {
    const rate = entity['ExchangeRate'] ?? 1;
    const sign = entity['Credit'] === true ? -1 : 1;
    const total = toMinor(entity['TotalAmt']) * sign;
    const postings: Posting[] = [{ account: refId(entity['AccountRef'])!, amount: -total, home: -toHome(total, rate) }];
    for (const line of entity['Line'] as Line[]) {
      const amount = toMinor(line.Amount) * sign;
      postings.push({
        account: refId((line['AccountBasedExpenseLineDetail'] as Draft)['AccountRef'])!,
        amount,
        home: toHome(amount, rate),
      });
    }
    context.ledger.post({
      id: `Purchase:${entity.Id}`,
      type: 'Purchase',
      txnId: entity.Id,
      date: String(entity['TxnDate']),
      number: (entity['DocNumber'] as string | undefined) ?? null,
      currency: refId(entity['CurrencyRef'])!,
      who: (entity['EntityRef'] as { name?: string } | undefined)?.name ?? null,
      memo: (entity['PrivateNote'] as string | undefined) ?? null,
      postings: balanced(postings),
    });
  },
  voided: (entity) => ({
    ...entity,
    TotalAmt: 0,
    PrivateNote: voidedNote(entity['PrivateNote']),
    Line: (entity['Line'] as Line[]).map((line) => ({ ...line, Amount: 0 })),
  }),
};

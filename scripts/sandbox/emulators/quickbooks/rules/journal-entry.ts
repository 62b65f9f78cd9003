import type { Draft, Entity, Line } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { fromMinor, toHome, toMinor } from '../money.ts';
import { accountIn, amountOf, currencyOf, homeCurrency, named, refuseLost, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { documentNumber } from './document-number.ts';
import { dimensions, entryOf } from './entry.ts';
import { refreshCustomer } from './settlement.ts';
import { classOf, departmentOf } from './tracking.ts';

const DETAIL_MEMBERS = ['PostingType', 'AccountRef', 'Entity', 'ClassRef', 'DepartmentRef'];
const PARTIES = ['Customer', 'Vendor', 'Employee'] as const;
type Currency = ReturnType<typeof currencyOf>;

/** A journal entry: debits and credits that balance. A line on receivables names its customer and changes what it owes. */
export const journalEntry: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (!Array.isArray(input['Line']) || input['Line'].length === 0) throw faults.missing('Line');
    const currency = currencyOf(context, input, refId(input['CurrencyRef']) ?? homeCurrency(context), current);
    const lines = (input['Line'] as Line[]).map((line, index) => journalLine(context, line, index, currency, current));
    if (lines.reduce((sum, { signed }) => sum + signed, 0) !== 0)
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
        Line: lines.map(({ line }) => line),
        TxnTaxDetail: {},
      },
    };
  },
  settle(context, entity) {
    const before = debtors(context, entity.Id);
    const rate = entity['ExchangeRate'] ?? 1;
    const postings: Posting[] = (entity['Line'] as Line[]).map((line) => {
      const detail = line['JournalEntryLineDetail'] as Draft;
      const amount = toMinor(line.Amount) * (detail['PostingType'] === 'Debit' ? 1 : -1);
      const account = refId(detail['AccountRef'])!;
      const party = detail['Entity'] as Draft | undefined;
      const customer = party?.['Type'] === 'Customer' ? refId(party['EntityRef']) : undefined;
      const isReceivable = context.books.get('Account', account)?.['AccountType'] === 'Accounts Receivable';
      return {
        account,
        amount,
        home: toHome(amount, rate),
        ...(isReceivable ? { customer: customer! } : {}),
        dimensions: dimensions({ customer, class: detail['ClassRef'], department: detail['DepartmentRef'] }),
      };
    });
    context.ledger.post(entryOf('JournalEntry', entity, balanced(postings)));
    for (const id of new Set([...before, ...debtors(context, entity.Id)])) refreshCustomer(context, id);
  },
  release(context, entity) {
    const before = debtors(context, entity.Id);
    context.ledger.remove(`JournalEntry:${entity.Id}`);
    for (const id of before) refreshCustomer(context, id);
  },
};

/** Customers whose debt the entry changes. */
const debtors = (context: RuleContext, id: string): Set<string> =>
  new Set(context.ledger.entry(`JournalEntry:${id}`)?.postings.flatMap(({ customer }) => (customer === undefined ? [] : [customer])));

function journalLine(
  context: RuleContext,
  line: Line,
  index: number,
  currency: Currency,
  current: Entity | undefined,
): { line: Line; signed: number } {
  if (line.DetailType !== 'JournalEntryLineDetail') throw faults.missing('Line.DetailType');
  const detail = (line['JournalEntryLineDetail'] ?? {}) as Draft;
  refuseLost(detail, DETAIL_MEMBERS, 'journal line');
  const side = detail['PostingType'];
  if (side !== 'Debit' && side !== 'Credit')
    throw new QuickbooksFault('2260', 'MissingPostingType', 'A posting type is required. Valid values are Credit or Debit.', {
      element: 'PostingType',
    });
  const account = accountIn(context, detail['AccountRef'], 'AccountRef');
  const kept = refId(account['CurrencyRef']);
  if (kept !== homeCurrency(context) && kept !== currency.code)
    throw faults.business('You can only use one foreign currency per transaction.');
  const amount = amountOf(line.Amount, 'Line.Amount');
  if (amount < 0)
    throw new QuickbooksFault('2290', 'NegativeAmount', 'Negative amounts are not supported on transaction lines.', {
      element: 'Line.Amount',
    });
  const party = partyOf(context, detail['Entity'] as Draft | undefined);
  checkParty(account, party, currency.code);
  const ofClass = classOf(context, detail['ClassRef'], 'line under either setting', current);
  const department = departmentOf(context, detail['DepartmentRef'], current);
  return {
    signed: side === 'Debit' ? amount : -amount,
    line: {
      Id: String(index),
      ...(line.Description ? { Description: line.Description } : {}),
      Amount: fromMinor(amount),
      DetailType: line.DetailType,
      JournalEntryLineDetail: {
        PostingType: side,
        ...(party ? { Entity: { Type: party.type, EntityRef: named(party.entity) } } : {}),
        AccountRef: named(account),
        ...(ofClass ? { ClassRef: ofClass } : {}),
        ...(department ? { DepartmentRef: department } : {}),
      },
    },
  };
}

function partyOf(context: RuleContext, given: Draft | undefined): { type: (typeof PARTIES)[number]; entity: Entity } | undefined {
  const reference = given?.['EntityRef'];
  if (refId(reference) === undefined) return undefined;
  const type = PARTIES.find((each) => each === (given!['Type'] ?? 'Customer'));
  if (!type) throw faults.invalidEnumeration('Entity.Type', String(given!['Type']));
  return { type, entity: resolve(context, type, reference, 'Entity')! };
}

/** Documented: "When you use Accounts Receivable, you must choose a customer in the Name field"; payables likewise, but vendors' balances are not modelled. */
function checkParty(account: Entity, party: ReturnType<typeof partyOf>, currency: string): void {
  if (account['AccountType'] === 'Accounts Payable') throw faults.unsupported('journal entry on a payable account');
  if (account['AccountType'] !== 'Accounts Receivable') return;
  if (party?.type !== 'Customer') throw faults.business('When you use Accounts Receivable, you must choose a customer in the Name field.');
  if (refId(party.entity['CurrencyRef']) !== currency || refId(account['CurrencyRef']) !== currency)
    throw faults.business('The accounts receivable account must have the same currency as the transaction.');
}

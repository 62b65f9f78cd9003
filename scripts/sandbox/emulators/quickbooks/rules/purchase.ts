import type { Draft, Entity, Line, NameEntity } from '../entities.ts';
import { NAME_ENTITIES, refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { fromMinor, multiply, toHome, toMinor } from '../money.ts';
import { accountIn, amountOf, checkFine, currencyOf, homeCurrency, named, refuseLost, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { documentNumber } from './document-number.ts';
import { dimensions, entryOf } from './entry.ts';
import { classOf, departmentOf } from './tracking.ts';
import { isVoided, voidedNote } from './voiding.ts';

/** Documented for checks and cards; cash comes from any account money is kept in (assumed). */
const PAID_FROM: Record<string, string[]> = {
  Check: ['Bank'],
  CreditCard: ['Credit Card'],
  Cash: ['Bank', 'Other Current Asset', 'Credit Card'],
};
const ACCOUNT_LINE = 'AccountBasedExpenseLineDetail';
const ITEM_LINE = 'ItemBasedExpenseLineDetail';
const DETAIL_MEMBERS = ['AccountRef', 'ItemRef', 'Qty', 'UnitPrice', 'CustomerRef', 'ClassRef', 'BillableStatus', 'TaxCodeRef'];

/** An expense paid from a bank or card account; `Credit`, for cards only, turns it round. */
export const purchase: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
    const type = String(input['PaymentType'] ?? '');
    if (!PAID_FROM[type]) throw faults.missing('PaymentType');
    const isCredit = input['Credit'] === true || input['Credit'] === 'true';
    if (isCredit && type !== 'CreditCard') throw faults.business('Credit is valid only for CreditCard transactions.');
    const paidFrom = accountIn(context, input['AccountRef'], 'AccountRef');
    if (!PAID_FROM[type].includes(String(paidFrom['AccountType'])))
      throw faults.business(`Select a ${PAID_FROM[type].join(' or ').toLowerCase()} account for this transaction.`);
    if (!Array.isArray(input['Line']) || input['Line'].length === 0) throw faults.missing('Line');
    const owner = refId(paidFrom['CurrencyRef'])!;
    const currency = currencyOf(context, { ...input, CurrencyRef: input['CurrencyRef'] ?? paidFrom['CurrencyRef'] }, owner, current);
    const lines = (input['Line'] as Line[]).map((line, index) => expenseLine(context, line, index, currency.code, current));
    const total = lines.reduce((sum, line) => sum + toMinor(line.Amount), 0);
    if (total < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    const method = resolve(context, 'PaymentMethod', input['PaymentMethodRef'], 'PaymentMethodRef', current !== undefined);
    const department = departmentOf(context, input['DepartmentRef'], current);
    const party = partyOf(context, input['EntityRef']);
    // Expenses have a preference of their own for numbers; this company's lets custom ones be given.
    const number = input['DocNumber'] === undefined ? undefined : documentNumber(context, 'Purchase', input, current);
    return {
      body: {
        AccountRef: named(paidFrom),
        ...(method ? { PaymentMethodRef: named(method) } : {}),
        PaymentType: type,
        ...(party ? { EntityRef: party } : {}),
        Credit: isCredit,
        TotalAmt: fromMinor(total),
        ...(number ? { DocNumber: number } : {}),
        TxnDate: transactionDate(context, input, current),
        ...(department ? { DepartmentRef: department } : {}),
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
        Line: lines,
      },
    };
  },
  settle(context, entity) {
    const rate = entity['ExchangeRate'] ?? 1;
    const sign = entity['Credit'] === true ? -1 : 1;
    const posting = (account: string, amount: number) => ({ account, amount, home: toHome(amount, rate) });
    const postings: Posting[] = [posting(refId(entity['AccountRef'])!, -sign * toMinor(entity['TotalAmt']))];
    for (const line of entity['Line'] as Line[]) {
      const detail = line[String(line.DetailType)] as Draft;
      const item = line.DetailType === ITEM_LINE ? context.books.get('Item', refId(detail['ItemRef'])!) : undefined;
      postings.push({
        ...posting(refId((item ? item['ExpenseAccountRef'] : detail['AccountRef']) as Draft)!, sign * toMinor(line.Amount)),
        dimensions: dimensions({ customer: detail['CustomerRef'], class: detail['ClassRef'] }),
      });
    }
    context.ledger.post(entryOf('Purchase', entity, balanced(postings)));
  },
  voided: (entity) => ({
    ...entity,
    TotalAmt: 0,
    PrivateNote: voidedNote(entity['PrivateNote']),
    Line: (entity['Line'] as Line[]).map((line) => ({ ...line, Amount: 0 })),
  }),
};

function expenseLine(context: RuleContext, line: Line, index: number, currency: string, current: Entity | undefined): Line {
  const { DetailType } = line;
  if (DetailType !== ACCOUNT_LINE && DetailType !== ITEM_LINE) throw faults.unsupported(`expense line of DetailType ${String(DetailType)}`);
  const detail = (line[DetailType] ?? {}) as Draft;
  refuseLost(detail, DETAIL_MEMBERS, 'expense line');
  if (detail['BillableStatus'] !== undefined && detail['BillableStatus'] !== 'NotBillable') throw faults.unsupported('billable expense');
  if (detail['TaxCodeRef'] !== undefined && refId(detail['TaxCodeRef']) !== 'NON') throw faults.unsupported('taxed expense');
  const amount = amountOf(line.Amount, 'Line.Amount');
  const customer = resolve(context, 'Customer', detail['CustomerRef'], 'CustomerRef');
  const ofClass = classOf(context, detail['ClassRef'], 'line under either setting', current);
  return {
    Id: String(index + 1),
    LineNum: index + 1,
    ...(line.Description ? { Description: line.Description } : {}),
    Amount: fromMinor(amount),
    DetailType,
    [DetailType]: {
      ...(customer ? { CustomerRef: named(customer) } : {}),
      ...(ofClass ? { ClassRef: ofClass } : {}),
      ...(DetailType === ITEM_LINE ? itemPart(context, detail, amount, line) : { AccountRef: accountPart(context, detail, currency) }),
      BillableStatus: 'NotBillable',
      TaxCodeRef: { value: 'NON' },
    },
  };
}

function accountPart(context: RuleContext, detail: Draft, currency: string) {
  const account = accountIn(context, detail['AccountRef'], 'AccountRef');
  if (['Accounts Receivable', 'Accounts Payable'].includes(String(account['AccountType'])))
    throw faults.unsupported('expense line on a receivable or payable account');
  const kept = refId(account['CurrencyRef']);
  if (kept !== homeCurrency(context) && kept !== currency) throw faults.business('You can only use one foreign currency per transaction.');
  return named(account);
}

function itemPart(context: RuleContext, detail: Draft, amount: number, line: Line): Draft {
  const item = resolve(context, 'Item', detail['ItemRef'], 'ItemRef');
  if (!item) throw faults.missing('ItemRef');
  if (refId(item['ExpenseAccountRef']) === undefined) throw faults.business(`The item ${String(item['Name'])} has no expense account.`);
  const { Qty, UnitPrice } = detail;
  checkFine(Qty, 'Line.ItemBasedExpenseLineDetail.Qty');
  checkFine(UnitPrice, 'Line.ItemBasedExpenseLineDetail.UnitPrice');
  if (Qty !== undefined && UnitPrice !== undefined && multiply(Qty, UnitPrice) !== amount) throw faults.amountMismatch(line.Amount);
  return {
    ItemRef: named(item),
    ...(UnitPrice === undefined ? {} : { UnitPrice: Number(UnitPrice) }),
    ...(Qty === undefined ? {} : { Qty: Number(Qty) }),
  };
}

/** Whom the expense was paid to: a customer, vendor or employee, told apart by `type` (documented). */
function partyOf(context: RuleContext, reference: unknown): Draft | undefined {
  if (refId(reference) === undefined) return undefined;
  const type = String((reference as Draft)['type'] ?? 'Vendor');
  const entity = NAME_ENTITIES.find((each): each is NameEntity => each.toLowerCase() === type.toLowerCase());
  if (!entity) throw faults.invalidEnumeration('EntityRef.type', type);
  return { ...named(resolve(context, entity, reference, 'EntityRef', true)!), type: entity };
}

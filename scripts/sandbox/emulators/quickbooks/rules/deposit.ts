import type { Draft, Entity, Line, LinkedTxn, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import type { DepositLink } from '../ledger/deposit-links.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { fromMinor, toHome, toMinor } from '../money.ts';
import { accountIn, amountOf, currencyOf, homeCurrency, named, refuseLost, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { dimensions, entryOf } from './entry.ts';
import { classOf, departmentOf } from './tracking.ts';

const LINKABLE: TransactionName[] = ['Payment', 'SalesReceipt', 'RefundReceipt'];

/** Moves payments out of Undeposited Funds into a bank account; further lines name their own account, fees negative. */
export const deposit: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (refId(input['DepositToAccountRef']) === undefined) throw faults.missing('DepositToAccountRef');
    const bank = resolve(context, 'Account', input['DepositToAccountRef'], 'DepositToAccountRef')!;
    const currency = currencyOf(context, input, refId(bank['CurrencyRef']) ?? homeCurrency(context), current);
    const date = transactionDate(context, input, current);
    if (!Array.isArray(input['Line']) || input['Line'].length === 0) throw faults.missing('Line');
    let lineIds = current ? (context.books.row('Deposit', current.Id)?.lineIds ?? 0) : 0;
    const lines = (input['Line'] as Line[]).map((line) => {
      const link = line.LinkedTxn?.[0];
      return link
        ? linkedLine(context, line, link, currency.code, current?.Id)
        : { Id: String(++lineIds), LineNum: lineIds, ...accountLine(context, line, currency.code, current) };
    });
    const department = departmentOf(context, input['DepartmentRef'], current);
    const total = lines.reduce((sum, line) => sum + toMinor(line['Amount']), 0);
    if (total < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    return {
      lineIds,
      body: {
        DepositToAccountRef: named(bank),
        TotalAmt: fromMinor(total),
        TxnDate: date,
        ...(department ? { DepartmentRef: department } : {}),
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
        Line: lines,
      },
    };
  },
  settle(context, entity) {
    const id = entity.Id;
    const rate = entity['ExchangeRate'] ?? 1;
    const linked: LinkedTxn[] = [];
    const postings: Posting[] = [
      {
        account: refId(entity['DepositToAccountRef'])!,
        amount: toMinor(entity['TotalAmt']),
        home: toHome(toMinor(entity['TotalAmt']), rate),
      },
    ];
    for (const line of entity['Line'] as Line[]) {
      const link = line.LinkedTxn?.[0];
      const amount = toMinor(line.Amount);
      if (link) linked.push(link);
      const detail = line['DepositLineDetail'] as Draft | undefined;
      // What was received keeps the rate of its own day; the difference is realised here.
      postings.push(
        link
          ? { account: context.accounts.undepositedFunds().Id, amount: -amount, home: -toHome(amount, rateOf(context, link)) }
          : {
              account: refId(detail?.['AccountRef'])!,
              amount: -amount,
              home: -toHome(amount, rate),
              dimensions: dimensions({ customer: detail?.['Entity'], class: detail?.['ClassRef'] }),
            },
      );
    }
    if (linked.length > 0) {
      const difference = postings.reduce((sum, posting) => sum + posting.home, 0);
      if (difference !== 0 && rate !== 1)
        postings.push({ account: context.accounts.exchangeGainOrLoss().Id, amount: 0, home: -difference });
    }
    context.ledger.post(entryOf('Deposit', entity, balanced(postings)));
    mark(context, id, linked);
  },
  release: (context, entity) => mark(context, entity.Id, []),
};

/** Recorded: a deposit links itself to its payments and moves neither their token nor their time. */
function mark(context: RuleContext, depositId: string, linked: LinkedTxn[]): void {
  const links = linked.map(({ TxnType, TxnId }) => ({ type: TxnType as TransactionName, txnId: TxnId }));
  const { gone, added } = context.depositLinks.replace(depositId, links);
  const amend = ({ type, txnId }: DepositLink, change: (links: LinkedTxn[]) => LinkedTxn[]) => {
    const body = context.books.get(type, txnId);
    if (body) context.books.amend(type, txnId, { ...body, LinkedTxn: change((body['LinkedTxn'] ?? []) as LinkedTxn[]) });
  };
  for (const row of gone) amend(row, (was) => was.filter((link) => link.TxnType !== 'Deposit'));
  for (const row of added) amend(row, (was) => [...was, { TxnId: depositId, TxnType: 'Deposit' }]);
}

const rateOf = (context: RuleContext, link: LinkedTxn): unknown =>
  context.books.get(link.TxnType as TransactionName, link.TxnId)?.['ExchangeRate'] ?? 1;

function linkedLine(context: RuleContext, line: Line, link: LinkedTxn, currency: string, own: string | undefined): Line {
  // Known: a DetailType on a linked line is refused (ej2/python-quickbooks#329).
  if (line.DetailType) throw faults.missing('DepositLineDetail');
  if (!LINKABLE.includes(link.TxnType as TransactionName)) throw faults.unsupported(`deposit of ${link.TxnType}`);
  if (link.TxnLineId === undefined) throw faults.missing('TxnLineId');
  const target: Entity | undefined = context.books.get(link.TxnType as TransactionName, String(link.TxnId));
  if (!target) throw faults.notFound();
  if (refId(target['CurrencyRef']) !== currency) throw faults.business('You can only use one foreign currency per transaction.');
  if (((target['LinkedTxn'] ?? []) as LinkedTxn[]).some((each) => each.TxnType === 'Deposit' && each.TxnId !== own))
    throw faults.cannotBeLinked(String(link.TxnId));
  if (refId(target['DepositToAccountRef']) !== context.accounts.undepositedFunds().Id) throw faults.cannotBeLinked(String(link.TxnId));
  const sign = link.TxnType === 'RefundReceipt' ? -1 : 1;
  if (amountOf(line.Amount, 'Line.Amount') !== sign * toMinor(target['TotalAmt']))
    throw faults.business('The amount of a deposited transaction must be its total.');
  return { Amount: line.Amount!, LinkedTxn: [{ TxnId: String(link.TxnId), TxnType: link.TxnType, TxnLineId: String(link.TxnLineId) }] };
}

const DETAIL_MEMBERS = ['AccountRef', 'ClassRef', 'Entity', 'PaymentMethodRef', 'CheckNum'];

function accountLine(context: RuleContext, line: Line, currency: string, current: Entity | undefined): Line {
  if (line.DetailType !== 'DepositLineDetail') throw faults.missing('Line.DetailType');
  const detail = (line['DepositLineDetail'] ?? {}) as Draft;
  refuseLost(detail, DETAIL_MEMBERS, 'deposit line');
  const account = accountIn(context, detail['AccountRef'], 'AccountRef');
  if (['Accounts Receivable', 'Accounts Payable'].includes(String(account['AccountType'])))
    throw faults.unsupported('deposit line on a receivable or payable account');
  const kept = refId(account['CurrencyRef']);
  if (kept !== homeCurrency(context) && kept !== currency) throw faults.business('You can only use one foreign currency per transaction.');
  const customer = resolve(context, 'Customer', detail['Entity'], 'Entity');
  const method = resolve(context, 'PaymentMethod', detail['PaymentMethodRef'], 'PaymentMethodRef', current !== undefined);
  const ofClass = classOf(context, detail['ClassRef'], 'line under either setting', current);
  return {
    ...(line.Description ? { Description: line.Description } : {}),
    Amount: fromMinor(amountOf(line.Amount, 'Line.Amount')),
    DetailType: 'DepositLineDetail',
    DepositLineDetail: {
      ...(customer ? { Entity: { ...named(customer), type: 'CUSTOMER' } } : {}),
      ...(ofClass ? { ClassRef: ofClass } : {}),
      AccountRef: named(account),
      ...(method ? { PaymentMethodRef: named(method) } : {}),
      ...(detail['CheckNum'] ? { CheckNum: detail['CheckNum'] } : {}),
    },
  };
}

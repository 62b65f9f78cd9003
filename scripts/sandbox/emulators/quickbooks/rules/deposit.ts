import type { Draft, Entity, Line, LinkedTxn, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { fromMinor, toHome, toMinor } from '../money.ts';
import { amountOf, currencyOf, homeCurrency, named, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';

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
        ? linkedLine(context, line, link, current?.Id)
        : { Id: String(++lineIds), LineNum: lineIds, ...accountLine(context, line) };
    });
    const total = lines.reduce((sum, line) => sum + toMinor(line['Amount']), 0);
    if (total < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    return {
      lineIds,
      body: {
        DepositToAccountRef: named(bank),
        TotalAmt: fromMinor(total),
        TxnDate: date,
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
        Line: lines,
      },
    };
  },
  settle(context, entity) {
    const id = entity.Id;
    const rate = entity['ExchangeRate'] ?? 1;
    const linked = new Set<string>();
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
      if (link) linked.add(`${link.TxnType}:${link.TxnId}`);
      const account = link ? context.accounts.undepositedFunds().Id : refId((line['DepositLineDetail'] as Draft)['AccountRef'])!;
      postings.push({ account, amount: -amount, home: -toHome(amount, rate) });
    }
    context.ledger.post({
      id: `Deposit:${id}`,
      type: 'Deposit',
      txnId: id,
      date: String(entity['TxnDate']),
      number: null,
      currency: refId(entity['CurrencyRef'])!,
      who: null,
      memo: (entity['PrivateNote'] as string | undefined) ?? null,
      postings: balanced(postings),
    });
    mark(context, id, linked);
  },
  release: (context, entity) => mark(context, entity.Id, new Set()),
};

/** Recorded: a deposit links itself to its payments and moves neither their token nor their time. */
function mark(context: RuleContext, depositId: string, linked: Set<string>): void {
  for (const type of LINKABLE) {
    const touched = new Set([...linked].filter((key) => key.startsWith(`${type}:`)).map((key) => key.slice(type.length + 1)));
    const before = context.books
      .rows(type)
      .where({})
      .filter((row) =>
        ((row.body['LinkedTxn'] ?? []) as LinkedTxn[]).some((link) => link.TxnType === 'Deposit' && link.TxnId === depositId),
      );
    for (const row of before) {
      if (touched.delete(row.id)) continue;
      const rest = (row.body['LinkedTxn'] as LinkedTxn[]).filter((link) => link.TxnType !== 'Deposit');
      context.books.amend(type, row.id, { ...row.body, LinkedTxn: rest });
    }
    for (const id of touched) {
      const body = context.books.get(type, id)!;
      context.books.amend(type, id, {
        ...body,
        LinkedTxn: [...((body['LinkedTxn'] ?? []) as LinkedTxn[]), { TxnId: depositId, TxnType: 'Deposit' }],
      });
    }
  }
}

function linkedLine(context: RuleContext, line: Line, link: LinkedTxn, own: string | undefined): Line {
  // Known: a DetailType on a linked line is refused (ej2/python-quickbooks#329).
  if (line.DetailType) throw faults.missing('DepositLineDetail');
  if (!LINKABLE.includes(link.TxnType as TransactionName)) throw faults.unsupported(`deposit of ${link.TxnType}`);
  if (link.TxnLineId === undefined) throw faults.missing('TxnLineId');
  const target: Entity | undefined = context.books.get(link.TxnType as TransactionName, String(link.TxnId));
  if (!target) throw faults.notFound();
  if (refId(target['CurrencyRef']) !== homeCurrency(context)) throw faults.unsupported('deposit of a foreign payment');
  if (((target['LinkedTxn'] ?? []) as LinkedTxn[]).some((each) => each.TxnType === 'Deposit' && each.TxnId !== own))
    throw faults.cannotBeLinked(String(link.TxnId));
  if (refId(target['DepositToAccountRef']) !== context.accounts.undepositedFunds().Id) throw faults.cannotBeLinked(String(link.TxnId));
  const sign = link.TxnType === 'RefundReceipt' ? -1 : 1;
  if (amountOf(line.Amount, 'Line.Amount') !== sign * toMinor(target['TotalAmt']))
    throw faults.business('The amount of a deposited transaction must be its total.');
  return { Amount: line.Amount!, LinkedTxn: [{ TxnId: String(link.TxnId), TxnType: link.TxnType, TxnLineId: String(link.TxnLineId) }] };
}

function accountLine(context: RuleContext, line: Line): Line {
  if (line.DetailType !== 'DepositLineDetail') throw faults.missing('Line.DetailType');
  const detail = (line['DepositLineDetail'] ?? {}) as Draft;
  const account = resolve(context, 'Account', detail['AccountRef'], 'AccountRef');
  if (!account) throw faults.missing('AccountRef');
  if (account['AccountType'] === 'Accounts Receivable') throw faults.unsupported('deposit line on a receivable account');
  const amount = amountOf(line.Amount, 'Line.Amount');
  return {
    ...(line.Description ? { Description: line.Description } : {}),
    Amount: fromMinor(amount),
    DetailType: 'DepositLineDetail',
    DepositLineDetail: { ...detail, AccountRef: named(account) },
  };
}

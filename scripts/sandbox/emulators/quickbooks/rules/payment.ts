import type { Draft, Entity, Line, LinkedTxn } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import type { Application } from '../ledger/applications.ts';
import { fromMinor, toMinor } from '../money.ts';
import { amountOf, currencyOf, homeCurrency, named, resolve, transactionDate } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { postPayment } from './payment-postings.ts';
import { isVoided, voidedNote } from './voiding.ts';
import { applied, homeShare, refreshCustomer, refreshTarget } from './settlement.ts';

/** Where a payment may be kept: bank or other current asset, in its own currency or the home currency. */
export function depositAccount(context: RuleContext, reference: unknown, currency: string): { reference: Draft; id: string } {
  if (refId(reference) === undefined) {
    // Recorded: the default comes back without a name.
    const id = context.accounts.undepositedFunds().Id;
    return { id, reference: { value: id } };
  }
  const account = resolve(context, 'Account', reference, 'DepositToAccountRef')!;
  if (account['AccountType'] !== 'Bank' && account['AccountType'] !== 'Other Current Asset')
    throw faults.business('Select a bank or other current asset account for this transaction.');
  const kept = refId(account['CurrencyRef']);
  if (kept !== currency && kept !== homeCurrency(context)) throw faults.business('You can only use one foreign currency per transaction.');
  return { id: account.Id, reference: named(account) };
}

interface Link {
  type: 'Invoice' | 'CreditMemo';
  id: string;
  amount: number;
}

function linksOf(context: RuleContext, input: Draft, customer: Entity, currency: string, own: string | undefined): Link[] {
  const links: Link[] = [];
  for (const line of (input['Line'] ?? []) as Line[]) {
    const amount = amountOf(line.Amount, 'Line.Amount');
    if (amount < 0) throw faults.business('The amount applied must be 0 or greater.');
    for (const link of line.LinkedTxn ?? []) {
      if (link.TxnType !== 'Invoice' && link.TxnType !== 'CreditMemo') throw faults.unsupported(`payment linked to ${link.TxnType}`);
      const target = context.books.get(link.TxnType, String(link.TxnId));
      if (!target) throw faults.notFound();
      if (links.some((other) => other.id === target.Id && other.type === link.TxnType))
        throw faults.unsupported('payment with two lines for one transaction');
      if (refId(target['CustomerRef']) !== customer.Id || isVoided(target)) throw faults.cannotBeLinked(String(link.TxnId));
      if (refId(target['CurrencyRef']) !== currency) throw faults.business('You can only use one foreign currency per transaction.');
      const open = toMinor(target['TotalAmt']) - applied(context, link.TxnType, target.Id, own);
      if (amount > open) throw faults.business('The amount applied is greater than the open balance of the linked transaction.');
      links.push({ type: link.TxnType, id: target.Id, amount });
    }
  }
  return links;
}

/** The line as returned: with what the linked document is, in JAXB's odd form (recorded). */
function paymentLine(context: RuleContext, { type, id, amount }: Link, own: string | undefined): Draft {
  const target = context.books.get(type, id)!;
  const open = toMinor(target['TotalAmt']) - applied(context, type, id, own);
  const pair = (Name: string, Value: string) => ({
    name: '{http://schema.intuit.com/finance/v3}NameValue',
    declaredType: 'com.intuit.schema.finance.v3.NameValue',
    scope: 'javax.xml.bind.JAXBElement$GlobalScope',
    value: { Name, Value },
    nil: false,
    globalScope: true,
    typeSubstituted: false,
  });
  const number = target['DocNumber'] as string | undefined;
  return {
    Amount: fromMinor(amount),
    LinkedTxn: [{ TxnId: id, TxnType: type }],
    LineEx: {
      any: [pair('txnId', id), pair('txnOpenBalance', fromMinor(open).toFixed(2)), ...(number ? [pair('txnReferenceNumber', number)] : [])],
    },
  };
}

export const payment: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
    if (refId(input['CustomerRef']) === undefined) throw faults.missing('CustomerRef');
    const customer = resolve(context, 'Customer', input['CustomerRef'], 'CustomerRef', current !== undefined)!;
    const total = amountOf(input['TotalAmt'], 'TotalAmt');
    if (total < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    const currency = currencyOf(context, input, refId(customer['CurrencyRef'])!, current);
    const receivable = resolve(context, 'Account', input['ARAccountRef'], 'ARAccountRef');
    if (receivable && (receivable['AccountType'] !== 'Accounts Receivable' || refId(receivable['CurrencyRef']) !== currency.code)) {
      throw faults.business('The accounts receivable account must have the same currency as the transaction.');
    }
    const date = transactionDate(context, input, current);
    const deposit = depositAccount(context, input['DepositToAccountRef'], currency.code);
    if (current) refuseDeposited(current, total, deposit.id);
    const links = linksOf(context, input, customer, currency.code, current?.Id);
    const used = links.reduce((sum, link) => sum + (link.type === 'Invoice' ? link.amount : -link.amount), 0);
    if (used > total) throw faults.business('The amounts applied are greater than the payment.');
    const method = resolve(context, 'PaymentMethod', input['PaymentMethodRef'], 'PaymentMethodRef');
    return {
      body: {
        CustomerRef: named(customer),
        DepositToAccountRef: deposit.reference,
        ...(method ? { PaymentMethodRef: named(method) } : {}),
        ...(input['PaymentRefNum'] ? { PaymentRefNum: input['PaymentRefNum'] } : {}),
        TotalAmt: fromMinor(total),
        UnappliedAmt: fromMinor(total - used),
        ProcessPayment: false,
        TxnDate: date,
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
        ...(receivable ? { ARAccountRef: named(receivable) } : {}),
        LinkedTxn: current?.['LinkedTxn'] ?? [],
        Line: links.map((link) => paymentLine(context, link, current?.Id)),
      },
    };
  },
  settle(context, entity) {
    const before = context.applications.ofPayment(entity.Id);
    const after = (entity['Line'] as Line[]).flatMap((line) =>
      (line.LinkedTxn ?? []).map((link) => applicationOf(context, entity.Id, link, toMinor(line.Amount))),
    );
    context.applications.replace(entity.Id, after);
    postPayment(context, entity);
    const touched = new Map([...before, ...after].map((row) => [row.target, row]));
    for (const row of touched.values()) {
      const was = before.find((each) => each.target === row.target);
      const is = after.find((each) => each.target === row.target);
      if (was?.amount !== is?.amount) refreshTarget(context, row.targetType as 'Invoice' | 'CreditMemo', row.targetId);
    }
    refreshCustomer(context, refId(entity['CustomerRef'])!);
  },
  release(context, entity) {
    refuseDeposited(entity, Number.NaN, '');
    const rows = context.applications.ofPayment(entity.Id);
    context.applications.replace(entity.Id, []);
    context.ledger.remove(`Payment:${entity.Id}`);
    for (const row of rows) refreshTarget(context, row.targetType as 'Invoice' | 'CreditMemo', row.targetId);
    refreshCustomer(context, refId(entity['CustomerRef'])!);
  },
  voided: (entity) => ({
    ...entity,
    PrivateNote: voidedNote(entity['PrivateNote']),
    TotalAmt: 0,
    UnappliedAmt: 0,
    Line: [],
    LinkedTxn: [],
  }),
};

function applicationOf(context: RuleContext, paymentId: string, link: LinkedTxn, amount: number): Application {
  const targetType = link.TxnType as 'Invoice' | 'CreditMemo';
  const target = context.books.get(targetType, link.TxnId)!;
  const home = homeShare(context, targetType, target, amount, paymentId);
  return {
    id: `${paymentId}:${targetType}:${link.TxnId}`,
    payment: paymentId,
    target: `${targetType}:${link.TxnId}`,
    targetType,
    targetId: link.TxnId,
    amount,
    home,
  };
}

/** 6540: a deposited payment keeps its amount and account, and is neither voided nor deleted. */
function refuseDeposited(current: Entity, total: number, account: string): void {
  const isDeposited = ((current['LinkedTxn'] ?? []) as LinkedTxn[]).some((link) => link.TxnType === 'Deposit');
  if (isDeposited && (toMinor(current['TotalAmt']) !== total || refId(current['DepositToAccountRef']) !== account))
    throw faults.deposited();
}

import { type Row, type Simulation, books } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { type Held, entryMarkOf, heldInvoices, isVoided, minor, unbookedIsTold } from './look.ts';
import { movedMoney } from './stripe-rows.ts';
import { HUNDREDTHS, add, compare, hundredths, postedTo } from './sums.ts';

const currencyOf = (document: Row): string => String((document['CurrencyRef'] as Row | undefined)?.['value'] ?? 'USD');
const refOf = (document: Row, name: string): string => String((document[name] as Row | undefined)?.['value'] ?? '');

export const trialBalance: Invariant = {
  name: 'the trial balance is zero',
  check({ quickbooks }) {
    const sum = quickbooks.ledger.trialBalance().reduce((all, { home }) => all + home, 0);
    return sum === 0 ? [] : [`it is ${sum}`];
  },
};

/** What customers owe is what is open on the invoices; only what somebody is told about may differ, by exactly its own documents. */
export const receivables: Invariant = {
  name: 'receivables are the open invoices',
  check(simulation) {
    const expected = new Map<string, number>();
    const ours = new Map<string, Held>(heldInvoices(simulation).flatMap((held) => held.ledger.map((each) => [String(each['Id']), held])));
    for (const document of books(simulation, 'Invoice')) {
      const held = ours.get(String(document['Id']));
      const currency = currencyOf(document);
      const amount =
        held && !held.listed
          ? held.invoice['Status__c'] === 'Rejected' || held.invoice['Status__c'] === 'Void'
            ? 0
            : hundredths(minor(held.invoice['Amount_Due__c'], currency), currency)
          : Math.round(Number(document['Balance']) * HUNDREDTHS);
      add(expected, `${refOf(document, 'CustomerRef')} ${currency}`, amount);
    }
    for (const payment of books(simulation, 'Payment'))
      add(
        expected,
        `${refOf(payment, 'CustomerRef')} ${currencyOf(payment)}`,
        -Math.round(Number(payment['UnappliedAmt'] ?? 0) * HUNDREDTHS),
      );
    for (const memo of books(simulation, 'CreditMemo'))
      add(
        expected,
        `${refOf(memo, 'CustomerRef')} ${currencyOf(memo)}`,
        -Math.round(Number(memo['RemainingCredit'] ?? memo['Balance'] ?? 0) * HUNDREDTHS),
      );
    for (const { customer, currency, amount } of onAccount(simulation)) add(expected, `${customer} ${currency}`, amount);
    return simulation.quickbooks.ledger.receivables().flatMap(({ customer, currency, amount }) => {
      const open = expected.get(`${customer} ${currency}`) ?? 0;
      return open === amount ? [] : [`customer ${customer} owes ${amount} ${currency} in QuickBooks, the open invoices are ${open}`];
    });
  },
};

/** What journal entries moved on a customer's account: refunds that failed are owed to it, debits that were returned are owed by it. */
function onAccount(simulation: Simulation) {
  const held = new Map(heldInvoices(simulation).flatMap((each) => each.stripe.map(({ id }) => [String(id), each])));
  const { db } = simulation.stripe;
  return movedMoney(simulation).flatMap(({ row, entries }) => {
    const dispute = db.disputes.get(row.source ?? '');
    const [part] = dispute ? db.invoicePayments.where({ payment_intent: dispute.payment_intent }) : [];
    // A returned debit is open on the invoice of Salesforce again, which counts unless somebody is told about it.
    if (part && held.get(part.invoice)?.listed === false) return [];
    return entries
      .filter(({ type }) => type === 'JournalEntry')
      .flatMap(({ type, document }) => simulation.quickbooks.ledger.entry(`${type}:${String(document['Id'])}`) ?? [])
      .flatMap(({ currency, postings }) =>
        postings.flatMap(({ customer, amount }) => (customer === undefined ? [] : [{ customer, currency, amount }])),
      );
  });
}

/** Income is what was issued and not voided, less what was credited and refunded. */
export const income: Invariant = {
  name: 'income is what was issued less what was credited',
  check(simulation) {
    const expected = new Map<string, number>();
    const ours = new Map<string, Held>(heldInvoices(simulation).flatMap((held) => held.ledger.map((each) => [String(each['Id']), held])));
    for (const document of books(simulation, 'Invoice')) {
      const held = ours.get(String(document['Id']));
      const currency = currencyOf(document);
      if (!held || held.listed) add(expected, currency, Math.round(Number(document['TotalAmt']) * HUNDREDTHS));
      else if (!['Void', 'Rejected'].includes(String(held.invoice['Status__c'])))
        add(expected, currency, hundredths(minor(held.invoice['Subtotal__c'], currency), currency));
    }
    for (const { document, amount, currency } of givenBack(simulation))
      add(expected, currency, Math.round(taxOf(document) * HUNDREDTHS) - hundredths(amount, currency));
    return compare(
      'income',
      expected,
      postedTo(simulation, (account) => account['AccountType'] === 'Income'),
      -1,
    );
  },
};

const taxOf = (document: Row): number => Number((document['TxnTaxDetail'] as Row | undefined)?.['TotalTax'] ?? 0);

/** Refund receipts and credit memos of ours, with what Stripe gave back. */
function givenBack(simulation: Simulation) {
  const { db } = simulation.stripe;
  return [...books(simulation, 'RefundReceipt'), ...books(simulation, 'CreditMemo')].flatMap((document) => {
    const mark = entryMarkOf(document) ?? '';
    if (isVoided(document)) return [];
    const note = db.creditNotes.get(mark);
    const refund = db.refunds.get(db.balanceTransactions.get(mark)?.source ?? '');
    const amount = note ? creditOf(note) : (refund?.amount ?? 0);
    return [{ document, amount, currency: currencyOf(document) }];
  });
}

/** What a credit note credits besides what it refunds, in minor units. */
export const creditOf = (note: { amount: number; refunds: readonly { amount_refunded: number }[] }): number =>
  note.amount - note.refunds.reduce((sum, each) => sum + each.amount_refunded, 0);

/** A credit note is one credit memo, used up against its invoice as far as it lowered what is due; a void one is none. */
export const credits: Invariant = {
  name: 'one credit memo per credit note',
  check(simulation) {
    const held = new Map(heldInvoices(simulation).flatMap((each) => each.stripe.map(({ id }) => [String(id), each])));
    const isTold = unbookedIsTold(simulation);
    const marked = (entity: 'CreditMemo' | 'Payment', mark: string) =>
      books(simulation, entity).filter((document) => entryMarkOf(document) === mark && !isVoided(document));
    return simulation.stripe.db.creditNotes.all().flatMap((note) => {
      const amount = creditOf(note);
      const wanted = note.status === 'issued' && amount > 0;
      const memos = marked('CreditMemo', note.id);
      const applied = marked('Payment', `${note.id}.applied`);
      if ((held.get(note.invoice)?.listed === true || isTold(note.id)) && memos.length < 2 && applied.length < 2) return [];
      const currency = note.currency.toUpperCase();
      return [
        ...(memos.length === Number(wanted) ? [] : [`${note.id} (${note.status}) is ${memos.length} credit memos in QuickBooks`]),
        ...(applied.length === Number(wanted && note.pre_payment_amount > 0) ? [] : [`${note.id} is used up ${applied.length} times`]),
        ...memos
          .filter((memo) => minor(memo['TotalAmt'], currency) !== amount)
          .map((memo) => `${note.id} is ${amount}, its credit memo ${String(memo['TotalAmt'])}`),
      ];
    });
  },
};

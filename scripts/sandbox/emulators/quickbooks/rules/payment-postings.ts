import type { Entity } from '../entities.ts';
import { refId } from '../entities.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { toHome, toMinor } from '../money.ts';
import type { RuleContext } from './context.ts';
import { entryOf } from './entry.ts';

/** Posts a payment: bank against receivables, each receivable at its invoice's rate, the difference to exchange gain or loss. */
export function postPayment(context: RuleContext, payment: Entity): void {
  const currency = refId(payment['CurrencyRef'])!;
  const rate = payment['ExchangeRate'] ?? 1;
  const customer = refId(payment['CustomerRef'])!;
  const account = context.accounts.receivable(currency).Id;
  const total = toMinor(payment['TotalAmt']);
  const unapplied = toMinor(payment['UnappliedAmt'] ?? 0);
  const postings: Posting[] = [{ account: refId(payment['DepositToAccountRef'])!, amount: total, home: toHome(total, rate) }];
  for (const row of context.applications.ofPayment(payment.Id)) {
    const sign = row.targetType === 'Invoice' ? -1 : 1;
    postings.push({ account, customer, amount: sign * row.amount, home: sign * row.home });
  }
  if (unapplied !== 0) postings.push({ account, customer, amount: -unapplied, home: -toHome(unapplied, rate) });
  const difference = postings.reduce((sum, posting) => sum + posting.home, 0);
  if (difference !== 0) postings.push({ account: context.accounts.exchangeGainOrLoss().Id, amount: 0, home: -difference });
  context.ledger.post(entryOf('Payment', payment, balanced(postings)));
}

import type { Draft, Entity, LinkedTxn, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { fromMinor, proportion, toMinor } from '../money.ts';
import type { RuleContext } from './context.ts';
import { postPayment } from './payment-postings.ts';

/** Hundredths of a target that payments have used up. */
export function applied(context: RuleContext, type: TransactionName, id: string, exceptPayment?: string): number {
  return context.applications
    .ofTarget(type, id)
    .filter((row) => row.payment !== exceptPayment)
    .reduce((sum, row) => sum + row.amount, 0);
}

/** What a target still has at its own rate, in hundredths of the home currency: what is left takes the rounding. */
export function homeShare(context: RuleContext, type: TransactionName, target: Entity, amount: number, exceptPayment: string): number {
  const total = toMinor(target['TotalAmt']);
  const others = context.applications.ofTarget(type, target.Id).filter((row) => row.payment !== exceptPayment);
  const open = total - others.reduce((sum, row) => sum + row.amount, 0);
  const openHome = homeTotal(context, type, target.Id) - others.reduce((sum, row) => sum + row.home, 0);
  return proportion(openHome, amount, open);
}

/** The home amount that the target put on its receivable account. */
function homeTotal(context: RuleContext, type: TransactionName, id: string): number {
  const postings = context.ledger.entry(`${type}:${id}`)?.postings ?? [];
  return Math.abs(postings.filter((posting) => posting.customer !== undefined).reduce((sum, posting) => sum + posting.home, 0));
}

/** Recomputes balance and links of an invoice or credit memo. A payment moves its SyncToken and time, as recorded; `quiet` does not. */
export function refreshTarget(context: RuleContext, type: 'Invoice' | 'CreditMemo', id: string, options: { quiet?: boolean } = {}): void {
  const entity = context.books.get(type, id);
  if (!entity) return;
  const rows = context.applications.ofTarget(type, id);
  const balance = toMinor(entity['TotalAmt']) - rows.reduce((sum, row) => sum + row.amount, 0);
  const foreign = (entity['LinkedTxn'] as LinkedTxn[] | undefined)?.filter((link) => link.TxnType !== 'Payment') ?? [];
  const links = [...foreign, ...rows.map((row) => ({ TxnId: row.payment, TxnType: 'Payment' }))];
  const changed: Draft = { Balance: fromMinor(balance), LinkedTxn: links };
  if (entity['HomeTotalAmt'] !== undefined)
    changed['HomeBalance'] = fromMinor(homeTotal(context, type, id) - rows.reduce((sum, row) => sum + row.home, 0));
  if (type === 'CreditMemo') changed['RemainingCredit'] = fromMinor(balance);
  if (options.quiet) {
    // Part of the document's own write: keep its token and time.
    const row = context.books.row(type, id)!;
    const same = Object.entries(changed).every(([name, value]) => JSON.stringify(row.body[name]) === JSON.stringify(value));
    if (!same) context.books.amend(type, id, { ...row.body, ...changed });
  } else {
    context.books.save(type, id, { ...entity, ...changed });
  }
  const customer = refId(entity['CustomerRef']);
  if (customer) refreshCustomer(context, customer);
}

/** A customer's balance moves its time, not its SyncToken, as recorded. */
export function refreshCustomer(context: RuleContext, id: string): void {
  const customer = context.books.get('Customer', id);
  if (!customer) return;
  const balance = fromMinor(context.ledger.receivable(id, refId(customer['CurrencyRef'])!).amount);
  if (customer['Balance'] === balance) return;
  context.books.save('Customer', id, { ...customer, Balance: balance, BalanceWithJobs: balance }, { quiet: true });
}

/** The payments of a changed invoice keep their amounts; their postings follow its new home value. */
export function resettlePayments(context: RuleContext, type: TransactionName, id: string): void {
  const rows = context.applications.ofTarget(type, id);
  if (rows.length === 0) return;
  const target = context.books.get(type, id)!;
  if (rows.reduce((sum, row) => sum + row.amount, 0) > toMinor(target['TotalAmt']))
    throw faults.business('The amount is less than what has been paid on this transaction.');
  for (const row of rows) {
    const siblings = context.applications
      .ofPayment(row.payment)
      .map((each) => (each.id === row.id ? { ...each, home: homeShare(context, type, target, each.amount, each.payment) } : each));
    context.applications.replace(row.payment, siblings);
    postPayment(context, context.books.get('Payment', row.payment)!);
  }
}

/** Before a void or delete: an invoice that a payment settles is refused, or the payment is freed, by the switch. */
export function releaseTarget(context: RuleContext, type: 'Invoice' | 'CreditMemo', entity: Entity): void {
  const rows = context.applications.ofTarget(type, entity.Id);
  if (rows.length === 0) return;
  if (context.switches.voidPaidInvoice === 'refuse')
    throw faults.business('You must unlink the payments of this transaction before it can be voided or deleted.');
  for (const { payment } of rows) {
    context.applications.replace(
      payment,
      context.applications.ofPayment(payment).filter((row) => row.targetId !== entity.Id || row.targetType !== type),
    );
    const document = context.books.get('Payment', payment)!;
    const lines = (document['Line'] as Draft[]).filter(
      (line) => !(line['LinkedTxn'] as LinkedTxn[])?.some((link) => link.TxnId === entity.Id && link.TxnType === type),
    );
    const freed = context.applications
      .ofPayment(payment)
      .reduce((sum, row) => sum + (row.targetType === 'Invoice' ? row.amount : -row.amount), 0);
    const saved = context.books.save('Payment', payment, {
      ...document,
      Line: lines,
      UnappliedAmt: fromMinor(toMinor(document['TotalAmt']) - freed),
    });
    postPayment(context, saved);
  }
}

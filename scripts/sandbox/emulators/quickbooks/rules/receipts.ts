import type { Entity, LinkedTxn, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import type { EntityRules } from './context.ts';
import { depositAccount } from './payment.ts';
import { salePostings, salesDraft, voidedSale } from './sales.ts';
import { isVoided } from './voiding.ts';
import { entryOf } from './entry.ts';

const refuseDeposited = (entity: Entity) => {
  if (((entity['LinkedTxn'] ?? []) as LinkedTxn[]).some((link) => link.TxnType === 'Deposit')) throw faults.deposited();
};

/** A sale paid at once, and the money given back: no receivable is involved. */
const receipt = (entity: TransactionName, sign: 1 | -1): EntityRules => ({
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
    if (sign < 0 && refId(input['DepositToAccountRef']) === undefined) throw faults.missing('DepositToAccountRef');
    if (current) refuseDeposited(current);
    const sale = salesDraft(context, entity, input, current, { customerRequired: false });
    const deposit = depositAccount(context, input['DepositToAccountRef'], refId(sale.body['CurrencyRef'])!);
    const account = context.books.get('Account', deposit.id)!;
    // Recorded: here the default account comes back with its name.
    return {
      lineIds: sale.lineIds,
      body: {
        ...sale.body,
        LinkedTxn: current?.['LinkedTxn'],
        Balance: 0,
        DepositToAccountRef: { value: account.Id, name: String(account['FullyQualifiedName']) },
      },
    };
  },
  settle(context, current) {
    context.ledger.post(
      entryOf(entity, current, salePostings(context, current, { account: refId(current['DepositToAccountRef'])! }, sign)),
    );
  },
  release: (_context, current) => refuseDeposited(current),
  voided: (current) => ({ ...voidedSale(current), LinkedTxn: undefined }),
});

export const salesReceipt = receipt('SalesReceipt', 1);
export const refundReceipt = receipt('RefundReceipt', -1);

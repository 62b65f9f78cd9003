import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import type { EntityRules } from './context.ts';
import { isVoided, salePostings, salesDraft, voidedSale } from './sales.ts';
import { refreshTarget, releaseTarget, resettlePayments } from './settlement.ts';

/** A credit memo lowers what a customer owes; payments use it up like an invoice is paid. */
export const creditMemo: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.business("This transaction has been voided and can't be changed.");
    const sale = salesDraft(context, 'CreditMemo', input, current, { customerRequired: true });
    const balance = current?.['Balance'] ?? sale.body['TotalAmt'];
    return {
      lineIds: sale.lineIds,
      body: { ...sale.body, RemainingCredit: balance, Balance: balance, HomeBalance: current?.['HomeBalance'] },
    };
  },
  settle(context, entity) {
    const customer = refId(entity['CustomerRef'])!;
    const currency = refId(entity['CurrencyRef'])!;
    context.ledger.post({
      id: `CreditMemo:${entity.Id}`,
      type: 'CreditMemo',
      txnId: entity.Id,
      date: String(entity['TxnDate']),
      number: (entity['DocNumber'] as string | undefined) ?? null,
      currency,
      who: (entity['CustomerRef'] as { name?: string }).name ?? null,
      memo: (entity['PrivateNote'] as string | undefined) ?? null,
      postings: salePostings(context, entity, { account: context.accounts.receivable(currency).Id, customer }, -1),
    });
    resettlePayments(context, 'CreditMemo', entity.Id);
    refreshTarget(context, 'CreditMemo', entity.Id, { quiet: true });
  },
  release: (context, entity) => releaseTarget(context, 'CreditMemo', entity),
  voided: (entity) => ({ ...voidedSale(entity), RemainingCredit: 0 }),
};

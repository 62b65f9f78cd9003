import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import type { EntityRules } from './context.ts';
import { salePostings, salesDraft, voidedSale } from './sales.ts';
import { isVoided } from './voiding.ts';
import { refreshTarget, releaseTarget, resettlePayments } from './settlement.ts';
import { entryOf } from './entry.ts';

/** A credit memo lowers what a customer owes; payments use it up like an invoice is paid. */
export const creditMemo: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
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
    context.ledger.post(
      entryOf('CreditMemo', entity, salePostings(context, entity, { account: context.accounts.receivable(currency).Id, customer }, -1)),
    );
    resettlePayments(context, 'CreditMemo', entity.Id);
    refreshTarget(context, 'CreditMemo', entity.Id, { quiet: true });
  },
  release: (context, entity) => releaseTarget(context, 'CreditMemo', entity),
  voided: (entity) => ({ ...voidedSale(entity), RemainingCredit: 0 }),
};

import type { Draft, Entity } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { plusDays } from '../pacific-time.ts';
import { named, resolve } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';
import { refreshTarget, releaseTarget, resettlePayments } from './settlement.ts';
import { salePostings, salesDraft, voidedSale } from './sales.ts';
import { isVoided } from './voiding.ts';
import { entryOf } from './entry.ts';

/** The due date: given, else the terms', else the company's default terms' (as recorded: the invoice then names no terms). */
function dueDate(context: RuleContext, input: Draft, date: string, term: Entity | undefined): string {
  if (typeof input['DueDate'] === 'string' && input['DueDate'] !== '') return input['DueDate'];
  return plusDays(date, term ? Number(term['DueDays'] ?? 0) : context.books.settings.defaultTermDays);
}

const flag = (given: unknown, otherwise: unknown): boolean =>
  given === undefined || given === null ? otherwise === true : given === true || given === 'true';

export const invoice: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
    const { settings } = context.books;
    const sale = salesDraft(context, 'Invoice', input, current, { customerRequired: true });
    const customer = sale.customer!;
    const term = resolve(
      context,
      'Term',
      input['SalesTermRef'] ?? (current ? undefined : customer['SalesTermRef']),
      'SalesTermRef',
      current !== undefined,
    );
    if (current && refId(current['CustomerRef']) !== customer.Id && context.applications.ofTarget('Invoice', current.Id).length > 0) {
      throw faults.business('The customer of an invoice that has payments cannot be changed.');
    }
    return {
      lineIds: sale.lineIds,
      body: {
        AllowIPNPayment: false,
        AllowOnlinePayment: false,
        AllowOnlineCreditCardPayment: flag(
          input['AllowOnlineCreditCardPayment'],
          current ? current['AllowOnlineCreditCardPayment'] : settings.onlineCreditCard,
        ),
        AllowOnlineACHPayment: flag(input['AllowOnlineACHPayment'], current ? current['AllowOnlineACHPayment'] : settings.onlineAch),
        ...sale.body,
        ...(term ? { SalesTermRef: named(term) } : {}),
        DueDate: dueDate(context, input, String(sale.body['TxnDate']), term),
        Balance: current?.['Balance'] ?? sale.body['TotalAmt'],
        HomeBalance: current?.['HomeBalance'],
        ...(current?.['DeliveryInfo'] ? { DeliveryInfo: current['DeliveryInfo'] } : {}),
      },
    };
  },
  settle(context, entity) {
    const customer = refId(entity['CustomerRef'])!;
    const account = context.accounts.receivable(refId(entity['CurrencyRef'])!);
    context.ledger.post(entryOf('Invoice', entity, salePostings(context, entity, { account: account.Id, customer }, 1)));
    resettlePayments(context, 'Invoice', entity.Id);
    refreshTarget(context, 'Invoice', entity.Id, { quiet: true });
  },
  release: (context, entity) => releaseTarget(context, 'Invoice', entity),
  voided: voidedSale,
};

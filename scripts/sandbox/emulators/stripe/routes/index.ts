import { paymentLinks } from '../checkout/link-routes.ts';
import { checkoutSessions } from '../checkout/routes.ts';
import { discounts } from '../discounts/routes.ts';
import { subscriptionItems } from '../subscriptions/item-routes.ts';
import { subscriptions } from '../subscriptions/routes.ts';
import { schedules } from '../schedules/routes.ts';
import { testClocks } from '../test-clocks/routes.ts';
import type { Route } from '../world.ts';
import { account } from './account.ts';
import { balance } from './balance.ts';
import { creditNotes } from './credit-notes.ts';
import { customers } from './customers.ts';
import { disputes } from './disputes.ts';
import { eventDestinations } from './event-destinations.ts';
import { invoiceActions } from './invoice-actions.ts';
import { invoiceLines } from './invoice-lines.ts';
import { invoices } from './invoices.ts';
import { paymentRecords } from './payment-records.ts';
import { paymentMethods } from './payment-methods.ts';
import { payments } from './payments.ts';
import { products } from './products.ts';
import { refunds } from './refunds.ts';
import { taxRates } from './tax-rates.ts';

/** Every modelled call; of two that match, the one with fixed parts stands first. */
export const routes: Route[] = [
  ...customers,
  ...products,
  ...taxRates,
  ...discounts,
  ...subscriptions,
  ...subscriptionItems,
  ...schedules,
  ...testClocks,
  ...invoices,
  ...invoiceLines,
  ...invoiceActions,
  ...payments,
  ...paymentMethods,
  ...checkoutSessions,
  ...paymentLinks,
  ...paymentRecords,
  ...refunds,
  ...creditNotes,
  ...disputes,
  ...balance,
  ...account,
  ...eventDestinations,
];

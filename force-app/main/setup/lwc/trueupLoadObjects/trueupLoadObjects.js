import LOCALE from '@salesforce/i18n/locale';
import QUICKBOOKS_CUSTOMERS from '@salesforce/label/c.Trueup_Load_QuickBooks_Customers';
import QUICKBOOKS_INVOICES from '@salesforce/label/c.Trueup_Load_QuickBooks_Invoices';
import QUICKBOOKS_PAYMENTS from '@salesforce/label/c.Trueup_Load_QuickBooks_Payments';
import STRIPE_CUSTOMERS from '@salesforce/label/c.Trueup_Load_Stripe_Customers';
import STRIPE_INVOICES from '@salesforce/label/c.Trueup_Load_Stripe_Invoices';
import STRIPE_PAYMENTS from '@salesforce/label/c.Trueup_Load_Stripe_Payments';
import ESTIMATED from '@salesforce/label/c.Trueup_Load_Estimated';
import { formatLabel } from 'c/trueupFormatLabel';

/** What a load reads, by the name the functions give it. */
export const LOAD_OBJECT = {
  'quickbooks-customers': QUICKBOOKS_CUSTOMERS,
  'stripe-customers': STRIPE_CUSTOMERS,
  'quickbooks-invoices': QUICKBOOKS_INVOICES,
  'stripe-invoices': STRIPE_INVOICES,
  'quickbooks-payments': QUICKBOOKS_PAYMENTS,
  'stripe-payments': STRIPE_PAYMENTS,
};

export const formatCount = (count) => new Intl.NumberFormat(LOCALE).format(count);

/** What the system does not count is said as an estimate. */
export const formatExpected = (count, isEstimated) => (isEstimated ? formatLabel(ESTIMATED, formatCount(count)) : formatCount(count));

export type TaxEngine = 'None' | 'Stripe Tax' | 'QuickBooks' | 'Salesforce Rate';

/** One set of books: a Stripe account, a QuickBooks company and the org they may serve (Trueup_Company__c). */
export interface Company {
  id: string;
  /** External_Key__c, such as `main`. */
  key: string;
  name: string;
  orgId: string;
  stripeAccountId: string | null;
  quickbooksRealmId: string | null;
  mode: 'Test' | 'Live';
  homeCurrency: string;
  /** IANA name: transaction dates are days there. */
  timeZone: string;
  numberPrefix: string;
  taxEngine: TaxEngine;
  /** Percent as decimal string (`8.25`), for the engine `Salesforce Rate` alone. */
  taxRate: string | null;
  /** Name prefix of the clearing accounts; the currency follows: `Stripe Clearing` -> `Stripe Clearing USD`. */
  clearingAccount: string;
  /** Names of QuickBooks accounts: Stripe's fees, disputed money, what is lost, and the bank account of payouts; null: not chosen. */
  feeAccount: string | null;
  disputedFundsAccount: string | null;
  badDebtAccount: string | null;
  payoutAccount: string | null;
  /** ISO instant: money that moved before it is not ours to book. */
  booksFrom: string;
  defaultTerms: string | null;
  active: boolean;
  connected: boolean;
}

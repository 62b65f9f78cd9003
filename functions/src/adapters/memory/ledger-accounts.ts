import type { LedgerReference } from '../../ports/ledger.ts';

const account = (id: string, name: string, type: string, currency = 'USD') => ({ id, name, type, subType: null, currency, active: true });
/** The accounts that the story's company names. */
export const ACCOUNTS: LedgerReference['accounts'] = [
  ...['USD', 'EUR', 'JPY', 'KWD'].map((currency, index) => account(String(90 + index), `Stripe Clearing ${currency}`, 'Bank', currency)),
  account('80', 'Checking', 'Bank'),
  account('81', 'Stripe Disputed Funds', 'Other Current Asset'),
  account('82', 'Stripe Fees', 'Expense'),
  account('83', 'Bad debts', 'Expense'),
  account('84', 'Accounts Receivable (A/R)', 'Accounts Receivable'),
];

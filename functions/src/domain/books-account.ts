import { clearingAccount, clearingAccountName } from './clearing-account.ts';
import type { Company } from './company.ts';
import { rejected, done, type Outcome } from './outcome.ts';

interface AccountView {
  id: string;
  name: string;
  type: string;
  currency: string | null;
  active: boolean;
}

export interface BooksView<Account extends AccountView = AccountView> {
  homeCurrency: string;
  accounts: readonly Account[];
}

/** Accounts that Stripe's money is booked to; the company names them, QuickBooks holds them. */
export type BooksAccount = 'clearing' | 'fees' | 'disputed-funds' | 'bad-debt' | 'payouts' | 'receivable';

const SETTING: Record<Exclude<BooksAccount, 'clearing' | 'receivable'>, { field: keyof Company; label: string; expense: boolean }> = {
  fees: { field: 'feeAccount', label: 'Fee Account', expense: true },
  'disputed-funds': { field: 'disputedFundsAccount', label: 'Disputed Funds Account', expense: false },
  'bad-debt': { field: 'badDebtAccount', label: 'Bad Debt Account', expense: true },
  payouts: { field: 'payoutAccount', label: 'Payout Account', expense: false },
};

/** The id of an account for money in `currency`; a missing one is said with its fix, never guessed. */
export function booksAccount(company: Company, books: BooksView, account: BooksAccount, currency: string): Outcome<string> {
  if (account === 'clearing') {
    const found = clearingAccount(books.accounts, company.clearingAccount, currency);
    return found ? done(found.id) : missing(`"${clearingAccountName(company.clearingAccount, currency)}"`, `a bank account in ${currency}`);
  }
  if (account === 'receivable') return receivable(books, currency);
  const { field, label, expense } = SETTING[account];
  const name = company[field] as string | null;
  if (name === null)
    return rejected({
      code: 'account-missing',
      severity: 'error',
      message: `The company's setting "${label}" is empty, so this cannot be booked.`,
      action: `Enter the name of a QuickBooks account in the field "${label}" of the company; the entry is made at the next sync.`,
    });
  // Expenses are kept in the home currency, whatever currency they are paid in; other accounts have a currency of their own.
  const foreign = !expense && currency !== books.homeCurrency;
  const found = (foreign ? null : named(books, name)) ?? (expense ? null : named(books, `${name} ${currency}`));
  if (found && (expense || (found.currency ?? books.homeCurrency) === currency)) return done(found.id);
  return missing(`"${foreign ? `${name} ${currency}` : name}"`, expense ? 'an expense account' : `an account in ${currency}`);
}

const named = ({ accounts }: BooksView, name: string): AccountView | null =>
  accounts.find((each) => each.active && each.name.toLowerCase() === name.toLowerCase()) ?? null;

/** QuickBooks opens one account for receivables per currency. */
function receivable({ accounts, homeCurrency }: BooksView, currency: string): Outcome<string> {
  const found = accounts.filter(
    (each) => each.active && each.type === 'Accounts Receivable' && (each.currency ?? homeCurrency) === currency,
  );
  const [only, second] = found;
  if (only && !second) return done(only.id);
  if (!only) return missing('for receivables', `an account of type Accounts Receivable in ${currency}`);
  return rejected({
    code: 'account-missing',
    severity: 'error',
    message: `QuickBooks has several accounts for receivables in ${currency}, and Trueup cannot tell which one holds this customer.`,
    action: 'Enter the journal entry by hand, or make all but one of the accounts inactive; the next sync tries again.',
  });
}

function missing(name: string, kind: string): Outcome<never> {
  return rejected({
    code: 'account-missing',
    severity: 'error',
    message: `QuickBooks has no account ${name} to book Stripe's money with.`,
    action: `Ask the accountant to create it as ${kind}, or name another one on the company record; the entry is made at the next sync.`,
  });
}

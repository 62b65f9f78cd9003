import { DISPLAY_NAME_LENGTH, nameFault } from '../display-name.ts';
import { moneyText } from '../money.ts';
import type { Problem } from '../problem.ts';
import type { BooksContext, LedgerView, StripeView } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

const AT = 'billTo.accountId';

/** Who this is in Stripe. */
export function checkStripeCustomer({ currency }: BooksContext, { match, customer }: StripeView): Problem[] {
  if (match.status === 'needs-review') return [problem('customer-needs-review', AT, { system: 'Stripe', reason: match.reason })];
  if (customer === 'gone') return [problem('customer-gone', AT, { system: 'Stripe' })];
  if (!customer) return [];
  const found: Problem[] = [];
  if (customer.currency !== null && customer.currency !== currency)
    found.push(problem('customer-currency', AT, { system: 'Stripe', theirs: customer.currency, ours: currency }));
  if (customer.balance !== 0)
    found.push(problem('customer-balance', AT, { balance: moneyText(customer.balance, customer.currency ?? currency).display }));
  return found;
}

/** Who this is in QuickBooks, and whether a new one could be created under the account's name. */
export function checkLedgerCustomer({ currency, accountName }: BooksContext, { match, customer }: LedgerView): Problem[] {
  if (match.status === 'needs-review') return [problem('customer-needs-review', AT, { system: 'QuickBooks', reason: match.reason })];
  if (customer === 'gone') return [problem('customer-gone', AT, { system: 'QuickBooks' })];
  if (!customer) return checkNewName(accountName);
  const found: Problem[] = [];
  if (!customer.active) found.push(problem('customer-inactive', AT));
  if (customer.currency !== currency)
    found.push(problem('customer-currency', AT, { system: 'QuickBooks', theirs: customer.currency, ours: currency }));
  return found;
}

function checkNewName(name: string): Problem[] {
  switch (nameFault(name)) {
    case 'too-long':
      return [problem('customer-name-too-long', AT, { length: [...name].length, limit: DISPLAY_NAME_LENGTH })];
    case 'illegal-character':
      return [problem('customer-name-illegal', AT)];
    case 'empty':
      return [problem('customer-name-empty', AT)];
    case null:
      return [];
  }
}

/** A QuickBooks account as far as choosing the clearing account needs it. */
interface AccountView {
  id: string;
  name: string;
  currency: string | null;
  active: boolean;
}

/** `Stripe Clearing` and USD -> `Stripe Clearing USD`: one bank-type account per settlement currency. */
export const clearingAccountName = (prefix: string, currency: string): string => `${prefix} ${currency}`;

/** The active clearing account of a settlement currency; null when there is none. */
export function clearingAccount<Account extends AccountView>(
  accounts: readonly Account[],
  prefix: string,
  currency: string,
): Account | null {
  const name = clearingAccountName(prefix, currency).toLowerCase();
  return accounts.find((account) => account.active && account.name.toLowerCase() === name) ?? null;
}

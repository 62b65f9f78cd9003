import type { Entity } from '../entities.ts';
import { currencyRef } from '../formatters.ts';
import type { Books } from '../store.ts';

/** Finds the accounts that QuickBooks uses by itself, and creates those it creates by itself. */
export interface SystemAccounts {
  receivable(currency: string): Entity;
  undepositedFunds(): Entity;
  salesTaxPayable(): Entity;
  exchangeGainOrLoss(): Entity;
  discountsGiven(): Entity;
  /** The currency an account is kept in. */
  currencyOf(account: string): string;
  forget(): void;
}

interface Kind {
  name: string;
  AccountType: string;
  AccountSubType: string;
  Classification: string;
}

const RECEIVABLE = 'Accounts Receivable (A/R)';

export function openSystemAccounts(books: Books): SystemAccounts {
  const ids = new Map<string, string>();
  const currencies = new Map<string, string>();

  const find = ({ name, ...type }: Kind, currency: string): Entity => {
    const known = ids.get(name);
    if (known) return books.get('Account', known)!;
    const found = books.rows('Account').where({ name: name.toLowerCase() })[0]?.body ?? create(name, type, currency);
    ids.set(name, found.Id);
    return found;
  };
  const create = (name: string, type: Omit<Kind, 'name'>, currency: string): Entity =>
    books.insert('Account', {
      Name: name,
      SubAccount: false,
      FullyQualifiedName: name,
      Active: true,
      ...type,
      CurrentBalance: 0,
      CurrentBalanceWithSubAccounts: 0,
      CurrencyRef: currencyRef(currency),
    });
  const home = () => books.settings.homeCurrency;

  return {
    receivable: (currency) => {
      const name = currency === home() ? RECEIVABLE : `${RECEIVABLE} - ${currency}`;
      return find({ name, Classification: 'Asset', AccountType: 'Accounts Receivable', AccountSubType: 'AccountsReceivable' }, currency);
    },
    undepositedFunds: () =>
      find(
        { name: 'Undeposited Funds', Classification: 'Asset', AccountType: 'Other Current Asset', AccountSubType: 'UndepositedFunds' },
        home(),
      ),
    salesTaxPayable: () =>
      find(
        {
          name: 'Sales Tax Payable',
          Classification: 'Liability',
          AccountType: 'Other Current Liability',
          AccountSubType: 'SalesTaxPayable',
        },
        home(),
      ),
    exchangeGainOrLoss: () =>
      find(
        { name: 'Exchange Gain or Loss', Classification: 'Expense', AccountType: 'Other Expense', AccountSubType: 'ExchangeGainOrLoss' },
        home(),
      ),
    discountsGiven: () =>
      find({ name: 'Discounts given', Classification: 'Revenue', AccountType: 'Income', AccountSubType: 'DiscountsRefundsGiven' }, home()),
    currencyOf(account) {
      let currency = currencies.get(account);
      if (currency === undefined) {
        const reference = books.get('Account', account)?.['CurrencyRef'] as { value: string } | undefined;
        currencies.set(account, (currency = reference?.value ?? home()));
      }
      return currency;
    },
    forget() {
      ids.clear();
      currencies.clear();
    },
  };
}

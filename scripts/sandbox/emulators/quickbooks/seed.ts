import type { QuickbooksEngine } from './engine.ts';
import type { Draft } from './entities.ts';
import type { CompanySettings } from './settings.ts';

export interface SeedItem {
  name: string;
  description?: string;
  sku?: string;
  /** Decimal in the home currency. */
  unitPrice?: number;
  /** Name of an income account; "Sales of Product Income" otherwise. */
  incomeAccount?: string;
  active?: boolean;
}

export interface SeedCustomer {
  displayName: string;
  companyName?: string;
  email?: string;
  phone?: string;
  /** The home currency otherwise. */
  currency?: string;
  notes?: string;
  /** Name of a term. */
  terms?: string;
  billAddr?: { Line1?: string; City?: string; CountrySubDivisionCode?: string; PostalCode?: string; Country?: string };
}

export interface SeedOptions {
  items?: SeedItem[];
  customers?: SeedCustomer[];
  /** Names of classes and of locations (departments); inactive ones are kept apart. */
  classes?: { name: string; active?: boolean }[];
  locations?: { name: string; active?: boolean }[];
  settings?: Partial<CompanySettings>;
  /** Currencies with a receivable, a bank and the Stripe accounts besides the home currency. */
  currencies?: string[];
}

/** Ids by name, of everything that was laid down. */
export interface Seeded {
  accounts: Record<string, string>;
  items: Record<string, string>;
  customers: Record<string, string>;
  terms: Record<string, string>;
  paymentMethods: Record<string, string>;
}

/** A US company's chart of accounts; the fourth is Undeposited Funds, as in Intuit's sandbox companies. */
const CHART: [name: string, type: string, subType: string][] = [
  ['Services', 'Income', 'ServiceFeeIncome'],
  ['Sales of Product Income', 'Income', 'SalesOfProductIncome'],
  ['Accounts Receivable (A/R)', 'Accounts Receivable', 'AccountsReceivable'],
  ['Undeposited Funds', 'Other Current Asset', 'UndepositedFunds'],
  ['Checking', 'Bank', 'Checking'],
  ['Savings', 'Bank', 'Savings'],
  ['Stripe Disputed Funds', 'Other Current Asset', 'OtherCurrentAssets'],
  ['Accounts Payable (A/P)', 'Accounts Payable', 'AccountsPayable'],
  ['Mastercard', 'Credit Card', 'CreditCard'],
  ['Sales Tax Payable', 'Other Current Liability', 'SalesTaxPayable'],
  ['Opening Balance Equity', 'Equity', 'OpeningBalanceEquity'],
  ['Retained Earnings', 'Equity', 'RetainedEarnings'],
  ['Discounts given', 'Income', 'DiscountsRefundsGiven'],
  ['Refunds and Allowances', 'Income', 'DiscountsRefundsGiven'],
  ['Cost of Goods Sold', 'Cost of Goods Sold', 'SuppliesMaterialsCogs'],
  ['Stripe Fees', 'Expense', 'BankCharges'],
  ['Bad debts', 'Expense', 'BadDebts'],
  ['Office Expenses', 'Expense', 'OfficeGeneralAdministrativeExpenses'],
  ['Rent or Lease', 'Expense', 'RentOrLeaseOfBuildings'],
  ['Software and Subscriptions', 'Expense', 'OfficeGeneralAdministrativeExpenses'],
  ['Exchange Gain or Loss', 'Other Expense', 'ExchangeGainOrLoss'],
];

/** What a company with foreign money keeps once more in each currency. */
const FOREIGN: typeof CHART = [
  ['Checking', 'Bank', 'Checking'],
  ['Stripe Disputed Funds', 'Other Current Asset', 'OtherCurrentAssets'],
];

const TERMS: [string, number][] = [
  ['Due on receipt', 0],
  ['Net 15', 15],
  ['Net 30', 30],
  ['Net 60', 60],
];
const PAYMENT_METHODS = ['Cash', 'Check', 'Credit Card', 'ACH', 'Wire', 'Stripe'];

/** Lays down a company: chart of accounts, terms, payment methods, tax codes, then the caller's items and customers. */
export function seedQuickbooks(engine: QuickbooksEngine, options: SeedOptions = {}): Seeded {
  const { books } = engine;
  books.saveSettings(options.settings ?? {});
  const home = books.settings.homeCurrency;
  const currencies = books.settings.multiCurrency ? (options.currencies ?? ['EUR', 'JPY', 'KWD']) : [];
  const add = (entity: 'Account' | 'Term' | 'PaymentMethod' | 'Class' | 'Department' | 'Item' | 'Customer', draft: Draft): string =>
    engine.write(entity, draft).Id;

  const accounts: Record<string, string> = {};
  for (const [Name, AccountType, AccountSubType] of CHART) accounts[Name] = add('Account', { Name, AccountType, AccountSubType });
  for (const currency of [home, ...currencies]) {
    const Name = `Stripe Clearing ${currency}`;
    accounts[Name] = add('Account', { Name, AccountType: 'Bank', AccountSubType: 'Checking', CurrencyRef: { value: currency } });
    if (currency !== home) {
      for (const [name, AccountType, AccountSubType] of FOREIGN) {
        const foreign = `${name} ${currency}`;
        accounts[foreign] = add('Account', { Name: foreign, AccountType, AccountSubType, CurrencyRef: { value: currency } });
      }
    }
    const receivable = engine.accounts.receivable(currency);
    accounts[String(receivable['Name'])] = receivable.Id;
  }
  const terms = Object.fromEntries(TERMS.map(([Name, DueDays]) => [Name, add('Term', { Name, DueDays })]));
  const paymentMethods = Object.fromEntries(
    PAYMENT_METHODS.map((Name) => [Name, add('PaymentMethod', { Name, Type: Name === 'Credit Card' ? 'CREDIT_CARD' : 'NON_CREDIT_CARD' })]),
  );
  seedTaxCodes(engine);
  const lists = [
    ['Class', options.classes],
    ['Department', options.locations],
  ] as const;
  for (const [entity, entries] of lists)
    for (const { name: Name, active } of entries ?? []) {
      const id = add(entity, { Name });
      if (active === false) engine.write(entity, { Id: id, SyncToken: '0', sparse: true, Name, Active: false });
    }

  const items: Record<string, string> = {};
  for (const item of options.items ?? []) {
    const income = accounts[item.incomeAccount ?? 'Sales of Product Income'];
    if (income === undefined) throw new Error(`There is no account "${item.incomeAccount}" for the item "${item.name}".`);
    const draft = {
      Name: item.name,
      Type: 'Service',
      IncomeAccountRef: { value: income },
      UnitPrice: item.unitPrice ?? 0,
      ...(item.description ? { Description: item.description } : {}),
      ...(item.sku ? { Sku: item.sku } : {}),
    };
    const id = add('Item', draft);
    if (item.active === false) engine.write('Item', { Id: id, SyncToken: '0', sparse: true, Active: false });
    items[item.name] = id;
  }
  const customers: Record<string, string> = {};
  for (const customer of options.customers ?? []) customers[customer.displayName] = add('Customer', customerDraft(customer, terms));
  return { accounts, items, customers, terms, paymentMethods };
}

function customerDraft(customer: SeedCustomer, terms: Record<string, string>): Draft {
  return {
    DisplayName: customer.displayName,
    ...(customer.companyName ? { CompanyName: customer.companyName } : {}),
    ...(customer.email ? { PrimaryEmailAddr: { Address: customer.email } } : {}),
    ...(customer.phone ? { PrimaryPhone: { FreeFormNumber: customer.phone } } : {}),
    ...(customer.currency ? { CurrencyRef: { value: customer.currency } } : {}),
    ...(customer.notes ? { Notes: customer.notes } : {}),
    ...(customer.terms && terms[customer.terms] ? { SalesTermRef: { value: terms[customer.terms] } } : {}),
    ...(customer.billAddr ? { BillAddr: customer.billAddr } : {}),
  };
}

function seedTaxCodes(engine: QuickbooksEngine): void {
  const { books } = engine;
  books.insert('TaxRate', {
    Id: '3',
    Name: 'California',
    Description: 'Sales Tax',
    Active: true,
    RateValue: 8,
    AgencyRef: { value: '1' },
    SpecialTaxType: 'NONE',
    DisplayType: 'ReadOnly',
  });
  for (const [Id, Name, Taxable] of [
    ['TAX', 'TAX', true],
    ['NON', 'NON', false],
  ] as const) {
    books.insert('TaxCode', {
      Id,
      Name,
      Description: Name,
      Active: true,
      Taxable,
      TaxGroup: false,
      SalesTaxRateList: { TaxRateDetail: [] },
      PurchaseTaxRateList: { TaxRateDetail: [] },
    });
  }
  books.insert('TaxCode', {
    Id: '2',
    Name: 'California',
    Description: 'California',
    Active: true,
    Taxable: true,
    TaxGroup: true,
    SalesTaxRateList: {
      TaxRateDetail: [{ TaxRateRef: { value: '3', name: 'California' }, TaxTypeApplicable: 'TaxOnAmount', TaxOrder: 0 }],
    },
    PurchaseTaxRateList: { TaxRateDetail: [] },
  });
}

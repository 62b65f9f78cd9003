import type { Draft, Entity, EntityName } from './entities.ts';

const HEAD = ['domain', 'sparse', 'Id', 'SyncToken', 'MetaData'];
const SALES_BODY = [
  'CustomField', 'DocNumber', 'TxnDate', 'DepartmentRef', 'CurrencyRef', 'ExchangeRate', 'PrivateNote', 'LinkedTxn', 'Line', 'TxnTaxDetail', 'CustomerRef', 'CustomerMemo', 'BillAddr', 'ShipAddr', 'ShipFromAddr',
  'FreeFormAddress', 'ClassRef', 'SalesTermRef', 'DueDate', 'ShipMethodRef', 'ShipDate', 'TrackingNum', 'GlobalTaxCalculation', 'TotalAmt', 'HomeTotalAmt', 'ApplyTaxAfterDiscount', 'PrintStatus', 'EmailStatus', 'BillEmail', 'BillEmailCc', 'BillEmailBcc', 'Balance', 'HomeBalance',
  'RemainingCredit', 'PaymentMethodRef', 'PaymentRefNum', 'DepositToAccountRef', 'DeliveryInfo',
];
const PERSON = ['Title', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix', 'FullyQualifiedName', 'CompanyName', 'DisplayName', 'PrintOnCheckName', 'Active', 'PrimaryPhone', 'AlternatePhone', 'Mobile', 'Fax', 'PrimaryEmailAddr', 'WebAddr', 'DefaultTaxCodeRef'];

/** The order of members in recorded bodies; members not named here follow. */
const ORDER: Partial<Record<EntityName, string[]>> = {
  Customer: ['Taxable', 'BillAddr', 'ShipAddr', 'Notes', 'Job', 'BillWithParent', 'ParentRef', 'Level', 'SalesTermRef', 'PaymentMethodRef', 'Balance', 'BalanceWithJobs', 'CurrencyRef', 'PreferredDeliveryMethod', ...HEAD, ...PERSON],
  Vendor: ['BillAddr', 'TaxIdentifier', 'TermRef', 'Balance', 'AcctNum', 'Vendor1099', 'CurrencyRef', ...HEAD, ...PERSON],
  Employee: ['PrimaryAddr', 'BillableTime', 'BirthDate', 'HiredDate', ...HEAD, ...PERSON],
  Account: ['Name', 'SubAccount', 'ParentRef', 'Description', 'FullyQualifiedName', 'Active', 'Classification', 'AccountType', 'AccountSubType', 'AcctNum', 'CurrentBalance', 'CurrentBalanceWithSubAccounts', 'CurrencyRef', ...HEAD],
  Item: ['Name', 'Sku', 'Description', 'Active', 'SubItem', 'ParentRef', 'Level', 'FullyQualifiedName', 'Taxable', 'UnitPrice', 'Type', 'IncomeAccountRef', 'PurchaseDesc', 'PurchaseCost', 'ExpenseAccountRef', 'AssetAccountRef', 'TrackQtyOnHand', 'QtyOnHand', 'InvStartDate', ...HEAD],
  Term: ['Name', 'Active', 'Type', 'DiscountPercent', 'DueDays', 'DiscountDays', ...HEAD],
  PaymentMethod: ['Name', 'Active', 'Type', ...HEAD],
  Invoice: ['AllowIPNPayment', 'AllowOnlinePayment', 'AllowOnlineCreditCardPayment', 'AllowOnlineACHPayment', ...HEAD, ...SALES_BODY],
  CreditMemo: ['RemainingCredit', ...HEAD, ...SALES_BODY],
  SalesReceipt: [...HEAD, ...SALES_BODY],
  RefundReceipt: [...HEAD, ...SALES_BODY],
  Payment: ['CustomerRef', 'DepositToAccountRef', 'PaymentMethodRef', 'PaymentRefNum', 'TotalAmt', 'UnappliedAmt', 'ProcessPayment', ...HEAD, 'TxnDate', 'CurrencyRef', 'ExchangeRate', 'PrivateNote', 'LinkedTxn', 'Line'],
  Deposit: ['DepositToAccountRef', 'TotalAmt', 'HomeTotalAmt', ...HEAD, 'TxnDate', 'CurrencyRef', 'ExchangeRate', 'PrivateNote', 'Line'],
  Transfer: ['FromAccountRef', 'ToAccountRef', 'Amount', ...HEAD, 'TxnDate', 'CurrencyRef', 'ExchangeRate', 'PrivateNote'],
  JournalEntry: ['Adjustment', ...HEAD, 'DocNumber', 'TxnDate', 'CurrencyRef', 'ExchangeRate', 'PrivateNote', 'Line', 'TxnTaxDetail'],
  Purchase: ['AccountRef', 'PaymentMethodRef', 'PaymentType', 'EntityRef', 'Credit', 'TotalAmt', ...HEAD, 'DocNumber', 'TxnDate', 'CurrencyRef', 'ExchangeRate', 'PrivateNote', 'Line'],
};

/** The body with its members in QuickBooks' order; undefined and null members are left out. */
export function ordered(entity: EntityName, body: Draft): Entity {
  const result: Draft = {};
  for (const name of ORDER[entity] ?? HEAD) if (body[name] !== undefined && body[name] !== null) result[name] = body[name];
  for (const [name, value] of Object.entries(body)) if (value !== undefined && value !== null && !(name in result)) result[name] = value;
  return result as Entity;
}

/** What a deleted transaction answers, as recorded. */
export const deletedBody = (id: string) => ({ domain: 'QBO', status: 'Deleted', Id: id });

/** A tombstone in change data capture, as documented. */
export const tombstone = (id: string, at: string) => ({ domain: 'QBO', status: 'Deleted', Id: id, MetaData: { LastUpdatedTime: at } });

/** "Credit Memo" for CreditMemo: how QuickBooks names types to people. */
export const spacedName = (entity: string): string => entity.replace(/([a-z])([A-Z])/g, '$1 $2');

const CURRENCY_NAMES: Record<string, string> = {
  USD: 'United States Dollar', EUR: 'Euro', GBP: 'British Pound Sterling', JPY: 'Japanese Yen', CAD: 'Canadian Dollar', AUD: 'Australian Dollar', CHF: 'Swiss Franc', KWD: 'Kuwaiti Dinar', INR: 'Indian Rupee', MXN: 'Mexican Peso', SGD: 'Singapore Dollar', SEK: 'Swedish Krona', NZD: 'New Zealand Dollar', BRL: 'Brazilian Real', BHD: 'Bahraini Dinar',
};

/** A currency as reference, with QuickBooks' name of it. */
export const currencyRef = (code: string) => ({ value: code, name: CURRENCY_NAMES[code] ?? code });

/** The fields of QuickBooks' JSON that are read here. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities */
interface Reference {
  value: string;
  name?: string;
}

interface LinkedTransaction {
  TxnId: string;
  TxnType: string;
}

interface Changed {
  MetaData: { LastUpdatedTime: string };
}

export interface QboAddress {
  Line1?: string;
  City?: string;
  CountrySubDivisionCode?: string;
  PostalCode?: string;
  Country?: string;
}

export interface QboCustomer extends Changed {
  Id: string;
  DisplayName: string;
  PrimaryEmailAddr?: { Address: string };
  PrimaryPhone?: { FreeFormNumber?: string };
  BillAddr?: QboAddress;
  CurrencyRef?: Reference;
  Active?: boolean;
  Notes?: string;
}

/** Vendors and employees share their names with customers. */
export interface QboName {
  Id: string;
  DisplayName: string;
  Active?: boolean;
  Notes?: string;
}

export interface QboItem {
  Id: string;
  Name: string;
  FullyQualifiedName?: string;
  Type?: string;
  Sku?: string;
  Active?: boolean;
  Description?: string;
  UnitPrice?: number;
  IncomeAccountRef?: Reference;
}

export interface QboInvoice extends Changed {
  Id: string;
  SyncToken: string;
  DocNumber?: string;
  CustomerRef: Reference;
  CurrencyRef?: Reference;
  TxnDate: string;
  DueDate?: string;
  TotalAmt: number;
  Balance: number;
  PrivateNote?: string;
  BillEmail?: { Address?: string };
  TxnTaxDetail?: { TotalTax?: number };
  LinkedTxn?: LinkedTransaction[];
  Line?: {
    DetailType: string;
    Amount: number;
    Description?: string;
    SalesItemLineDetail?: { ItemRef?: Reference; TaxCodeRef?: Reference };
  }[];
}

export interface QboPayment extends Changed {
  Id: string;
  TxnDate: string;
  TotalAmt: number;
  CustomerRef: Reference;
  CurrencyRef?: Reference;
  PaymentMethodRef?: Reference;
  PaymentRefNum?: string;
  PrivateNote?: string;
  Line?: { Amount: number; LinkedTxn?: LinkedTransaction[] }[];
}

/** What every entry that is not an invoice has in common; a transfer has an Amount and no total. */
export interface QboEntry {
  Id: string;
  SyncToken: string;
  TxnDate: string;
  PrivateNote?: string;
  TotalAmt?: number;
  Amount?: number;
}

export interface QboPreferences {
  SalesFormsPrefs?: { CustomTxnNumbers?: boolean; AllowShipping?: boolean; CustomField?: { CustomField?: QboPreferenceField[] }[] };
  AccountingInfoPrefs?: {
    BookCloseDate?: string;
    ClassTrackingPerTxn?: boolean;
    ClassTrackingPerTxnLine?: boolean;
    TrackDepartments?: boolean;
  };
  CurrencyPrefs?: { MultiCurrencyEnabled?: boolean; HomeCurrency?: Reference };
  TaxPrefs?: { PartnerTaxEnabled?: boolean };
}

/** Preferences tell custom fields as pairs. */
interface QboPreferenceField {
  Name: string;
  StringValue?: string;
  BooleanValue?: boolean;
}

/** Classes, departments and payment methods. */
export interface QboListEntry {
  Id: string;
  Name: string;
  FullyQualifiedName?: string;
  Active?: boolean;
}

export interface QboTerm {
  Id: string;
  Name: string;
  DueDays?: number;
  Active?: boolean;
}

export interface QboAccount {
  Id: string;
  Name: string;
  AccountType: string;
  AccountSubType?: string;
  CurrencyRef?: Reference;
  Active?: boolean;
  CurrentBalance?: number;
}

export interface QboTaxCode {
  Id: string;
  Name: string;
  Active?: boolean;
}

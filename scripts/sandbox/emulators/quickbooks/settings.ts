import type { Draft } from './entities.ts';

/** What the company's owner has chosen; parts of it are shown as the Preferences and CompanyInfo entities. */
export interface CompanySettings {
  id: 'settings';
  companyName: string;
  legalName: string;
  country: string;
  email: string;
  homeCurrency: string;
  multiCurrency: boolean;
  /** Rates used when a foreign transaction brings none: home units per unit. */
  exchangeRates: Record<string, number>;
  customTxnNumbers: boolean;
  /** "Warn about duplicate transaction numbers": off lets them pass. */
  warnDuplicateNumbers: boolean;
  /** Last closed day ("YYYY-MM-DD"), or null. */
  bookCloseDate: string | null;
  usingSalesTax: boolean;
  /** Automated sales tax: its engine is not modelled, so TotalTax must be sent. */
  automatedSalesTax: boolean;
  /** Days of the company's default terms; invoices without terms get their due date from it. */
  defaultTermDays: number;
  classTrackingPerTxn: boolean;
  classTrackingPerTxnLine: boolean;
  trackDepartments: boolean;
  /** Company-wide defaults of the AllowOnline flags of new invoices. */
  onlineCreditCard: boolean;
  onlineAch: boolean;
  /** Names of the custom fields of sales forms, at most three (documented); every sales document shows them. */
  customFields: string[];
  /** Last number given by QuickBooks itself. */
  lastDocNumber: number;
  /** Whose name stale-object faults carry. */
  lastUser: string;
  createdAt: string;
}

export const DEFAULT_SETTINGS: CompanySettings = {
  id: 'settings',
  companyName: 'Trueup Sandbox Inc.',
  legalName: 'Trueup Sandbox Inc.',
  country: 'US',
  email: 'books@trueup-sandbox.example',
  homeCurrency: 'USD',
  multiCurrency: true,
  exchangeRates: { EUR: 1.08, GBP: 1.27, JPY: 0.0067, CAD: 0.73, AUD: 0.66, CHF: 1.12, KWD: 3.25 },
  customTxnNumbers: true,
  warnDuplicateNumbers: true,
  bookCloseDate: null,
  usingSalesTax: true,
  automatedSalesTax: false,
  defaultTermDays: 30,
  classTrackingPerTxn: false,
  classTrackingPerTxnLine: false,
  trackDepartments: false,
  onlineCreditCard: true,
  onlineAch: true,
  customFields: [],
  lastDocNumber: 1036,
  lastUser: 'Pat Ledger',
  createdAt: '2024-01-02T09:00:00-08:00',
};

const system = (settings: CompanySettings) => ({
  domain: 'QBO',
  sparse: false,
  Id: '1',
  SyncToken: '4',
  MetaData: { CreateTime: settings.createdAt, LastUpdatedTime: settings.createdAt },
});

const emailMessage = ({ companyName }: CompanySettings, document: string) => ({
  Subject: `${document} from ${companyName}`,
  Message: `Your ${document.toLowerCase()} is attached.\n\nSincerely,\n${companyName}`,
});

/** Which of the three custom fields are used, then their names; both in recorded order, the last first. */
const customFieldPrefs = (names: string[]) => {
  const numbers = [3, 2, 1];
  const used = numbers.map((number) => ({
    Name: `SalesFormsPrefs.UseSalesCustom${String(number)}`,
    Type: 'BooleanType',
    BooleanValue: names[number - 1] !== undefined,
  }));
  const named = numbers
    .filter((number) => names[number - 1] !== undefined)
    .map((number) => ({ Name: `SalesFormsPrefs.SalesCustomName${String(number)}`, Type: 'StringType', StringValue: names[number - 1] }));
  return [{ CustomField: used }, { CustomField: named }];
};

/** The Preferences entity, its groups in recorded order. */
export function preferences(settings: CompanySettings): Draft {
  return {
    AccountingInfoPrefs: {
      FirstMonthOfFiscalYear: 'January',
      UseAccountNumbers: false,
      TaxYearMonth: 'January',
      ClassTrackingPerTxn: settings.classTrackingPerTxn,
      TrackDepartments: settings.trackDepartments,
      TaxForm: '6',
      ...(settings.bookCloseDate ? { BookCloseDate: settings.bookCloseDate } : {}),
      ClassTrackingPerTxnLine: settings.classTrackingPerTxnLine,
      CustomerTerminology: 'Customers',
    },
    ProductAndServicesPrefs: { ForSales: true, ForPurchase: true, QuantityWithPriceAndRate: true, QuantityOnHand: false },
    SalesFormsPrefs: {
      ...(settings.customFields.length > 0 ? { CustomField: customFieldPrefs(settings.customFields) } : {}),
      CustomTxnNumbers: settings.customTxnNumbers,
      AllowDeposit: false,
      AllowDiscount: true,
      AllowEstimates: true,
      ETransactionEnabledStatus: 'NotApplicable',
      ETransactionAttachPDF: false,
      ETransactionPaymentEnabled: settings.onlineAch || settings.onlineCreditCard,
      IPNSupportEnabled: false,
      AllowServiceDate: true,
      AllowShipping: false,
      AutoApplyCredit: false,
      UsingPriceLevels: false,
      DefaultCustomerMessage: 'Thank you for your business and have a great day!',
    },
    EmailMessagesPrefs: {
      InvoiceMessage: emailMessage(settings, 'Invoice'),
      EstimateMessage: emailMessage(settings, 'Estimate'),
      SalesReceiptMessage: emailMessage(settings, 'Sales Receipt'),
      StatementMessage: emailMessage(settings, 'Statement'),
    },
    VendorAndPurchasesPrefs: { TrackingByCustomer: false, BillableExpenseTracking: false },
    TimeTrackingPrefs: {
      UseServices: false,
      BillCustomers: false,
      ShowBillRateToAll: false,
      WorkWeekStartDate: 'Monday',
      MarkTimeEntriesBillable: false,
    },
    TaxPrefs: {
      ...(settings.automatedSalesTax ? { PartnerTaxEnabled: true } : {}),
      UsingSalesTax: settings.usingSalesTax,
      ...(settings.usingSalesTax ? { TaxGroupCodeRef: { value: '2' } } : {}),
    },
    CurrencyPrefs: { MultiCurrencyEnabled: settings.multiCurrency, HomeCurrency: { value: settings.homeCurrency } },
    ReportPrefs: { ReportBasis: 'Accrual', CalcAgingReportFromTxnDate: false },
    OtherPrefs: { NameValue: [{ Name: 'SalesFormsPrefs.WarnDuplicateDocNumber', Value: String(settings.warnDuplicateNumbers) }] },
    ...system(settings),
  };
}

/** The CompanyInfo entity. */
export function companyInfo(settings: CompanySettings): Draft {
  const address = { Id: '1', Line1: '123 Sierra Way', City: 'San Pablo', CountrySubDivisionCode: 'CA', PostalCode: '87999', Country: 'US' };
  const pairs = {
    NeoEnabled: 'true',
    IndustryType: 'Software Publishers',
    CompanyType: 'SCorporation',
    SubscriptionStatus: 'PAID',
    OfferingSku: 'QuickBooks Online Plus',
    PayrollFeature: 'false',
    AccountantFeature: 'false',
  };
  return {
    CompanyName: settings.companyName,
    LegalName: settings.legalName,
    CompanyAddr: address,
    CustomerCommunicationAddr: address,
    LegalAddr: address,
    CustomerCommunicationEmailAddr: { Address: settings.email },
    PrimaryPhone: { FreeFormNumber: '4155554567' },
    CompanyStartDate: settings.createdAt.slice(0, 10),
    FiscalYearStartMonth: 'January',
    Country: settings.country,
    Email: { Address: settings.email },
    WebAddr: {},
    SupportedLanguages: 'en',
    NameValue: Object.entries(pairs).map(([Name, Value]) => ({ Name, Value })),
    ...system(settings),
  };
}

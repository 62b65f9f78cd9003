import type { CoverageRow, Fidelity } from '../core/coverage.ts';
import { LIST_ENTITIES, NAME_ENTITIES, TRANSACTIONS } from './entities.ts';

const row = (kind: CoverageRow['kind'], fidelity: Fidelity, item: string, source: string): CoverageRow => ({
  kind,
  fidelity,
  item,
  source,
});

const ERROR_PAGE = 'Intuit: Review QuickBooks Online Accounting API Error Codes';
const ENTITY_PAGES = 'Intuit: entity reference (scraped attribute tables)';
const VCR = 'minimul/qbo_api recordings';
const XSD = 'QuickBooks-V3-PHP-SDK XSD set';

const ROUTES: CoverageRow[] = [
  row('route', 'recorded', 'GET /v3/company/{realm}/{entity}/{id}', `${VCR}: get/id, error/500`),
  row('route', 'recorded', 'POST /v3/company/{realm}/{entity} (create, full and sparse update)', `${VCR}: create, update`),
  row('route', 'recorded', 'POST …?operation=delete (transactions)', `${VCR}: delete/invoice`),
  row('route', 'recorded', 'POST …/invoice?operation=void', `${VCR}: void/invoice`),
  row('route', 'documented', 'POST …/{payment, salesreceipt, …}?operation=update&include=void', ENTITY_PAGES),
  row('route', 'recorded', 'GET …/{entity}/{id}/pdf', `${VCR}: get_pdf/invoice (the picture of the page is ours)`),
  row('route', 'recorded', 'POST …/{entity}/{id}/send', 'quickbooks-ruby: invoice_send.xml'),
  row('route', 'recorded', 'GET, POST …/query', `${VCR}: all, get`),
  row('route', 'recorded', 'GET …/cdc', `${VCR}: cdc/basic`),
  row('route', 'recorded', 'POST …/batch', `${VCR}: batch/basic`),
  row('route', 'recorded', 'POST …/upload, GET …/attachable/{id}, POST …/attachable?operation=delete', `${VCR}: attachment`),
  row('route', 'documented', 'POST …/attachable (notes, updates), GET …/download/{id}', 'Intuit: Attachable'),
  row('route', 'recorded', 'GET …/reports/ProfitAndLoss (shape; without figures only)', `${VCR}: reports/profit_and_loss`),
  row('route', 'documented', 'GET …/reports/TrialBalance, …/reports/AgedReceivables', 'Intuit: report reference, sample objects'),
  row('route', 'documented', 'GET …/companyinfo/{realm}', 'quickbooks-ruby: company_info.xml'),
  row('route', 'recorded', 'GET …/preferences', 'exquickbooks: preferences'),
  row(
    'route',
    'documented',
    'GET /connect/oauth2, POST /oauth2/v1/tokens/bearer, POST /v2/oauth2/tokens/revoke, GET /.well-known/openid_configuration, GET /v1/openid_connect/userinfo',
    'Intuit: OAuth 2.0; intuit-oauth samples',
  ),
  row('route', 'assumed', 'GET /app/invoice, /app/recvpayment, /app/customerdetail', "QuickBooks' own pages; here read only"),
];

const ENTITIES: CoverageRow[] = [
  row('entity', 'recorded', 'CompanyInfo, Preferences (read)', 'quickbooks-ruby, exquickbooks'),
  ...[...NAME_ENTITIES, ...LIST_ENTITIES].map((name) =>
    row(
      'entity',
      ['TaxCode', 'TaxRate'].includes(name) ? 'typed' : 'recorded',
      ['TaxCode', 'TaxRate'].includes(name) ? `${name} (read)` : name,
      `${VCR}, ${XSD}`,
    ),
  ),
  row('entity', 'recorded', 'Attachable', `${VCR}: attachment`),
  ...TRANSACTIONS.map((name) =>
    row(
      'entity',
      ['Invoice', 'SalesReceipt', 'Payment', 'CreditMemo', 'Deposit', 'RefundReceipt'].includes(name) ? 'recorded' : 'typed',
      name,
      `${VCR}, quickbooks-ruby, ${XSD}`,
    ),
  ),
];

const RULES: CoverageRow[] = [
  row('rule', 'documented', 'Download addresses end after 15 minutes; an upload holds at most 100 MB', 'Intuit: Attachable'),
  row(
    'rule',
    'assumed',
    'Files of types that are not listed are refused; no thumbnails are made; IncludeOnSend is kept without effect',
    'Intuit: attach images and notes',
  ),
  row(
    'rule',
    'recorded',
    'SyncToken +1 per update; a sparse update that changes nothing keeps token and time',
    `${VCR}: deactivate/account`,
  ),
  row(
    'rule',
    'recorded',
    "A payment moves its invoice's token and time; a balance moves a customer's time only; a deposit moves neither",
    `${VCR}`,
  ),
  row('rule', 'assumed', 'A webhook is sent for an invoice that a payment changed', 'not documented'),
  row('rule', 'recorded', 'Replaced lines get new ids; a SubTotal line is appended', `${VCR}: update/sales_receipt`),
  row('rule', 'assumed', 'Lines of a sparse update replace all lines', 'unclear in the documentation'),
  row('rule', 'documented', 'null, "" and {} clear a member in a sparse update', 'Intuit; reported publicly'),
  row(
    'rule',
    'recorded',
    '610, 2010, 2020, 2030, 5010, 6240, 4000, 4001, 500 (as HTTP 400), 401 with lower-case fault',
    `${VCR}, exquickbooks, quickbooks-ruby`,
  ),
  row(
    'rule',
    'documented',
    '2040, 2050, 2070, 2110, 2130, 2170, 2210, 2220, 2230, 2260, 2300, 2500, 6010, 6080, 6090, 6100, 6140, 6210, 6220, 6540, 1040, 3100',
    `${ERROR_PAGE}; bodies quoted in public code`,
  ),
  row(
    'rule',
    'documented',
    '6070: Amount = Qty x UnitPrice, rounded half up to two decimals',
    `${ERROR_PAGE}; bodies quoted in public code`,
  ),
  row('rule', 'documented', 'Amounts have two decimals in every currency, quantities and prices seven', 'help.breadwinner.com 44001664304'),
  row('rule', 'assumed', 'Finer amounts, quantities and prices are refused (2110)', 'QuickBooks may cut or round them'),
  row('rule', 'documented', 'Names are unique over customers, vendors and employees, inactive ones included', ENTITY_PAGES),
  row(
    'rule',
    'documented',
    'DocNumber: CustomTxnNumbers on and off, AUTO_GENERATE, include=allowduplicatedocnum, one sequence for sales documents',
    ENTITY_PAGES,
  ),
  row('rule', 'documented', 'TxnDate today, DueDate from terms', ENTITY_PAGES),
  row('rule', 'recorded', "DueDate from the company's default terms when there are none", `${VCR}: create/invoice`),
  row('rule', 'documented', 'TxnTaxDetail.TotalTax is honoured; tax is never computed by an automated engine', ENTITY_PAGES),
  row('rule', 'assumed', 'TotalTax without a TAX line, a sales line without item, an inventory item: refused', 'not modelled'),
  row(
    'rule',
    'documented',
    'Multicurrency: 6000 "Multi Currency should be enabled", "You can only use one foreign currency per transaction"',
    'bodies quoted in public code',
  ),
  row('rule', 'assumed', 'A missing CurrencyRef means the home currency, so it is refused for a foreign customer', 'reports differ'),
  row(
    'rule',
    'documented',
    'ExchangeRate is home units per unit; realised differences go to Exchange Gain or Loss',
    'Intuit: manage multiple currencies',
  ),
  row('rule', 'documented', 'Closed books: 6210 for create, update, void and delete on or before the closing date', ERROR_PAGE),
  row('rule', 'documented', 'Void: amounts and quantities 0, "Voided" put before PrivateNote', `${ENTITY_PAGES}; ${VCR}: void/invoice`),
  row('rule', 'assumed', 'The separator in "Voided - <note>"; a second void changes nothing', 'not documented'),
  row(
    'rule',
    'assumed',
    'Voiding or deleting an invoice with payments is refused (switch voidPaidInvoice)',
    'reported in production: LanternOps/breeze#5180',
  ),
  row('rule', 'assumed', 'A payment cannot apply more than the open balance, nor to another customer', 'texts assumed'),
  row(
    'rule',
    'recorded',
    'Default deposit account Undeposited Funds; linked deposit lines have no DetailType',
    `${VCR}; ej2/python-quickbooks#329`,
  ),
  row(
    'rule',
    'documented',
    'requestid: at most 50 characters (batch 36), a repeat answers the first response',
    'Intuit: batch and idempotence',
  ),
  row(
    'rule',
    'assumed',
    'requestid with another body answers the first response as well; faults are not kept; it never expires',
    'unpublished',
  ),
  row(
    'rule',
    'documented',
    'Query: AND only, % only, 100 by default, 1,000 at most, inactive hidden unless Active is named',
    'Intuit: query operations',
  ),
  row('rule', 'recorded', 'Default order: transactions by last change, latest first; names by full name in ASCII order', `${VCR}: all`),
  row(
    'rule',
    'assumed',
    'Values must be quoted except true and false; text compares without case, DocNumber with',
    'reports of 4000 on bare numbers',
  ),
  row('rule', 'recorded', 'CDC answers for any changedSince, oldest change first', `${VCR}: cdc/basic`),
  row('rule', 'documented', 'CDC: 1,000 objects, tombstones', 'Intuit: change data capture'),
  row(
    'rule',
    'documented',
    'Batch: 30 items in series, one Fault each; a query does not see what the batch created',
    'Intuit: batch operation',
  ),
  row(
    'rule',
    'documented',
    'An item of a batch with a requestid is known by that and its bId joined, at most 50 characters, else 6000 for it alone',
    'intuit/QuickBooks-V3-Java-SDK#180 (quoted publicly)',
  ),
  row('rule', 'documented', 'bId beside a requestid: at most 10 characters; the fault is not modelled', 'Intuit: request ID update, 2015'),
  row(
    'rule',
    'assumed',
    'A batch repeated under its requestid answers the first response as a whole; a single request never answers for an item of a batch',
    'ruckus/quickbooks-ruby#344 tells of 6000 at the second time',
  ),
  row('rule', 'documented', '500 requests a minute, 10 a second, 40 batches a minute; 429', 'Intuit: limits and throttles'),
  row(
    'rule',
    'documented',
    'Reads (GET, query, CDC) are metered by the month, 500,000 as in the Builder tier; then 429 until the next one',
    'Intuit: App Partner Program',
  ),
  row('rule', 'assumed', "The month of the meter is UTC's, its 429 is that of the other limits", 'unpublished'),
  row(
    'rule',
    'documented',
    "include=invoiceLink shows InvoiceLink when online payment and BillEmail are there; the address leads to this stand-in, Intuit's payment page is not modelled",
    ENTITY_PAGES,
  ),
  row('rule', 'assumed', 'Other include options (enhancedAllCustomFields, …) are refused', 'not modelled'),
  row('rule', 'assumed', 'A taxable line without TotalTax under automated sales tax is refused: its engine is not modelled', ENTITY_PAGES),
  row(
    'rule',
    'assumed',
    "Customers merged by another user: documents change customer and keep token and time, the first is gone and a tombstone, one Merge event for the other with the first's id",
    'Intuit: webhooks (deletedID); data.deletedid as read by public code',
  ),
  row('rule', 'recorded', 'Body of the 429', 'quickbooks-ruby, 2016; may differ today'),
  row(
    'rule',
    'documented',
    'Access token 3,600 s; refresh token rolling 100 days, at most five years; it changes after 24 h and the previous one dies',
    'Intuit: OAuth 2.0; intuit/oauth-jsclient#77',
  ),
  row('rule', 'documented', 'A code is good once; its second exchange kills the grant', 'intuit/oauth-jsclient#173'),
  row(
    'rule',
    'documented',
    'Webhooks: CloudEvents (default) and the older form, intuit-signature, retries after 10, 20, 30 s, 5, 20 min, 2, 4, 6 h',
    'Intuit: webhooks',
  ),
  row(
    'rule',
    'assumed',
    'Types voided and emailed are sent as such; an aggregate holds one event per object and operation',
    'only created is shown in samples',
  ),
  row('rule', 'documented', 'QuickBooks answers XML unless asked for JSON; XML is refused here', 'Intuit: REST API features'),
  row(
    'rule',
    'assumed',
    'Known members that are not modelled (Deposit, ShipFromAddr, values of custom fields the company has not defined, line discounts, …) are refused, not dropped',
    'this stand-in',
  ),
  row(
    'rule',
    'assumed',
    'Expense and deposit lines on receivables or payables, journal lines on payables, deposits of journals or transfers: refused',
    'not modelled',
  ),
  row('rule', 'documented', 'A journal line on receivables names its customer and changes its balance', ENTITY_PAGES),
  row('rule', 'assumed', 'A payment cannot be applied to a journal entry: refused', 'documented as possible; not modelled'),
  row(
    'rule',
    'documented',
    'Expenses: checks from bank accounts, cards from card accounts, Credit for cards only, item and account lines, customer, vendor or employee',
    ENTITY_PAGES,
  ),
  row('rule', 'assumed', 'Expenses with tax or billable lines: refused', 'not modelled'),
  row(
    'rule',
    'assumed',
    'A deposit of foreign payments into an account of that currency realises the difference of the rates',
    'Intuit: manage multiple currencies; the form of the entry is ours',
  ),
  row(
    'rule',
    'documented',
    'ClassRef under ClassTrackingPerTxn or ClassTrackingPerTxnLine, DepartmentRef under TrackDepartments',
    ENTITY_PAGES,
  ),
  row('rule', 'assumed', 'ClassRef or DepartmentRef where the company does not track them: refused', 'the real answer is not known'),
  row(
    'rule',
    'assumed',
    'PreferredDeliveryMethod is Print, Email or None (documented); that another is refused as an enumeration is assumed',
    ENTITY_PAGES,
  ),
  row('rule', 'assumed', 'A custom field of sales forms holds 31 characters; more is refused (2050)', "QuickBooks' own entry field"),
  row(
    'rule',
    'documented',
    'Unknown and inactive terms and payment methods of a customer are refused (2500), unless it had them',
    ENTITY_PAGES,
  ),
  row('rule', 'recorded', 'Custom fields of sales forms: definitions shown, strings kept (setting customFields)', `${VCR}: create/invoice`),
  row(
    'rule',
    'documented',
    'Reports: dates and macros (weeks, months, quarters, years), columns by month, customer, class or location, filters by them',
    'Intuit: report reference',
  ),
  row(
    'rule',
    'assumed',
    'Reports: cash basis, other parameters and macros, other reports: refused; credits age by their own date; without dates the month, year or day to date',
    `${VCR}: reports/gl (the default dates of another report)`,
  ),
  row('rule', 'typed', 'Members and enumerations of every entity', XSD),
];

/** Everything this stand-in does, and how sure it is of it. */
export const COVERAGE: CoverageRow[] = [...ROUTES, ...ENTITIES, ...RULES];

import { badge, details, html, table } from '../../core/page.ts';
import type { Html } from '../../core/page.ts';
import type { QuickbooksEngine } from '../engine.ts';
import type { Draft, Entity, Line, LinkedTxn } from '../entities.ts';
import { refId } from '../entities.ts';
import { isVoided } from '../rules/voiding.ts';
import { accountLink, amount, currencyOf, customerLink, customerOf, invoiceLink, nameOf, page, paymentLink } from './frame.ts';

const SHOWN = 200;
const latest = (engine: QuickbooksEngine, entity: 'Invoice' | 'Payment') =>
  engine.books
    .rows(entity)
    .where({}, { orderBy: 'updated', desc: true, limit: SHOWN })
    .map((row) => row.body);

function invoiceState(invoice: Entity): Html {
  if (isVoided(invoice)) return badge('Void');
  if (Number(invoice['Balance']) === 0) return badge('Paid', 'good');
  return badge(Number(invoice['Balance']) < Number(invoice['TotalAmt']) ? 'Partially paid' : 'Open');
}

const onlinePayment = (invoice: Entity): string =>
  [invoice['AllowOnlineCreditCardPayment'] && 'card', invoice['AllowOnlineACHPayment'] && 'bank transfer'].filter(Boolean).join(' and ') ||
  'off';

const invoiceCells = (invoice: Entity) => [
  invoiceLink(invoice.Id, String(invoice['DocNumber'] ?? `(no number) ${invoice.Id}`)),
  customerOf(invoice),
  String(invoice['TxnDate']),
  String(invoice['DueDate'] ?? ''),
  amount(invoice['TotalAmt'], currencyOf(invoice)),
  amount(invoice['Balance'], currencyOf(invoice)),
  invoiceState(invoice),
];
const INVOICE_COLUMNS = ['Number', 'Customer', 'Date', 'Due', 'Total', 'Balance', 'Status'];

export const invoicesPage = (engine: QuickbooksEngine): string =>
  page(
    'Invoices',
    '/sandbox/invoices',
    html`<p>${engine.books.rows('Invoice').count()} invoices, the ${SHOWN} last changed are shown.</p>
      ${table('Invoices', INVOICE_COLUMNS, latest(engine, 'Invoice').map(invoiceCells))}`,
  );

/** One invoice, as QuickBooks' own page shows it. Undefined: there is none. */
export function invoicePage(engine: QuickbooksEngine, id: string): string | undefined {
  const invoice = engine.books.get('Invoice', id);
  if (!invoice) return undefined;
  const currency = currencyOf(invoice);
  const lines = (invoice['Line'] as Line[])
    .filter((line) => line.DetailType !== 'SubTotalLineDetail')
    .map((line) => {
      const detail = (line['SalesItemLineDetail'] ?? {}) as Draft;
      return [
        nameOf(detail['ItemRef']),
        line.Description ?? '',
        String(detail['ServiceDate'] ?? ''),
        String(detail['Qty'] ?? ''),
        String(detail['UnitPrice'] ?? ''),
        refId(detail['TaxCodeRef']) ?? '',
        line.Amount === undefined ? '' : amount(line.Amount, currency),
      ];
    });
  const payments = ((invoice['LinkedTxn'] ?? []) as LinkedTxn[]).map((link) => {
    const payment = engine.books.get('Payment', link.TxnId);
    const applied = (payment?.['Line'] as Line[] | undefined)?.find((line) => line.LinkedTxn?.some((each) => each.TxnId === id));
    return [
      paymentLink(link.TxnId, `${link.TxnType} ${link.TxnId}`),
      String(payment?.['TxnDate'] ?? ''),
      amount(applied?.Amount, currency),
    ];
  });
  const entry = engine.ledger.entry(`Invoice:${id}`);
  return page(`Invoice ${String(invoice['DocNumber'] ?? id)}`, '/sandbox/invoices', [
    details([
      ['Status', invoiceState(invoice)],
      ['Customer', customerOf(invoice)],
      ['Date', String(invoice['TxnDate'])],
      ['Due', String(invoice['DueDate'])],
      ['Terms', nameOf(invoice['SalesTermRef'])],
      ['Tax', amount((invoice['TxnTaxDetail'] as Draft)['TotalTax'], currency)],
      ['Total', amount(invoice['TotalAmt'], currency)],
      ['Balance', amount(invoice['Balance'], currency)],
      ['Exchange rate', currency === engine.books.settings.homeCurrency ? null : String(invoice['ExchangeRate'])],
      ['Memo', nameOf(invoice['CustomerMemo'])],
      ['Private note', String(invoice['PrivateNote'] ?? '')],
      ['E-mail', String(invoice['EmailStatus'])],
      ['Online payment by QuickBooks', onlinePayment(invoice)],
      ['Id and SyncToken', `${id}, ${invoice.SyncToken}`],
      ['Last change', invoice.MetaData.LastUpdatedTime],
    ]),
    table('Lines', ['Product or service', 'Description', 'Service date', 'Quantity', 'Rate', 'Tax', 'Amount'], lines),
    table('Payments', ['Payment', 'Date', 'Applied'], payments, 'No payments yet.'),
    table(
      'Journal',
      ['Account', 'Debit', 'Credit'],
      (entry?.postings ?? []).map((posting) => journalCells(engine, posting)),
      'No postings.',
    ),
  ]);
}

/** Account, debit and credit of a posting in the home currency. */
function journalCells(engine: QuickbooksEngine, posting: { account: string; home: number }) {
  const home = engine.books.settings.homeCurrency;
  const name = String(engine.books.get('Account', posting.account)?.['FullyQualifiedName'] ?? posting.account);
  return [
    accountLink(posting.account, name),
    posting.home > 0 ? amount(posting.home / 100, home) : '',
    posting.home < 0 ? amount(-posting.home / 100, home) : '',
  ];
}

const paymentCells = (engine: QuickbooksEngine, payment: Entity) => [
  paymentLink(payment.Id, String(payment['PaymentRefNum'] ?? `Payment ${payment.Id}`)),
  customerOf(payment),
  String(payment['TxnDate']),
  amount(payment['TotalAmt'], currencyOf(payment)),
  amount(payment['UnappliedAmt'], currencyOf(payment)),
  String(engine.books.get('Account', refId(payment['DepositToAccountRef']) ?? '')?.['Name'] ?? ''),
  isVoided(payment) ? badge('Void') : '',
];
const PAYMENT_COLUMNS = ['Payment', 'Customer', 'Date', 'Amount', 'Not applied', 'Deposited to', 'Status'];

export const paymentsPage = (engine: QuickbooksEngine): string =>
  page(
    'Payments',
    '/sandbox/payments',
    table(
      'Payments',
      PAYMENT_COLUMNS,
      latest(engine, 'Payment').map((payment) => paymentCells(engine, payment)),
    ),
  );

export function paymentPage(engine: QuickbooksEngine, id: string): string | undefined {
  const payment = engine.books.get('Payment', id);
  if (!payment) return undefined;
  const currency = currencyOf(payment);
  const account = refId(payment['DepositToAccountRef'])!;
  const links = (payment['Line'] as Line[]).flatMap((line) =>
    (line.LinkedTxn ?? []).map((link) => {
      const target = engine.books.get(link.TxnType === 'CreditMemo' ? 'CreditMemo' : 'Invoice', link.TxnId);
      const label = `${link.TxnType} ${String(target?.['DocNumber'] ?? link.TxnId)}`;
      return [link.TxnType === 'Invoice' ? invoiceLink(link.TxnId, label) : label, amount(line.Amount, currency)];
    }),
  );
  return page(`Payment ${String(payment['PaymentRefNum'] ?? id)}`, '/sandbox/payments', [
    details([
      ['Customer', customerOf(payment)],
      ['Date', String(payment['TxnDate'])],
      ['Amount', amount(payment['TotalAmt'], currency)],
      ['Not applied', amount(payment['UnappliedAmt'], currency)],
      ['Deposited to', accountLink(account, String(engine.books.get('Account', account)?.['FullyQualifiedName']))],
      ['Method', nameOf(payment['PaymentMethodRef'])],
      ['Private note', String(payment['PrivateNote'] ?? '')],
      ['Id and SyncToken', `${id}, ${payment.SyncToken}`],
    ]),
    table('Applied to', ['Document', 'Amount'], links, 'Not applied to anything.'),
    table(
      'Journal',
      ['Account', 'Debit', 'Credit'],
      (engine.ledger.entry(`Payment:${id}`)?.postings ?? []).map((posting) => journalCells(engine, posting)),
      'No postings.',
    ),
  ]);
}

export function customersPage(engine: QuickbooksEngine): string {
  const rows = engine.books
    .rows('Customer')
    .where({}, { orderBy: 'name', limit: 500 })
    .map(({ body }) => [
      customerLink(body.Id, String(body['DisplayName'])),
      nameOf({ name: (body['PrimaryEmailAddr'] as Draft | undefined)?.['Address'] as string | undefined }),
      currencyOf(body),
      amount(body['Balance'], currencyOf(body)),
      body['Active'] === false ? badge('Inactive') : '',
    ]);
  return page('Customers', '/sandbox/customers', table('Customers', ['Customer', 'E-mail', 'Currency', 'Balance', ''], rows));
}

export function customerPage(engine: QuickbooksEngine, id: string): string | undefined {
  const customer = engine.books.get('Customer', id);
  if (!customer) return undefined;
  const of = (entity: 'Invoice' | 'Payment') =>
    engine.books
      .rows(entity)
      .where({ customer: id }, { limit: SHOWN })
      .map((row) => row.body);
  return page(String(customer['DisplayName']), '/sandbox/customers', [
    details([
      ['Company', String(customer['CompanyName'] ?? '')],
      ['E-mail', String((customer['PrimaryEmailAddr'] as Draft | undefined)?.['Address'] ?? '')],
      ['Balance', amount(customer['Balance'], currencyOf(customer))],
      ['Notes', String(customer['Notes'] ?? '')],
      ['Id and SyncToken', `${id}, ${customer.SyncToken}`],
    ]),
    table('Invoices', INVOICE_COLUMNS, of('Invoice').map(invoiceCells), 'No invoices.'),
    table(
      'Payments',
      PAYMENT_COLUMNS,
      of('Payment').map((payment) => paymentCells(engine, payment)),
      'No payments.',
    ),
  ]);
}

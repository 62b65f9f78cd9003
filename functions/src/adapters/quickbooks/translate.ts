import { formatMinor, parseMoney } from '../../domain/money.ts';
import { withMapped } from './mapped.ts';
import type { PostalAddress } from '../../domain/source.ts';
import type {
  LedgerCustomer,
  LedgerCustomerBody,
  LedgerInvoice,
  LedgerInvoiceBody,
  LedgerItem,
  LedgerPayment,
  LedgerPaymentBody,
} from '../../ports/ledger.ts';
import type { QboAddress, QboCustomer, QboInvoice, QboItem, QboPayment } from './entities.ts';

/** `https://app.qbo.intuit.com`, where people open records. */
export type AppBase = string;

/** Our marks in PrivateNote and Notes: how our own documents are told from the accountant's. */
export const INVOICE_MARK = /Trueup invoice (\w{15,18})/;
const PAYMENT_MARK = /Stripe payment (\w+)/;
export const ENTRY_MARK = /Trueup entry (\S+):/;
const ACCOUNT_MARK = /Trueup account (\w{15,18})/;

/** QuickBooks speaks decimals as JSON numbers; 15 digits survive the way there and back. */
export const decimal = (minor: number, currency: string): number => Number(formatMinor(minor, currency));

/** @throws when QuickBooks answers with an amount finer than the currency, which it never stores */
export function minor(value: number | undefined, currency: string): number {
  const money =
    parseMoney(plain(value ?? 0), currency) ??
    parseMoney(Number(value).toFixed(2), currency) ??
    parseMoney(Number(value).toFixed(0), currency);
  if (!money) throw new Error(`QuickBooks answered with ${String(value)}, which is no amount of ${currency}`);
  return money.minor;
}

/** A JSON number without exponent notation. */
const plain = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(7).replace(/0+$/, '').replace(/\.$/, '');

export function toCustomer(body: LedgerCustomerBody): object {
  const customer = {
    DisplayName: body.displayName,
    CompanyName: body.companyName.slice(0, 100),
    ...(body.email ? { PrimaryEmailAddr: { Address: body.email } } : {}),
    ...(body.phone ? { PrimaryPhone: { FreeFormNumber: body.phone.slice(0, 30) } } : {}),
    ...(body.address
      ? {
          BillAddr: {
            ...(body.address.line1 ? { Line1: body.address.line1 } : {}),
            ...(body.address.city ? { City: body.address.city } : {}),
            ...(body.address.state ? { CountrySubDivisionCode: body.address.state } : {}),
            ...(body.address.postalCode ? { PostalCode: body.address.postalCode } : {}),
            ...(body.address.country ? { Country: body.address.country } : {}),
          },
        }
      : {}),
    ...(body.multicurrency ? { CurrencyRef: { value: body.currency } } : {}),
    Notes: `Trueup account ${body.accountId}`,
  };
  return withMapped(customer, body.mapped);
}

export function fromCustomer(customer: QboCustomer, homeCurrency: string, app: AppBase): LedgerCustomer {
  return {
    id: customer.Id,
    displayName: customer.DisplayName,
    email: customer.PrimaryEmailAddr?.Address ?? null,
    phone: customer.PrimaryPhone?.FreeFormNumber ?? null,
    address: customer.BillAddr ? fromAddress(customer.BillAddr) : null,
    currency: customer.CurrencyRef?.value ?? homeCurrency,
    active: customer.Active !== false,
    accountId: customer.Notes?.match(ACCOUNT_MARK)?.[1] ?? null,
    url: `${app}/app/customerdetail?nameId=${customer.Id}`,
  };
}

export function fromAddress(address: QboAddress): PostalAddress {
  const { Line1: line1, City: city, CountrySubDivisionCode: state, PostalCode: postalCode, Country: country } = address;
  return {
    ...(line1 ? { line1 } : {}),
    ...(city ? { city } : {}),
    ...(state ? { state } : {}),
    ...(postalCode ? { postalCode } : {}),
    ...(country ? { country } : {}),
  };
}

export const fromItem = (item: QboItem): LedgerItem => ({
  id: item.Id,
  name: item.Name,
  sku: item.Sku ?? null,
  active: item.Active !== false,
  hasIncomeAccount: item.IncomeAccountRef !== undefined,
  ...(item.Description ? { description: item.Description } : {}),
  ...(item.UnitPrice === undefined ? {} : { price: String(item.UnitPrice) }),
  ...(item.IncomeAccountRef?.name ? { incomeAccount: item.IncomeAccountRef.name } : {}),
});

export function toInvoice(body: LedgerInvoiceBody): object {
  const amount = (value: number) => decimal(value, body.currency);
  const memo = [body.poNumber ? `PO number: ${body.poNumber}` : '', body.memo ?? ''].filter(Boolean).join('\n');
  const invoice = {
    DocNumber: body.number,
    TxnDate: body.invoiceDate,
    DueDate: body.dueDate,
    CustomerRef: { value: body.customerId },
    ...(body.multicurrency ? { CurrencyRef: { value: body.currency } } : {}),
    ...(body.termId ? { SalesTermRef: { value: body.termId } } : {}),
    ...(body.billEmail ? { BillEmail: { Address: body.billEmail } } : {}),
    ...(memo ? { CustomerMemo: { value: memo.slice(0, 1000) } } : {}),
    PrivateNote: `Trueup invoice ${body.invoiceId}`,
    // Customers pay on Stripe's page alone: QuickBooks' own payment button would take money past it.
    AllowOnlineACHPayment: false,
    AllowOnlineCreditCardPayment: false,
    EmailStatus: 'NotSet',
    ...(body.totalTax === null ? {} : { TxnTaxDetail: { TotalTax: amount(body.totalTax) } }),
    Line: body.lines.map((line, index) => ({
      LineNum: index + 1,
      DetailType: 'SalesItemLineDetail',
      Amount: amount(line.amount),
      Description: line.description.slice(0, 4000),
      SalesItemLineDetail: withMapped(
        {
          ...(line.itemId ? { ItemRef: { value: line.itemId } } : {}),
          ...numbers(line),
          ...(line.serviceDate ? { ServiceDate: line.serviceDate } : {}),
          ...(body.marksTaxableLines ? { TaxCodeRef: { value: line.taxable ? 'TAX' : 'NON' } } : {}),
        },
        line.mapped,
      ),
    })),
  };
  return withMapped(invoice, body.mapped);
}

/** QuickBooks cuts quantities and prices at seven places, and JSON numbers of more than 15 digits change on the way: then the amount goes alone. */
function numbers({ quantity, unitPrice }: LedgerInvoiceBody['lines'][number]): { Qty?: number; UnitPrice?: number } {
  const arrives = (text: string | null): text is string =>
    text !== null && /^-?\d+(\.\d{1,7})?$/.test(text) && text.replace(/\D/g, '').length <= 15;
  return arrives(quantity) && arrives(unitPrice) ? { Qty: Number(quantity), UnitPrice: Number(unitPrice) } : {};
}

export function fromInvoice(invoice: QboInvoice, homeCurrency: string, app: AppBase): LedgerInvoice {
  const currency = invoice.CurrencyRef?.value ?? homeCurrency;
  const amount = (value: number | undefined) => minor(value, currency);
  const total = amount(invoice.TotalAmt);
  const tax = amount(invoice.TxnTaxDetail?.TotalTax);
  return {
    id: invoice.Id,
    syncToken: invoice.SyncToken,
    number: invoice.DocNumber ?? null,
    customerId: invoice.CustomerRef.value,
    currency,
    invoiceDate: invoice.TxnDate,
    dueDate: invoice.DueDate ?? null,
    subtotal: total - tax,
    tax,
    total,
    balance: amount(invoice.Balance),
    // A void empties the amounts and writes this word before whatever the note held.
    voided: total === 0 && /^Voided/.test(invoice.PrivateNote ?? ''),
    invoiceId: invoice.PrivateNote?.match(INVOICE_MARK)?.[1] ?? null,
    note: invoice.PrivateNote ?? null,
    lines: (invoice.Line ?? [])
      .filter((line) => line.DetailType === 'SalesItemLineDetail')
      .map((line) => ({
        amount: amount(line.Amount),
        description: line.Description ?? null,
        itemId: line.SalesItemLineDetail?.ItemRef?.value ?? null,
        taxable: line.SalesItemLineDetail?.TaxCodeRef?.value === 'TAX',
      })),
    paymentIds: (invoice.LinkedTxn ?? []).filter((link) => link.TxnType === 'Payment').map((link) => link.TxnId),
    updatedAt: new Date(invoice.MetaData.LastUpdatedTime).toISOString(),
    url: `${app}/app/invoice?txnId=${invoice.Id}`,
  };
}

export function toPayment(body: LedgerPaymentBody): object {
  const amount = decimal(body.amount, body.currency);
  return {
    TxnDate: body.date,
    CustomerRef: { value: body.customerId },
    ...(body.multicurrency ? { CurrencyRef: { value: body.currency } } : {}),
    ...(body.exchangeRate ? { ExchangeRate: Number(body.exchangeRate) } : {}),
    TotalAmt: amount,
    DepositToAccountRef: { value: body.depositAccountId },
    PrivateNote: `Trueup invoice ${body.invoiceId}, Stripe payment ${body.stripePaymentId}`,
    Line: [{ Amount: amount, LinkedTxn: [{ TxnId: body.quickbooksInvoiceId, TxnType: 'Invoice' }] }],
  };
}

const linkedTo = ({ Line: lines = [] }: QboPayment, type: 'Invoice' | 'CreditMemo'): { id: string; amount: number }[] =>
  lines.flatMap(({ Amount: amount, LinkedTxn: links = [] }) =>
    links.filter(({ TxnType }) => TxnType === type).map(({ TxnId: id }) => ({ id, amount })),
  );

export function fromPayment(payment: QboPayment, homeCurrency: string, app: AppBase): LedgerPayment {
  const currency = payment.CurrencyRef?.value ?? homeCurrency;
  return {
    id: payment.Id,
    date: payment.TxnDate,
    amount: minor(payment.TotalAmt, currency),
    currency,
    customerId: payment.CustomerRef.value,
    method: payment.PaymentMethodRef?.name ?? null,
    reference: payment.PaymentRefNum ?? null,
    voided: payment.TotalAmt === 0 && /^Voided/.test(payment.PrivateNote ?? ''),
    stripePaymentId: payment.PrivateNote?.match(PAYMENT_MARK)?.[1] ?? null,
    appliesCredit: ENTRY_MARK.test(payment.PrivateNote ?? ''),
    creditMemos: linkedTo(payment, 'CreditMemo').map(({ id, amount }) => ({ id, amount: minor(amount, currency) })),
    allocations: linkedTo(payment, 'Invoice').map(({ id, amount }) => ({ quickbooksInvoiceId: id, amount: minor(amount, currency) })),
    updatedAt: new Date(payment.MetaData.LastUpdatedTime).toISOString(),
    url: `${app}/app/recvpayment?txnId=${payment.Id}`,
  };
}

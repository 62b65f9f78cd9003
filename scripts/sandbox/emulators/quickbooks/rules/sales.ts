import type { Draft, Entity, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { exactMinor, fromMinor, toHome, toMinor } from '../money.ts';
import { balanced } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/ledger.ts';
import { address, currencyOf, homeCurrency, named, resolve, transactionDate } from './context.ts';
import type { RuleContext } from './context.ts';
import { documentNumber } from './document-number.ts';
import { revenueOf, salesLines, salesTax } from './sales-lines.ts';
import { classOf, departmentOf } from './tracking.ts';
import { voidedNote } from './voiding.ts';

export interface SalesDraft {
  body: Draft;
  lineIds: number;
  customer: Entity | undefined;
  total: number;
}

const COPIED = [
  'CustomerMemo',
  'ShipMethodRef',
  'ShipDate',
  'TrackingNum',
  'GlobalTaxCalculation',
  'PrivateNote',
  'PaymentRefNum',
  'FreeFormAddress',
  'BillEmailCc',
  'BillEmailBcc',
];

/** What invoices, credit memos, sales receipts and refund receipts have in common. */
export function salesDraft(
  context: RuleContext,
  entity: TransactionName,
  input: Draft,
  current: Entity | undefined,
  options: { customerRequired: boolean },
): SalesDraft {
  const customerRef = input['CustomerRef'];
  if (options.customerRequired && refId(customerRef) === undefined) throw faults.missing('CustomerRef');
  const sameCustomer = refId(customerRef) === refId(current?.['CustomerRef']);
  const customer = resolve(context, 'Customer', customerRef, 'CustomerRef', sameCustomer);
  const owner = refId(customer?.['CurrencyRef']) ?? homeCurrency(context);
  const currency = currencyOf(context, input, owner, current);
  const date = transactionDate(context, input, current);
  const row = current ? context.books.row(entity, current.Id) : undefined;
  const { lines, subtotal, taxable, lineIds } = salesLines(context, input, current, row?.lineIds ?? 0);
  // The rule is public knowledge, its exact text is assumed.
  const refuseNegative = (amount: number) => {
    if (amount < 0) throw faults.business('The transaction total amount must be 0 or greater.');
  };
  refuseNegative(subtotal + (exactMinor((input['TxnTaxDetail'] as Draft | undefined)?.['TotalTax']) ?? 0));
  const { tax, detail: taxDetail } = salesTax(context, input, taxable);
  const total = subtotal + tax;
  refuseNegative(total);
  const ofClass = classOf(context, input['ClassRef'], 'transaction', current);
  const department = departmentOf(context, input['DepartmentRef'], current);
  const method = resolve(context, 'PaymentMethod', input['PaymentMethodRef'], 'PaymentMethodRef');
  const email = input['BillEmail'] as Draft | undefined;
  const emailStatus = String(input['EmailStatus'] ?? 'NotSet');
  if (emailStatus === 'NeedToSend' && !email?.['Address']) throw faults.missing('BillEmail');
  const copied = Object.fromEntries(
    COPIED.filter((name) => isGiven(input[name])).map((name) => [
      name,
      typeof input[name] === 'string' && name === 'CustomerMemo' ? { value: input[name] } : input[name],
    ]),
  );
  const number = documentNumber(context, entity, input, current);
  return {
    lineIds,
    customer,
    total,
    body: {
      CustomField: customFields(context, input),
      ...copied,
      ...(number === undefined ? {} : { DocNumber: number }),
      TxnDate: date,
      ...currency.members,
      ...(department ? { DepartmentRef: department } : {}),
      ...(ofClass ? { ClassRef: ofClass } : {}),
      LinkedTxn: (current?.['LinkedTxn'] as unknown[]) ?? [],
      Line: lines,
      ...optional('TxnTaxDetail', taxDetail),
      ...(customer ? { CustomerRef: named(customer) } : {}),
      ...optional('BillAddr', address(context, input['BillAddr']) ?? customer?.['BillAddr']),
      ...optional('ShipAddr', address(context, input['ShipAddr']) ?? customer?.['ShipAddr']),
      TotalAmt: fromMinor(total),
      ...(context.books.settings.multiCurrency ? { HomeTotalAmt: fromMinor(toHome(total, currency.rate)) } : {}),
      ApplyTaxAfterDiscount: input['ApplyTaxAfterDiscount'] === true,
      PrintStatus: input['PrintStatus'] ?? 'NeedToPrint',
      EmailStatus: emailStatus,
      ...optional('BillEmail', email?.['Address'] ? { Address: email['Address'] } : undefined),
      ...(method ? { PaymentMethodRef: named(method) } : {}),
    },
  };
}

/** What QuickBooks' own entry field takes; that the API refuses more, and with 2050, is assumed. */
const CUSTOM_FIELD_LENGTH = 31;

/** The company's custom fields with the values given; one without a value shows its definition, as recorded. */
function customFields(context: RuleContext, input: Draft): Draft[] {
  const given = (input['CustomField'] ?? []) as Draft[];
  const names = context.books.settings.customFields;
  const undefinedField = given.find(
    (field) => field['StringValue'] !== undefined && names[Number(field['DefinitionId']) - 1] === undefined,
  );
  if (undefinedField)
    throw faults.unsupported(`custom field ${String(undefinedField['DefinitionId'])}, which this company has not defined,`);
  for (const field of given) {
    const length = String(field['StringValue'] ?? '').length;
    if (length > CUSTOM_FIELD_LENGTH) throw faults.tooLong('CustomField.StringValue', CUSTOM_FIELD_LENGTH, length);
  }
  return names.map((Name, index) => {
    const DefinitionId = String(index + 1);
    const value = given.find((field) => String(field['DefinitionId']) === DefinitionId)?.['StringValue'];
    return { DefinitionId, Name, Type: 'StringType', ...(isGiven(value) ? { StringValue: String(value) } : {}) };
  });
}

const isGiven = (value: unknown) =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
const optional = (name: string, value: unknown): Draft => (value === undefined ? {} : { [name]: value });

/** The postings of a sale: `side` is debited with the total, the income accounts and sales tax are credited. `sign` -1 turns it round. */
export function salePostings(context: RuleContext, entity: Entity, side: { account: string; customer?: string }, sign: 1 | -1): Posting[] {
  const rate = entity['ExchangeRate'] ?? 1;
  const total = toMinor(entity['TotalAmt']);
  const tax = toMinor((entity['TxnTaxDetail'] as Draft | undefined)?.['TotalTax'] ?? 0);
  const posting = (account: string, amount: number): Posting => ({
    account,
    amount: amount === 0 ? 0 : sign * amount,
    home: amount === 0 ? 0 : sign * toHome(amount, rate),
  });
  return balanced([
    { ...side, ...posting(side.account, total) },
    ...revenueOf(context, entity['Line'] as never).map(({ account, amount, ofClass }) => ({
      ...posting(account, -amount),
      ...(ofClass === undefined ? {} : { dimensions: { class: ofClass } }),
    })),
    ...(tax === 0 ? [] : [posting(context.accounts.salesTaxPayable().Id, -tax)]),
  ]);
}

/** The body of a voided sale, as recorded for an invoice: amounts and quantities 0, the note says so. */
export function voidedSale(entity: Entity): Draft {
  const lines = (entity['Line'] as Draft[]).map((line) => {
    const sales = line['SalesItemLineDetail'] as Draft | undefined;
    return {
      ...line,
      ...(line['Amount'] === undefined ? {} : { Amount: 0 }),
      ...(sales ? { SalesItemLineDetail: { ...sales, ...(sales['Qty'] === undefined ? {} : { Qty: 0 }) } } : {}),
    };
  });
  return {
    ...entity,
    PrivateNote: voidedNote(entity['PrivateNote']),
    Line: lines,
    ...(entity['TxnTaxDetail'] ? { TxnTaxDetail: { ...(entity['TxnTaxDetail'] as Draft), TotalTax: 0, TaxLine: undefined } } : {}),
    TotalAmt: 0,
    ...(entity['HomeTotalAmt'] === undefined ? {} : { HomeTotalAmt: 0 }),
    Balance: 0,
    ...(entity['HomeBalance'] === undefined ? {} : { HomeBalance: 0 }),
    LinkedTxn: [],
  };
}

import type { Draft, Entity, Line } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { exactMinor, fromMinor, multiply, proportion, toMinor } from '../money.ts';
import type { RuleContext } from './context.ts';
import { amountOf, checkFine, named, refuseLost, resolve } from './context.ts';
import { classOf } from './tracking.ts';

/** The lines of a sales document as kept, and what they add up to. */
export interface SalesLines {
  lines: Line[];
  /** Hundredths; discounts already taken off. */
  subtotal: number;
  taxable: number;
  lineIds: number;
}

/** Reads and checks the lines. Item ids that `current` already uses may be inactive. */
export function salesLines(context: RuleContext, input: Draft, current: Entity | undefined, lastLineId: number): SalesLines {
  const given = input['Line'];
  if (!Array.isArray(given) || given.length === 0) throw faults.missing('Line');
  const before = new Map(((current?.['Line'] ?? []) as Line[]).map((line) => [line.Id, line]));
  const items = new Set([...before.values()].map((line) => refId((line['SalesItemLineDetail'] as Draft | undefined)?.['ItemRef'])));
  let lineIds = lastLineId;
  let subtotal = 0;
  let taxable = 0;
  let discount = 0;
  const lines: Line[] = [];

  for (const raw of given as Line[]) {
    const detailType = raw.DetailType;
    if (!detailType) throw faults.missing('Line.DetailType');
    // QuickBooks appends this line itself; clients send back what they read.
    if (detailType === 'SubTotalLineDetail') continue;
    const Id = raw.Id !== undefined && before.has(String(raw.Id)) ? String(raw.Id) : String(++lineIds);
    const head = { Id, LineNum: lines.length + 1, ...(raw.Description ? { Description: String(raw.Description) } : {}) };
    if (detailType === 'SalesItemLineDetail') {
      const line = salesItemLine(context, raw, items, current);
      subtotal += line.amount;
      if (line.taxCode === 'TAX') taxable += line.amount;
      lines.push({ ...head, Amount: fromMinor(line.amount), DetailType: detailType, SalesItemLineDetail: line.detail });
    } else if (detailType === 'DescriptionOnly') {
      lines.push({ ...head, DetailType: detailType, DescriptionLineDetail: (raw['DescriptionLineDetail'] as Draft) ?? {} });
    } else if (detailType === 'DiscountLineDetail') {
      const line = discountLine(context, raw, subtotal);
      discount += line.amount;
      lines.push({ ...head, Amount: fromMinor(line.amount), DetailType: detailType, DiscountLineDetail: line.detail });
    } else {
      throw faults.unsupported(`line of DetailType ${detailType}`);
    }
  }
  if (lines.length === 0) throw faults.missing('Line');
  lines.push({ Amount: fromMinor(subtotal), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} });
  return { lines, subtotal: subtotal - discount, taxable: Math.max(taxable - discount, 0), lineIds };
}

const LINE_MEMBERS = ['Id', 'LineNum', 'Description', 'Amount', 'DetailType', 'SalesItemLineDetail'];
/** ItemAccountRef is QuickBooks' own and only comes back. */
const DETAIL_MEMBERS = ['ItemRef', 'ClassRef', 'UnitPrice', 'Qty', 'TaxCodeRef', 'ServiceDate', 'ItemAccountRef'];

function salesItemLine(
  context: RuleContext,
  raw: Line,
  used: Set<string | undefined>,
  current: Entity | undefined,
): { amount: number; detail: Draft; taxCode: string } {
  const detail = (raw['SalesItemLineDetail'] ?? {}) as Draft;
  refuseLost(raw, LINE_MEMBERS, 'sales line');
  refuseLost(detail, DETAIL_MEMBERS, 'sales line');
  const amount = amountOf(raw.Amount, 'Line.Amount');
  const itemId = refId(detail['ItemRef']);
  // Documented: without an item QuickBooks keeps the text and ignores the amount. Nobody means that.
  if (itemId === undefined) throw faults.unsupported('sales item line without ItemRef');
  const item = resolve(context, 'Item', detail['ItemRef'], 'ItemRef', used.has(itemId))!;
  if (item['Type'] === 'Category')
    throw new QuickbooksFault('2500', 'Invalid Reference Id', `Invalid Reference Id : Items element id ${itemId} is a category`, {
      element: 'ItemRef',
    });
  const { Qty, UnitPrice } = detail;
  checkFine(Qty, 'Line.SalesItemLineDetail.Qty');
  checkFine(UnitPrice, 'Line.SalesItemLineDetail.UnitPrice');
  if (Qty !== undefined && UnitPrice !== undefined && multiply(Qty, UnitPrice) !== amount) throw faults.amountMismatch(raw.Amount);
  const taxCode = refId(detail['TaxCodeRef']) ?? 'NON';
  if (taxCode !== 'TAX' && taxCode !== 'NON')
    throw new QuickbooksFault(
      '6100',
      'Invalid Line TaxCode in the request',
      `Valid Line TaxCodes for US should be TAX or NON. Supplied value:${taxCode}`,
      { element: '' },
    );
  const ofClass = classOf(context, detail['ClassRef'], 'line', current);
  return {
    amount,
    taxCode,
    detail: {
      ...(detail['ServiceDate'] ? { ServiceDate: detail['ServiceDate'] } : {}),
      ItemRef: named(item),
      ...(ofClass ? { ClassRef: ofClass } : {}),
      ...(UnitPrice === undefined ? {} : { UnitPrice: Number(UnitPrice) }),
      ...(Qty === undefined ? {} : { Qty: Number(Qty) }),
      TaxCodeRef: { value: taxCode },
    },
  };
}

function discountLine(context: RuleContext, raw: Line, subtotal: number): { amount: number; detail: Draft } {
  const detail = (raw['DiscountLineDetail'] ?? {}) as Draft;
  const byPercent = detail['PercentBased'] === true || detail['PercentBased'] === 'true';
  const percent = exactMinor(detail['DiscountPercent']);
  if (byPercent && percent === undefined)
    throw new QuickbooksFault('6090', 'Discount Line missing required info.', 'Discount amount or percent should be provided.', {
      element: '',
    });
  const amount = byPercent ? proportion(subtotal, percent!, 10_000) : amountOf(raw.Amount, 'Line.Amount');
  const account = resolve(context, 'Account', detail['DiscountAccountRef'], 'DiscountAccountRef') ?? context.accounts.discountsGiven();
  return {
    amount,
    detail: { PercentBased: byPercent, ...(byPercent ? { DiscountPercent: fromMinor(percent!) } : {}), DiscountAccountRef: named(account) },
  };
}

/** The tax of a sales document: the explicit total, else a fixed rate named by TxnTaxCodeRef, else none. Tax is never invented. */
export function salesTax(context: RuleContext, input: Draft, taxable: number): { tax: number; detail: Draft | undefined } {
  const given = (input['TxnTaxDetail'] ?? {}) as Draft;
  // A recorded receipt of a company without sales tax has no such member.
  if (!context.books.settings.usingSalesTax) return { tax: 0, detail: undefined };
  const code = resolve(context, 'TaxCode', given['TxnTaxCodeRef'], 'TxnTaxCodeRef');
  const explicit =
    given['TotalTax'] === undefined || given['TotalTax'] === null ? undefined : amountOf(given['TotalTax'], 'TxnTaxDetail.TotalTax');
  if (explicit !== undefined && explicit !== 0 && taxable === 0) throw faults.unsupported('TotalTax on a document without a TAX line');
  // Automated sales tax would compute it from the addresses; here it must be told.
  if (context.books.settings.automatedSalesTax && explicit === undefined && taxable !== 0)
    throw faults.unsupported('taxable line without TotalTax under automated sales tax');
  if (code === undefined || taxable === 0) {
    const kept = code ? { TxnTaxCodeRef: { value: code.Id } } : {};
    return {
      tax: explicit ?? 0,
      detail: { ...kept, TotalTax: fromMinor(explicit ?? 0), ...(given['TaxLine'] ? { TaxLine: given['TaxLine'] } : {}) },
    };
  }
  const rateId = ((code['SalesTaxRateList'] as Draft)?.['TaxRateDetail'] as Draft[] | undefined)?.[0]?.['TaxRateRef'];
  const rate = resolve(context, 'TaxRate', rateId, 'TaxRateRef');
  const percent = Number(rate?.['RateValue'] ?? 0);
  const tax = explicit ?? multiply(fromMinor(taxable), percent / 100);
  const line = {
    Amount: fromMinor(tax),
    DetailType: 'TaxLineDetail',
    TaxLineDetail: {
      ...(rate ? { TaxRateRef: { value: rate.Id } } : {}),
      PercentBased: true,
      TaxPercent: percent,
      NetAmountTaxable: fromMinor(taxable),
    },
  };
  return { tax, detail: { TxnTaxCodeRef: { value: code.Id }, TotalTax: fromMinor(tax), TaxLine: [line] } };
}

/** Account id, hundredths and class of each line, as credits of a sale. */
export function revenueOf(context: RuleContext, lines: Line[]): { account: string; amount: number; ofClass?: string | undefined }[] {
  const result: ReturnType<typeof revenueOf> = [];
  for (const line of lines) {
    const sales = line['SalesItemLineDetail'] as Draft | undefined;
    const discount = line['DiscountLineDetail'] as Draft | undefined;
    const amount = toMinor(line.Amount ?? 0);
    if (amount === 0) continue;
    if (line.DetailType === 'SalesItemLineDetail') {
      const item = context.books.get('Item', refId(sales?.['ItemRef']) ?? '');
      const account = refId(item?.['IncomeAccountRef']);
      if (account === undefined) throw faults.business(`The item ${String(item?.['Name'])} has no income account.`);
      result.push({ account, amount, ofClass: refId(sales?.['ClassRef']) });
    } else if (line.DetailType === 'DiscountLineDetail') {
      result.push({ account: refId(discount?.['DiscountAccountRef'])!, amount: -amount });
    }
  }
  return result;
}

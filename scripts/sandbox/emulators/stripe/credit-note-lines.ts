import type { CreditNoteLine, Invoice, Item, LineTax } from './entities.ts';
import { invalid, notModelled } from './errors.ts';
import { newId } from './ids.ts';
import { itemOfLine } from './lines.ts';
import { mergeMetadata } from './metadata.ts';
import { lineAmount } from './totals.ts';
import { need } from './views.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

/** Lines of a credit note: parts of the invoice's lines, or free ones. */
export function readCreditLines(world: World, invoice: Invoice, given: Given[]): CreditNoteLine[] {
  return given.map((line, index) => {
    const at = `lines[${index}]`;
    if (line['tax_rates'] !== undefined && line['tax_rates'] !== '')
      throw notModelled('tax_rates on credit note lines', `${at}[tax_rates]`);
    return line['type'] === 'custom_line_item' ? customLine(world, line, at) : invoiceLine(world, invoice, line, at);
  });
}

function required<T>(line: Given, name: string, at: string): T {
  if (line[name] === undefined)
    throw invalid(`Missing required param: ${at}[${name}].`, { code: 'parameter_missing', param: `${at}[${name}]` });
  return line[name] as T;
}

function customLine(world: World, line: Given, at: string): CreditNoteLine {
  const quantity = required<number>(line, 'quantity', at);
  const price = (line['unit_amount_decimal'] as string | undefined) ?? String(required<number>(line, 'unit_amount', at));
  return {
    id: newId('cnli'),
    amount: lineAmount(String(quantity), price),
    description: required<string>(line, 'description', at),
    metadata: mergeMetadata({}, line['metadata']),
    quantity,
    taxes: givenTaxes(world, line, at) ?? [],
    type: 'custom_line_item',
    unit_amount_decimal: price,
  };
}

function invoiceLine(world: World, invoice: Invoice, line: Given, at: string): CreditNoteLine {
  const item = itemOfLine(world, invoice.id, required<string>(line, 'invoice_line_item', at), `${at}[invoice_line_item]`);
  if (item.discount_amounts?.length) throw notModelled('crediting single lines that are discounted', `${at}[invoice_line_item]`);
  const quantity = line['quantity'] as number | undefined;
  const given = line['amount'] as number | undefined;
  if ((quantity === undefined) === (given === undefined))
    throw invalid(`You must specify exactly one of ${at}[amount] and ${at}[quantity].`, { param: `${at}[amount]` });
  const amount = given ?? lineAmount(String(quantity), item.unit_amount_decimal);
  const earlier = creditedOf(world, invoice.id, item.line);
  const credited = earlier.reduce((sum, one) => sum + one.amount, 0);
  if (credited + amount > item.amount)
    throw invalid(`The credited amount (${credited + amount}) is greater than the amount of the invoice line item (${item.amount}).`, {
      param: `${at}[${given === undefined ? 'quantity' : 'amount'}]`,
    });
  return {
    id: newId('cnli'),
    amount,
    description: (line['description'] as string | undefined) ?? item.description,
    invoice_line_item: item.line,
    metadata: mergeMetadata({}, line['metadata']),
    quantity: quantity ?? null,
    taxes: givenTaxes(world, line, at) ?? shareOfTaxes(item, credited + amount, amount, earlier),
    type: 'invoice_line_item',
    unit_amount_decimal: quantity === undefined ? null : item.unit_amount_decimal,
  };
}

const creditedOf = (world: World, invoice: string, line: string): CreditNoteLine[] =>
  world.db.creditNotes
    .where({ invoice, status: 'issued' })
    .flatMap((note) => note.lines)
    .filter((one) => one.invoice_line_item === line);

/** The line's taxes in proportion; the last part takes what rounding left. */
function shareOfTaxes(item: Item, upTo: number, amount: number, earlier: CreditNoteLine[]): LineTax[] {
  if (item.amount === 0) return [];
  return item.taxes.map((tax) => {
    const before = earlier.flatMap((line) => line.taxes).filter((one) => one.tax_rate === tax.tax_rate);
    const already = before.reduce((sum, one) => sum + one.amount, 0);
    return { ...tax, amount: Math.round((tax.amount * upTo) / item.amount) - already, taxable_amount: amount };
  });
}

function givenTaxes(world: World, line: Given, at: string): LineTax[] | undefined {
  if (line['tax_amounts'] === undefined) return undefined;
  if (line['tax_amounts'] === '') return [];
  const taxes = line['tax_amounts'] as { amount: number; tax_rate: string; taxable_amount: number }[];
  return taxes.map(({ amount, tax_rate, taxable_amount }, index) => {
    const rate = need(world.db.taxRates, 'tax rate', tax_rate, `${at}[tax_amounts][${index}][tax_rate]`);
    return { amount, inclusive: rate.inclusive, tax_rate: rate.id, taxability_reason: 'not_available', taxable_amount };
  });
}

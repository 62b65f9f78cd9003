import { compare, decimal, fitsScale, parseDecimal } from '../decimal.ts';
import { isDay } from '../dates.ts';
import type { DraftLine } from '../draft.ts';
import { exceedsLeft, type LineLeft } from '../left-to-bill.ts';
import { lineAmount, netUnitPrice, PRICE_PLACES, QUANTITY_PLACES } from '../line-amount.ts';
import { parseLineKey } from '../line-key.ts';
import type { Problem } from '../problem.ts';
import type { PreflightContext } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

/** Stripe's add_lines and its invoices take at most this many. */
const MAXIMUM_LINES = 250;
/** Trueup_Invoice_Line__c.Description__c. */
const DESCRIPTION_LENGTH = 255;

/** Each included line by itself, against its source line and against what was billed before. */
export function checkLines(context: PreflightContext): Problem[] {
  const included = context.draft.lines.map((line, index) => ({ line, at: `lines[${index}]` })).filter(({ line }) => line.include);
  if (included.length === 0) return [problem('no-lines', 'lines')];
  if (included.length > MAXIMUM_LINES) return [problem('too-many-lines', 'lines', { count: included.length, limit: MAXIMUM_LINES })];
  const seen = new Set<string>();
  return [
    ...included.flatMap(({ line, at }) => {
      const twice = seen.has(line.lineKey);
      seen.add(line.lineKey);
      return twice ? [problem('line-key-duplicate', at)] : checkLine(context, line, at);
    }),
    ...context.left.orphans.map((orphan) =>
      problem('billed-line-gone', 'lines', { number: orphan.invoiceNumber ?? 'that is being issued', quantity: orphan.quantity }),
    ),
  ];
}

function checkLine(context: PreflightContext, line: DraftLine, at: string): Problem[] {
  const numbers = checkNumbers(context, line, at);
  return [...numbers, ...checkTexts(line, at), ...checkSource(context, line, at, numbers.length === 0)];
}

function checkNumbers(context: PreflightContext, line: DraftLine, at: string): Problem[] {
  const found: Problem[] = [];
  const quantity = parseDecimal(line.quantity);
  const price = parseDecimal(line.unitPrice);
  if (!quantity || !fitsScale(quantity, QUANTITY_PLACES))
    found.push(problem('quantity-invalid', `${at}.quantity`, { quantity: line.quantity }));
  if (!price || !fitsScale(price, PRICE_PLACES)) found.push(problem('price-invalid', `${at}.unitPrice`, { price: line.unitPrice }));
  if (found.length === 0 && lineAmount(line.quantity, line.unitPrice, context.source.source.currency) === null)
    found.push(problem('amount-too-large', at));
  return found;
}

function checkTexts(line: DraftLine, at: string): Problem[] {
  const found: Problem[] = [];
  if (line.description.trim() === '') found.push(problem('description-empty', `${at}.description`));
  if (line.description.length > DESCRIPTION_LENGTH)
    found.push(problem('description-too-long', `${at}.description`, { length: line.description.length, limit: DESCRIPTION_LENGTH }));
  if (line.serviceDate !== null && !isDay(line.serviceDate))
    found.push(problem('date-invalid', `${at}.serviceDate`, { date: line.serviceDate }));
  return found;
}

function checkSource(context: PreflightContext, line: DraftLine, at: string, numbersFine: boolean): Problem[] {
  const key = parseLineKey(line.lineKey);
  const taken = context.source.earlierLines.find((earlier) => earlier.lineKey === line.lineKey);
  if (taken) return [problem('line-already-billed', at, { number: taken.invoiceNumber ?? 'that is being issued' })];
  if (key?.kind === 'free' && line.sourceLineId === null) return [];
  const left = context.left.lines.find((each) => each.line.id === line.sourceLineId);
  if (!left || line.lineKey !== left.nextKey || line.productId !== left.line.productId) return [problem('line-changed', at)];
  return numbersFine ? [...checkQuantity(left, line, at), ...checkPrice(context, left, line, at)] : [];
}

function checkQuantity(left: LineLeft, line: DraftLine, at: string): Problem[] {
  return exceedsLeft(line.quantity, left.left, left.line.quantity)
    ? [problem('quantity-above-left', `${at}.quantity`, { left: left.left, ordered: left.line.quantity })]
    : [];
}

function checkPrice(context: PreflightContext, left: LineLeft, line: DraftLine, at: string): Problem[] {
  const price = netUnitPrice(left.line.unitPrice, left.line.discountPercent);
  const changed = compare(decimal(price), decimal(line.unitPrice)) !== 0;
  return changed && !context.source.rights.editPrice ? [problem('price-not-yours', `${at}.unitPrice`, { price })] : [];
}

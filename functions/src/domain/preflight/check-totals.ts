import { maximumCharge, minimumCharge } from '../currency.ts';
import { compare, decimal, parseDecimal } from '../decimal.ts';
import type { OrderLine } from '../invoice.ts';
import { isTooFine, netUnitPrice } from '../line-amount.ts';
import { moneyText, sum } from '../money.ts';
import type { Problem } from '../problem.ts';
import type { SourceRead } from '../source.ts';
import type { PreflightContext } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

/** Amounts that a system cannot hold or charge. */
export function checkTotals({ source, draft, lines }: PreflightContext): Problem[] {
  const { currency } = source.source;
  const show = (minor: number) => moneyText(minor, currency).display;
  const found: Problem[] = [];
  for (const line of lines) {
    const at = `lines[${draft.lines.findIndex((each) => each.lineKey === line.lineKey)}]`;
    const price = agreedPrice(source, line);
    if (isTooFine(price, line.quantity, line.unitPrice, currency))
      found.push(problem('amount-too-fine', `${at}.unitPrice`, { price: `${price} ${currency}` }));
    if (line.amount < 0 && source.company.taxEngine === 'Stripe Tax') found.push(problem('negative-line-with-stripe-tax', at));
  }
  const total = sum(lines.flatMap((line) => [line.amount, line.tax]));
  const minimum = minimumCharge(currency);
  const maximum = maximumCharge(currency);
  if (total < 0) found.push(problem('total-negative', 'lines', { total: show(total) }));
  if (total > 0 && total < minimum) found.push(problem('below-minimum-charge', 'lines', { total: show(total), minimum: show(minimum) }));
  if (total > maximum) found.push(problem('above-maximum-charge', 'lines', { total: show(total), maximum: show(maximum) }));
  return found;
}

/** The price people agreed on: the source line's before its discount, unless the draft has another one. */
function agreedPrice({ lines }: SourceRead, { sourceLineId, unitPrice }: OrderLine): string {
  const sold = lines.find((each) => each.id === sourceLineId);
  const net = sold && parseDecimal(unitPrice) && netUnitPrice(sold.unitPrice, sold.discountPercent);
  return sold && net && compare(decimal(net), decimal(unitPrice)) === 0 ? sold.unitPrice : unitPrice;
}

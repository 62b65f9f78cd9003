import { minimumCharge, smallestStep } from '../currency.ts';
import { moneyText, sum } from '../money.ts';
import type { Problem } from '../problem.ts';
import type { PreflightContext } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

/** Amounts that a system cannot hold or charge. */
export function checkTotals({ source, draft, lines }: PreflightContext): Problem[] {
  const { currency } = source.source;
  const show = (minor: number) => moneyText(minor, currency).display;
  const step = smallestStep(currency);
  const found: Problem[] = [];
  for (const line of lines) {
    const at = `lines[${draft.lines.findIndex((each) => each.lineKey === line.lineKey)}]`;
    if (line.amount % step !== 0 || line.tax % step !== 0)
      found.push(problem('amount-too-fine', `${at}.unitPrice`, { amount: show(line.amount % step !== 0 ? line.amount : line.tax) }));
    if (line.amount < 0 && source.company.taxEngine === 'Stripe Tax') found.push(problem('negative-line-with-stripe-tax', at));
  }
  const total = sum(lines.flatMap((line) => [line.amount, line.tax]));
  const minimum = minimumCharge(currency);
  if (total < 0) found.push(problem('total-negative', 'lines', { total: show(total) }));
  if (total > 0 && total < minimum) found.push(problem('below-minimum-charge', 'lines', { total: show(total), minimum: show(minimum) }));
  return found;
}

import type { Problem } from '../problem.ts';
import { checkLedger, checkOrg, checkStripe } from './check-books.ts';
import { checkHeader } from './check-header.ts';
import { checkLines } from './check-lines.ts';
import { checkRights } from './check-rights.ts';
import { checkTotals } from './check-totals.ts';
import type { PreflightContext } from './context.ts';

/** All that can be known to be refused, before anything is sent. Empty of errors: both systems will take the invoice. */
export function preflight(context: PreflightContext): Problem[] {
  const rights = checkRights(context.source);
  if (rights.some((each) => each.code === 'no-access')) return rights;
  return [
    ...rights,
    ...checkOrg(context),
    ...checkHeader(context),
    ...checkLines(context),
    ...checkTotals(context),
    ...checkStripe(context.books, context.stripe),
    ...checkLedger(context.books, context.ledger),
    ...context.ofMapping,
  ];
}

export const blocks = (problems: readonly Problem[]): boolean => problems.some((problem) => problem.severity === 'error');

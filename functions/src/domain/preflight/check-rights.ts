import { compare, decimal, parseDecimal } from '../decimal.ts';
import type { Problem } from '../problem.ts';
import type { SourceRead } from '../source.ts';
import { preflightProblem as problem } from './problems.ts';

/** May this person bill this record for this company? */
export function checkRights({ rights, company }: SourceRead): Problem[] {
  const found: Problem[] = [];
  if (!rights.canRead) return [problem('no-access', null)];
  if (!rights.canEdit) found.push(problem('no-edit-access', null));
  if (!rights.issueInvoice) found.push(problem('no-right-to-issue', null));
  if (!company.active || !company.connected) found.push(problem('company-not-connected', null, { company: company.name }));
  if (company.taxEngine === 'Salesforce Rate' && !isRate(company.taxRate))
    found.push(problem('tax-rate-missing', null, { company: company.name }));
  if (!/^[A-Za-z0-9-]{0,10}$/.test(company.numberPrefix))
    found.push(problem('number-prefix-invalid', null, { prefix: company.numberPrefix }));
  return found;
}

/** 0 to 100 percent; without one, an invoice would silently go out without tax. */
function isRate(rate: string | null): boolean {
  const value = rate === null ? null : parseDecimal(rate);
  return value !== null && compare(value, decimal('0')) >= 0 && compare(value, decimal('100')) <= 0;
}

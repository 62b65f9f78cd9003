import type { Draft } from '../entities.ts';
import { faults } from '../errors.ts';
import { agedReceivables } from '../reports/aged-receivables.ts';
import { profitAndLoss } from '../reports/profit-and-loss.ts';
import type { ReportSource } from '../reports/report.ts';
import { trialBalance } from '../reports/trial-balance.ts';
import type { Call, Reply } from './call.ts';

const DATES = ['start_date', 'end_date', 'date_macro', 'accounting_method'];
const REPORTS: Record<string, { make(source: ReportSource): Draft; parameters: string[] }> = {
  TrialBalance: { make: trialBalance, parameters: DATES },
  ProfitAndLoss: { make: profitAndLoss, parameters: [...DATES, 'customer', 'class', 'department', 'summarize_column_by'] },
  AgedReceivables: { make: agedReceivables, parameters: ['date_macro', 'report_date', 'aging_method', 'customer', 'department'] },
};
/** Said on every request. */
const EVERYWHERE = ['minorversion', 'format'];

/** `GET /reports/<name>`. A parameter that would change the figures and is not modelled is refused. */
export function reportRoute(call: Call): Reply | undefined {
  const [, name = '', ...rest] = call.segments;
  if (rest.length > 0 || name === '') return undefined;
  const report = REPORTS[name];
  if (!report) throw faults.unsupported(`report ${name}`);
  const unknown = Object.keys(call.query).find((each) => !report.parameters.includes(each) && !EVERYWHERE.includes(each));
  if (unknown !== undefined) throw faults.unsupported(`report ${name} with ${unknown}`);
  const basis = call.query['accounting_method'] ?? 'Accrual';
  if (basis !== 'Accrual') throw faults.unsupported(`report on ${basis} basis`);
  const { books, ledger, applications } = call.context();
  // Recorded: a report comes without a time of its own.
  return { body: report.make({ books, ledger, applications, query: call.query, now: call.now }), isTimeless: true };
}

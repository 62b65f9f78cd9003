import { type Budget, type BudgetStep, type MonthlyBudget, budgetFrom, monthlyBudget, percentOf, stepOf } from '../../domain/budget.ts';
import { instantText } from '../../domain/dates.ts';
import { number } from '../../domain/first-load/report.ts';
import type { Feeds } from '../../ports/feeds.ts';
import type { CompanyBudgets, SyncIssueWrite } from '../../ports/records.ts';

const FIX: Record<'quickbooks' | 'salesforce', Record<BudgetStep, string>> = {
  quickbooks: {
    enough: 'Nothing to do.',
    'look-ahead':
      "Full compares and a first load use most reads: put off until next month what can wait. If it comes to this each month, take a larger tier of Intuit's App Partner Program and set QUICKBOOKS_MONTHLY_READS to what it allows. The limit is one for all apps of your Intuit workspace: the API usage chart of Intuit's developer portal shows all of them, and its count is the one that holds.",
    act: "Start no full compare and no first load in this month, pause one that runs, and switch off the flow Trueup Weekly Full Compare until the next. If that is not enough, take a larger tier of Intuit's App Partner Program now, and set QUICKBOOKS_MONTHLY_READS to what it allows. Look at the API usage chart of Intuit's developer portal too: the limit is one for all apps of your Intuit workspace.",
  },
  salesforce: {
    enough: 'Nothing to do.',
    'look-ahead':
      'All integrations of the org use the same calls: the report API Usage Last 7 Days in Setup shows who makes them. Put off what can wait; a first load rests by itself when a tenth is left. More calls can be bought from Salesforce.',
    act: 'Stop what can wait in the integrations that make most calls (the report API Usage Last 7 Days in Setup shows them). A first load rests by itself when a tenth is left. The calls come back little by little, each 24 hours after it was made; if it comes to this again, buy more from Salesforce.',
  },
};

/** What is used of what each system allows. Stripe has no such limit, only a rate. */
export async function readBudgets({ allowances }: Pick<Feeds, 'allowances'>, now: number): Promise<CompanyBudgets> {
  const { allowed, days } = await allowances.quickbooksReads(budgetFrom(now));
  return { quickbooks: monthlyBudget(days, allowed, now), salesforce: allowances.salesforceCalls() };
}

/** What is to be said of each; `open` tells whether something was said before, which is then taken back. */
export async function budgetIssues(
  companyKey: string,
  { quickbooks, salesforce }: CompanyBudgets,
  open: (key: string) => Promise<boolean>,
): Promise<SyncIssueWrite[]> {
  const all = [
    { system: 'quickbooks' as const, budget: quickbooks, message: aboutReads(quickbooks) },
    ...(salesforce ? [{ system: 'salesforce' as const, budget: salesforce, message: aboutCalls(salesforce) }] : []),
  ];
  const issues: SyncIssueWrite[] = [];
  for (const { system, budget, message } of all) {
    const key = `${companyKey}.budget.${system}`;
    const step = stepOf(budget);
    if (step === 'enough' && !(await open(key))) continue;
    const resolved = step === 'enough';
    issues.push({ key, cause: 'Calls Running Out', invoiceId: null, recordId: null, message, fix: FIX[system][step], resolved });
  }
  return issues;
}

const usedText = (budget: Budget): string => `${number(budget.used)} of ${number(budget.allowed)} (${percentOf(budget)} %)`;

function aboutReads(budget: MonthlyBudget): string {
  const said = `${usedText(budget)} of this month's reads of QuickBooks are used.${forecastOf(budget)}`;
  return stepOf(budget) === 'act'
    ? `${said} Once all are used QuickBooks answers no read until next month, and shows the app as Offline to its users: payments in QuickBooks and changes there then reach Salesforce late, and invoices that need a look into QuickBooks wait.`
    : said;
}

function forecastOf({ used, allowed, asOf, lastsUntil }: MonthlyBudget): string {
  if (used >= allowed || lastsUntil === null) return '';
  return lastsUntil.slice(0, 7) === asOf.slice(0, 7)
    ? ` At the pace of the last days they last until ${lastsUntil}.`
    : ' At the pace of the last days they are enough for this month.';
}

function aboutCalls(budget: Budget): string {
  const said = `${usedText(budget)} of the calls that Salesforce allows in 24 hours are used, as of ${instantText(budget.asOf)}.`;
  return stepOf(budget) === 'act'
    ? `${said} Once all are used Salesforce refuses calls: invoices and payments then wait, and go on by themselves.`
    : said;
}

import type { DifferenceCause } from '../../domain/find-differences.ts';
import { addDays } from '../../domain/dates.ts';
import { passesByItself, rejected, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { BooksOf, Entered } from './enter.ts';

export interface Finding {
  /** Stable: the same finding is one issue, however often it is found. */
  key: string;
  cause: DifferenceCause;
  message: string;
  fix: string;
  /** Told once, since it is done with then; else as long as it is so. */
  once: boolean;
}

/** Gathers what entries came to: how many were made, what waits for QuickBooks, what waits for a person. */
export interface Findings {
  readonly found: Finding[];
  readonly booked: number;
  /** Keys of the attempts that succeeded: whatever was in their way is gone. */
  readonly made: string[];
  /** Looked for, and not so: over, if they were ever told. */
  readonly over: Finding[];
  /** QuickBooks could not be told for the moment: the same is tried again. */
  readonly pending: Failure | null;
  add(finding: Finding): void;
  /** A finding that is told as long as it is so. */
  watch(isSo: boolean, finding: Omit<Finding, 'once'>): void;
  /** Null when the entry was not made. `into` null: QuickBooks is down. */
  attempt<Books extends BooksOf>(
    into: Outcome<Books> | null,
    key: string,
    act: (books: Books) => Promise<Outcome<Entered>>,
  ): Promise<Entered | null>;
  attemptAll<Books extends BooksOf>(
    into: Outcome<Books> | null,
    key: string,
    act: (books: Books) => Promise<Outcome<Entered[]>>,
  ): Promise<Entered[] | null>;
  issueOf(finding: Omit<Finding, 'once'>): SyncIssueWrite;
}

/** @param invoiceId the invoice it is all about; null for money of the account as a whole */
export function createFindings(invoiceId: string | null): Findings {
  const found: Finding[] = [];
  const over: Finding[] = [];
  const made: string[] = [];
  let booked = 0;
  let pending: Failure | null = null;

  const attemptAll: Findings['attemptAll'] = async (into, key, act) => {
    if (into === null) return null;
    const outcome = into.outcome === 'done' ? await act(into.value) : into;
    if (outcome.outcome === 'done') {
      booked += outcome.value.filter((entered) => entered.fresh).length;
      made.push(key);
      return outcome.value;
    }
    if (passesByItself(outcome) || outcome.outcome === 'unauthorized') pending = outcome;
    else found.push(waiting(key, outcome, into.outcome === 'done' ? into.value.reference.closingDate : null));
    return null;
  };
  return {
    found,
    made,
    over,
    get booked() {
      return booked;
    },
    get pending() {
      return pending;
    },
    add: (finding) => void found.push(finding),
    watch: (isSo, finding) => void (isSo ? found : over).push({ ...finding, once: false }),
    attemptAll,
    async attempt(into, key, act) {
      const entered = await attemptAll(into, key, async (books) => {
        const outcome = await act(books);
        return outcome.outcome === 'done' ? { outcome: 'done', value: [outcome.value] } : outcome;
      });
      return entered?.[0] ?? null;
    },
    issueOf: ({ key, cause, message, fix }) => ({ key, cause, message, fix, invoiceId, recordId: invoiceId }),
  };
}

/** What may be in the way of an entry, by the end of the finding's key. */
const IN_THE_WAY = { 'account-missing': 'Account Missing', 'books-closed': 'Books Closed', 'not-booked': 'Not Booked' } as const;

/** The findings that an entry may have had before it was made, as they read once they are over. */
export const whenMade = (key: string): Omit<Finding, 'once'>[] =>
  Object.entries(IN_THE_WAY).map(([end, cause]) => ({
    key: `${key}.${end}`,
    cause,
    message: 'What was in the way is gone: the entry was made.',
    fix: 'Nothing to do.',
  }));

/** An entry that cannot be made as things stand: why, and what makes it possible. It is tried again at each sync. */
function waiting(key: string, { problem }: Failure, closingDate: string | null): Finding {
  const finding = (end: keyof typeof IN_THE_WAY, message: string, fix: string): Finding => ({
    key: `${key}.${end}`,
    cause: IN_THE_WAY[end],
    message,
    fix,
    once: false,
  });
  switch (problem.code) {
    case 'account-missing':
      return finding('account-missing', problem.message, problem.action);
    case 'quickbooks-closed-period':
      return finding(
        'books-closed',
        `The entry for ${key} falls in a period that is closed in QuickBooks and waits.`,
        `Ask the accountant to open the period, or to enter it by hand on the first open day${closingDate ? `, ${addDays(closingDate, 1)}` : ''}.`,
      );
    default:
      return finding('not-booked', problem.message, problem.action);
  }
}

export const notBooked = (why: string): Failure =>
  rejected({
    code: 'not-booked',
    severity: 'error',
    message: `${why}, so what Stripe did with its money is not booked.`,
    action: 'Ask the accountant to enter it by hand, or to restore the invoice; the next sync tries again.',
  });

import { addDays } from './dates.ts';

/** Payment terms as the panel offers them; `termId` is QuickBooks' where it has the same. */
export interface Terms {
  value: string;
  label: string;
  days: number;
  termId: string | null;
}

const BUILT_IN: Terms[] = [
  { value: 'Due on receipt', label: 'Due on receipt', days: 0, termId: null },
  { value: 'Net 15', label: 'Net 15', days: 15, termId: null },
  { value: 'Net 30', label: 'Net 30', days: 30, termId: null },
  { value: 'Net 60', label: 'Net 60', days: 60, termId: null },
];

/** QuickBooks' active day-count terms, and the usual ones it lacks, by days. */
export function offeredTerms(ledger: readonly { id: string; name: string; dueDays: number | null; active: boolean }[]): Terms[] {
  const theirs = ledger.flatMap((term) =>
    term.active && term.dueDays !== null ? [{ value: term.name, label: term.name, days: term.dueDays, termId: term.id }] : [],
  );
  const missing = BUILT_IN.filter((term) => !theirs.some((their) => their.value.toLowerCase() === term.value.toLowerCase()));
  return [...theirs, ...missing].sort((a, b) => a.days - b.days || a.label.localeCompare(b.label));
}

export function findTerms(offered: readonly Terms[], value: string): Terms | undefined {
  return offered.find((term) => term.value.toLowerCase() === value.toLowerCase());
}

/** Both days are the company's. */
export function dueDate(invoiceDate: string, terms: Terms): string {
  return addDays(invoiceDate, terms.days);
}

import type { InvoiceNumbers } from '../../ports/invoice-numbers.ts';
import type { Faults } from './faults.ts';

export interface MemoryNumbers extends InvoiceNumbers {
  gaps: { number: string; reason: string }[];
  /** Every number given, by operation and attempt. */
  readonly given: ReadonlyMap<string, string>;
}

/** QuickBooks holds at most 21 characters. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/invoice */
const LONGEST = 21;

export function createInvoiceNumbers(faults: Pick<Faults, 'plain'>): MemoryNumbers {
  const given = new Map<string, string>();
  const counters = new Map<string, number>();
  const gaps: { number: string; reason: string }[] = [];
  const note = (number: string, reason: string): void => {
    if (!gaps.some((gap) => gap.number === number)) gaps.push({ number, reason });
  };
  return {
    gaps,
    given,
    give: ({ companyKey, prefix, operationKey, attempt }) =>
      faults.plain('numbers.give', () => {
        const key = `${companyKey} ${operationKey}#${attempt}`;
        const held = given.get(key);
        if (held) return held;
        const counter = `${companyKey}:${prefix}`;
        const next = (counters.get(counter) ?? 0) + 1;
        const number = `${prefix}${String(next).padStart(6, '0')}`;
        if (number.length > LONGEST)
          throw new Error(`the number prefix ${prefix} leaves no room: invoice numbers have at most ${LONGEST} characters`);
        counters.set(counter, next);
        given.set(key, number);
        return number;
      }),
    recordGap: (_companyKey, number, reason) =>
      faults.plain('numbers.recordGap', () => {
        if ([...given.values()].includes(number)) note(number, reason);
      }),
    recordGaps: (companyKey, operationKey, reason) =>
      faults.plain('numbers.recordGaps', () => {
        for (const [key, number] of given) if (key.startsWith(`${companyKey} ${operationKey}#`)) note(number, reason);
      }),
    isGap: (_companyKey, number) => faults.plain('numbers.isGap', () => gaps.some((gap) => gap.number === number)),
  };
}

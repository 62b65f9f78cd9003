import type { InvoiceNumbers } from '../../ports/invoice-numbers.ts';
import type { Faults } from './faults.ts';

export function createInvoiceNumbers(faults: Faults): InvoiceNumbers & { gaps: { number: string; reason: string }[] } {
  const given = new Map<string, string>();
  const counters = new Map<string, number>();
  const gaps: { number: string; reason: string }[] = [];
  return {
    gaps,
    give: ({ companyKey, prefix, operationKey, attempt }) =>
      faults.plain('numbers.give', () => {
        const key = `${operationKey}#${attempt}`;
        const held = given.get(key);
        if (held) return held;
        const counter = `${companyKey}:${prefix}`;
        const next = (counters.get(counter) ?? 0) + 1;
        counters.set(counter, next);
        const number = `${prefix}${String(next).padStart(6, '0')}`;
        given.set(key, number);
        return number;
      }),
    recordGap: (_companyKey, number, reason) =>
      faults.plain('numbers.recordGap', () => {
        if (!gaps.some((gap) => gap.number === number)) gaps.push({ number, reason });
      }),
  };
}

import { dayIn } from '../soql/dates.ts';

/** `INV-{YYYY}-{000000}` with a number. Source: help.salesforce.com, "Auto-Number Field Format". */
export function autoNumberText(format: string, number: number, now: number, timeZone: string): string {
  const [year = '', month = '', day = ''] = dayIn(now, timeZone).split('-');
  return format
    .replaceAll('{YYYY}', year)
    .replaceAll('{YY}', year.slice(2))
    .replaceAll('{MM}', month)
    .replaceAll('{DD}', day)
    .replace(/\{(0+)\}/, (_all, zeros: string) => String(number).padStart(zeros.length, '0'));
}

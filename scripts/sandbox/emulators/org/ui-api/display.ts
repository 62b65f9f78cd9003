import type { OrgField } from '../schema/model.ts';

/** Locale facts that decide how values are written for people. */
export interface DisplayContext {
  timeZone: string;
  /** Code of the record's currency. */
  currency: string;
  multiCurrency: boolean;
}

/** Text of a value as UI API gives it; null where the value speaks for itself. Recorded: dates, currencies, picklists. */
export function displayValue(field: OrgField, value: unknown, context: DisplayContext): string | null {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'currency':
      return money(Number(value), field.scale ?? 2, context);
    case 'double':
    case 'int':
      return new Intl.NumberFormat('en-US', { minimumFractionDigits: field.scale ?? 0, maximumFractionDigits: field.scale ?? 0 }).format(
        Number(value),
      );
    case 'percent':
      return `${new Intl.NumberFormat('en-US', { minimumFractionDigits: field.scale ?? 0, maximumFractionDigits: field.scale ?? 0 }).format(Number(value))}%`;
    case 'date': {
      const [year, month, day] = String(value as string)
        .split('-')
        .map(Number);
      return `${String(month)}/${String(day)}/${String(year)}`;
    }
    case 'datetime':
      return new Intl.DateTimeFormat('en-US', { timeZone: context.timeZone, dateStyle: 'short', timeStyle: 'short' })
        .format(Date.parse(String(value as string)))
        .replace(',', '')
        .replace(/ /g, ' ')
        .replace(/\/(\d\d) /, '/20$1 ');
    case 'picklist':
      return field.picklist?.find((one) => one.value === value)?.label ?? String(value as string);
    default:
      return null;
  }
}

/** `$1,234.50`, or `USD 1,234.50` where several currencies are in use. */
function money(value: number, scale: number, { currency, multiCurrency }: DisplayContext): string {
  const digits = new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? scale;
  const places = { minimumFractionDigits: Math.min(digits, 20), maximumFractionDigits: Math.max(digits, Math.min(scale, digits)) };
  if (multiCurrency) return `${currency} ${new Intl.NumberFormat('en-US', places).format(value)}`;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...places }).format(value);
}

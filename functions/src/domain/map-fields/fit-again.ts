import type { Problem } from '../problem.ts';
import { fitValue, isMisfit } from './fit-value.ts';
import { isOfQuickBooks, TARGET_OBJECTS, type TargetObject } from './mapping.ts';
import type { HeaderTarget, MappedValue, MappedValues } from './mapped-values.ts';
import { findTarget, nameIn, type TargetField } from './target.ts';

const HEADERS = TARGET_OBJECTS.filter((object): object is HeaderTarget => isOfQuickBooks(object) && object !== 'QuickBooks Invoice Line');

export const goesToQuickBooks = ({ header, lines }: MappedValues): boolean =>
  Object.keys(lines).length > 0 || HEADERS.some((object) => (header[object]?.length ?? 0) > 0);

/** The values of an invoice that was accepted while QuickBooks could not be asked, now that it can: with ids, or why not. */
export function fitAgain(
  mapped: MappedValues,
  fields: readonly TargetField[],
  timeZone: string,
): { mapped: MappedValues; problems: Problem[] } {
  const problems: Problem[] = [];
  const fitAll = (object: TargetObject, values: readonly MappedValue[]): MappedValue[] =>
    values.map((each) => {
      const target = findTarget(fields, object, each.field);
      const fitted = target?.writable
        ? fitValue(target, each.value, timeZone)
        : { fault: 'unknown' as const, what: target?.reason ?? 'has nowhere to go: there is no such field' };
      if (!isMisfit(fitted)) return { field: target ? nameIn(target, each.field) : each.field, ...fitted };
      problems.push({
        code: `mapped-value-${fitted.fault === 'ambiguous' ? 'unknown' : fitted.fault}`,
        severity: 'error',
        message: `"${each.value}" for ${target?.label ?? each.field} of the ${object} ${fitted.what}.`,
        action: 'Ask a billing administrator to correct the mapping or the list in QuickBooks, then try again.',
      });
      return each;
    });
  const header = { ...mapped.header };
  for (const object of HEADERS) if (header[object]) header[object] = fitAll(object, header[object]);
  const lines = Object.fromEntries(Object.entries(mapped.lines).map(([key, values]) => [key, fitAll('QuickBooks Invoice Line', values)]));
  return { mapped: { header, lines }, problems };
}

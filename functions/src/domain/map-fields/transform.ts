import { dayInZone, isDay } from '../dates.ts';
import { formatDecimal, parseDecimal, roundTo } from '../decimal.ts';
import type { FieldMapping } from './mapping.ts';

/** What went wrong, in words that follow "The value ...". */
export type Transformed = { text: string } | { fault: 'unmapped' | 'wrong-type' | 'argument' | 'value-map'; what: string };

const DATE_PATTERN = /^(?:yyyy|MM|dd|[.\-/ ])+$/;
/** Salesforce's date-times in JSON: `2026-11-30T10:00:00.000+0000`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/;

/** The text after the mapping's transform. `timeZone`: where an instant becomes a day. */
export function transform(mapping: FieldMapping, value: string, timeZone: string): Transformed {
  const fault = settingsFault(mapping);
  if (fault) return { fault: fault.at, what: fault.at === 'argument' ? `needs ${fault.what}` : 'is to be looked up in a map that is none' };
  const { argument, valueMap } = mapping;
  switch (mapping.transform) {
    case 'None':
      return { text: value };
    case 'Upper Case':
      return { text: value.toUpperCase() };
    case 'Lower Case':
      return { text: value.toLowerCase() };
    case 'Trim':
      return { text: value.trim() };
    case 'First Characters':
      return firstCharacters(value, argument);
    case 'Date':
      return asDate(value, argument, timeZone);
    case 'Number':
      return asNumber(value, argument);
    case 'Yes or No':
      return yesOrNo(value, argument);
    case 'Value Map':
      return lookUp(value, valueMap);
  }
}

/** What is wrong with the transform's own settings; null when nothing is. */
export function settingsFault({ transform: how, argument, valueMap }: FieldMapping): { at: 'argument' | 'value-map'; what: string } | null {
  const given = argument ?? '';
  const wrong = (what: string) => ({ at: 'argument' as const, what });
  if (how === 'First Characters' && !/^[1-9]\d{0,3}$/.test(given)) return wrong('how many characters, such as 31');
  if (how === 'Date' && given !== '' && !DATE_PATTERN.test(given)) return wrong('a pattern of yyyy, MM and dd, such as dd.MM.yyyy');
  if (how === 'Number' && given !== '' && !/^\d$/.test(given)) return wrong('the number of decimal places, 0 to 9');
  if (how === 'Yes or No' && given !== '' && given.split('/').filter((word) => word.trim() !== '').length !== 2)
    return wrong('two words with a slash between, such as Yes/No');
  return how === 'Value Map' && readValueMap(valueMap) === null ? { at: 'value-map', what: 'a JSON object of texts' } : null;
}

export function readValueMap(json: string | null): Map<string, string> | null {
  try {
    const read = JSON.parse(json ?? '') as unknown;
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
    const pairs = Object.entries(read);
    return pairs.every(([, to]) => typeof to === 'string') ? new Map(pairs as [string, string][]) : null;
  } catch {
    return null;
  }
}

function firstCharacters(value: string, argument: string | null): Transformed {
  // By character as people count, so that no emoji is torn in two.
  return { text: [...value].slice(0, Number(argument)).join('') };
}

/** A calendar day as QuickBooks and we write it; an instant becomes the day it is in the company's time zone. */
export function dayOf(value: string, timeZone: string): string | null {
  if (isDay(value)) return value;
  return INSTANT.test(value) ? dayInZone(Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')), timeZone) : null;
}

function asDate(value: string, pattern: string | null, timeZone: string): Transformed {
  const day = dayOf(value, timeZone);
  if (day === null) return { fault: 'wrong-type', what: 'is no date' };
  const [year = '', month = '', date = ''] = day.split('-');
  return { text: (pattern || 'yyyy-MM-dd').replaceAll('yyyy', year).replaceAll('MM', month).replaceAll('dd', date) };
}

function asNumber(value: string, places: string | null): Transformed {
  const number = parseDecimal(value);
  if (!number) return { fault: 'wrong-type', what: 'is no number' };
  return { text: places ? formatDecimal(roundTo(number, Number(places)), Number(places)) : formatDecimal(number) };
}

function yesOrNo(value: string, words: string | null): Transformed {
  const [yes, no] = (words || 'Yes/No').split('/').map((word) => word.trim());
  if (value === 'true') return { text: yes ?? '' };
  return value === 'false' ? { text: no ?? '' } : { fault: 'wrong-type', what: 'is neither true nor false' };
}

function lookUp(value: string, json: string | null): Transformed {
  const to = readValueMap(json)?.get(value);
  return to === undefined ? { fault: 'unmapped', what: 'is not in the value map' } : { text: to };
}

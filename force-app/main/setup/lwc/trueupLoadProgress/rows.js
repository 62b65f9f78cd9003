import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL, OBJECT } from './labels';

export const number = (value) => new Intl.NumberFormat(LOCALE).format(value);

/** One row per object. An estimate can be exceeded: a bar is full only once the object is done. */
export function rowsOf(objects) {
  return objects.map(({ object, state, expected, estimated, read, written, unchanged, waiting, refused }) => {
    const percent = percentOf(state, read, expected);
    return {
      key: object,
      label: OBJECT[object],
      expected: estimated ? formatLabel(LABEL.estimated, number(expected)) : number(expected),
      read: number(read),
      written: number(written),
      unchanged: number(unchanged),
      waiting: number(waiting),
      refused: number(refused),
      percent,
      width: `width: ${percent}%`,
      says: formatLabel(LABEL.progressOf, OBJECT[object], number(read)),
    };
  });
}

function percentOf(state, read, expected) {
  if (state === 'done') {
    return 100;
  }
  return expected > 0 ? Math.min(99, Math.floor((100 * read) / expected)) : 0;
}

/** Why records wait or were left out, the most frequent first. */
export function causesOf(causes) {
  return [...causes]
    .sort((one, other) => other.count - one.count)
    .map(({ object, standing, code, message, action, count, examples }) => ({
      key: `${object} ${standing} ${code}`,
      object: OBJECT[object],
      standing: standing === 'waiting' ? LABEL.waiting : LABEL.refused,
      message,
      action,
      count: number(count),
      examples: examples.length > 0 ? formatLabel(LABEL.examples, examples.join(', ')) : '',
    }));
}

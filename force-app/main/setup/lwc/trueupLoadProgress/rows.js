import { formatLabel } from 'c/trueupFormatLabel';
import { formatCount, formatExpected, LOAD_OBJECT } from 'c/trueupLoadObjects';
import { LABEL } from './labels';

/** One row per object. An estimate can be exceeded: a bar is full only once the object is done. */
export function rowsOf(objects) {
  return objects.map(({ object, state, expected, estimated, read, written, unchanged, waiting, refused }) => {
    const percent = percentOf(state, read, expected);
    return {
      key: object,
      label: LOAD_OBJECT[object],
      expected: formatExpected(expected, estimated),
      read: formatCount(read),
      written: formatCount(written),
      unchanged: formatCount(unchanged),
      waiting: formatCount(waiting),
      refused: formatCount(refused),
      percent,
      width: `width: ${percent}%`,
      says: formatLabel(LABEL.progressOf, LOAD_OBJECT[object], formatCount(read)),
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
      object: LOAD_OBJECT[object],
      standing: standing === 'waiting' ? LABEL.waiting : LABEL.refused,
      message,
      action,
      count: formatCount(count),
      examples: examples.length > 0 ? formatLabel(LABEL.examples, examples.join(', ')) : '',
    }));
}

import LANG from '@salesforce/i18n/lang';
import SECONDS_AGO from '@salesforce/label/c.Trueup_Seconds_Ago';

const SPANS = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago it was, in words such as "3 minutes ago". */
export function formatAgo(seconds) {
  const [unit, size] = SPANS.find(([, each]) => seconds >= each) ?? [];
  return unit ? new Intl.RelativeTimeFormat(LANG, { numeric: 'always' }).format(-Math.floor(seconds / size), unit) : SECONDS_AGO;
}

/** A length of time in its two largest units, such as "1 min 5 sec". */
export function formatDuration(seconds) {
  let left = Math.max(0, Math.round(seconds));
  const parts = [];
  for (const [unit, size] of [...SPANS, ['second', 1]]) {
    if (left >= size || (unit === 'second' && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(LANG, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(left / size)));
      left %= size;
    }
  }
  return parts.slice(0, 2).join(' ');
}

/** Seconds from one ISO instant to another. */
export const secondsBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

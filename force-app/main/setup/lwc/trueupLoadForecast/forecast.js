import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/trueupFormatLabel';
import { formatDuration } from 'c/trueupFormatTime';
import { formatCount, formatExpected, LOAD_OBJECT } from 'c/trueupLoadObjects';
import { LABEL, SYSTEM } from './labels';

/** A share that is not nothing is never shown as nothing. */
const percent = (share) =>
  new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.01 ? 2 : 0 }).format(share);

/** A forecast of the functions in words: `{ sentence, binds, isEmpty, rows }`. */
export function forecastOf({ objects, records, seconds, salesforceShare, binds }) {
  return {
    sentence: formatLabel(LABEL.forecastSays, formatCount(records), formatDuration(seconds), percent(salesforceShare)),
    binds: formatLabel(LABEL.binds, SYSTEM[binds]),
    isEmpty: records === 0,
    rows: objects.map(({ object, records: count, estimated }) => ({
      key: object,
      label: LOAD_OBJECT[object],
      count: formatExpected(count, estimated),
    })),
  };
}

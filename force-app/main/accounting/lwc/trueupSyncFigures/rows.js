import LOCALE from '@salesforce/i18n/locale';
import { COLUMNS, MATTER, ROW_LABEL } from './labels';

/** One row per object with its columns; a column holds one figure or more, or none. */
export function rowsOf(figures) {
  return Object.entries(ROW_LABEL)
    .map(([key, label]) => ({ key, label, figures: figures.filter(({ row }) => row === key) }))
    .filter((row) => row.figures.length > 0)
    .map(({ key, label, figures: ofRow }) => ({
      key,
      label,
      cells: COLUMNS.map((column) => cellOf(column, label, ofRow)),
    }));
}

function cellOf(column, rowLabel, figures) {
  const shown = figures
    .filter(({ standing }) => standing === column.key)
    .map((figure) => figureOf(figure, column, rowLabel))
    .filter(({ records }, index, all) => records > 0 || all.every((each) => each.records === 0 && index === 0));
  return { key: column.key, label: column.label, figures: shown, isEmpty: shown.length === 0 };
}

function figureOf({ objectApiName, listView, records }, column, rowLabel) {
  const matter = column.key === 'attention' && records > 0 ? MATTER[`${objectApiName}.${listView}`] : undefined;
  return {
    key: `${objectApiName}.${listView}`,
    objectApiName,
    listView,
    records,
    text: new Intl.NumberFormat(LOCALE).format(records),
    matter,
    description: `${rowLabel}: ${column.label}`,
    isAlarming: matter !== undefined,
  };
}

// Columns and rows for lightning-datatable from ui-api records.
import orgCurrency from '@salesforce/i18n/currency';
import timeZone from '@salesforce/i18n/timeZone';
import { isPerson, labelOf, nameFieldOf, nameOf, shown } from 'sandbox/fields';

const link = (fieldName) => ({ type: 'url', typeAttributes: { label: { fieldName: `${fieldName}__label` }, target: '_self' } });

export function columnOf(info, name) {
  const base = { fieldName: name, label: labelOf(info, name), sortable: true, hideDefaultActions: true };
  if (name === nameFieldOf(info)) return { ...base, ...link(name) };
  const field = info.fields[name];
  switch (field?.dataType) {
    case 'Reference':
      return isPerson(field) ? { ...base, type: 'text' } : { ...base, ...link(name) };
    case 'Currency':
      return {
        ...base,
        type: 'currency',
        typeAttributes: { currencyCode: { fieldName: 'currency' }, currencyDisplayAs: info.fields.CurrencyIsoCode ? 'code' : 'symbol' },
      };
    case 'Double':
    case 'Int':
      return { ...base, type: 'number', typeAttributes: { maximumFractionDigits: field.scale ?? 0 } };
    case 'Boolean':
      return { ...base, type: 'boolean' };
    case 'Date':
      return { ...base, type: 'date-local', typeAttributes: { year: 'numeric', month: 'numeric', day: 'numeric' } };
    case 'DateTime':
      return {
        ...base,
        type: 'date',
        typeAttributes: { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone },
      };
    default:
      return { ...base, type: 'text' };
  }
}

/** One row: what each column shows, and under `sort` what it is sorted by. */
export function rowOf(info, record, names) {
  const row = { id: record.id, currency: record.fields.CurrencyIsoCode?.value || orgCurrency, sort: {} };
  for (const name of names) {
    const field = shown(info, record, name);
    row.sort[name] = field.value;
    row[name] = field.url || field.value;
    row[`${name}__label`] = field.value;
  }
  const nameField = nameFieldOf(info);
  row[nameField] = `/lightning/r/${info.apiName}/${record.id}/view`;
  row[`${nameField}__label`] = nameOf(record, info);
  row.sort[nameField] = nameOf(record, info);
  return row;
}

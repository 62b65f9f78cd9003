import { call } from 'sandbox/transport';
import { asArray, defineAdapter, fieldName, refreshRecords } from 'sandbox/wire';

function search(parameters) {
  const given = Object.entries(parameters).filter(([, values]) => values?.length > 0);
  return given.map(([name, values]) => `${name}=${encodeURIComponent(values.join(','))}`).join('&');
}

export const getRecord = defineAdapter({
  name: 'getRecord',
  normalize({ recordId, fields, optionalFields, layoutTypes, modes }) {
    const config = {
      recordId,
      fields: asArray(fields).map(fieldName).sort(),
      optionalFields: asArray(optionalFields).map(fieldName).sort(),
      layoutTypes: asArray(layoutTypes),
      modes: asArray(modes),
    };
    const asks = config.fields.length + config.optionalFields.length + config.layoutTypes.length > 0;
    return recordId && asks && !config.fields.includes(undefined) ? config : undefined;
  },
  records: ({ recordId }) => [recordId],
  fetch: async ({ recordId, ...asked }) => ({ data: await call('GET', `/ui-api/records/${recordId}?${search(asked)}`) }),
});

/** The field's entry in a record, followed through parents: `Trueup_Invoice__c.Account__r.Name`. */
function entryOf(record, field) {
  const [, ...path] = fieldName(field).split('.');
  return path.reduce((entry, name, at) => (at === 0 ? record?.fields?.[name] : entry?.value?.fields?.[name]), undefined);
}

export const getFieldValue = (record, field) => entryOf(record, field)?.value;
export const getFieldDisplayValue = (record, field) => entryOf(record, field)?.displayValue;

export const createRecord = ({ apiName, fields }) => call('POST', '/ui-api/records', { apiName, fields });

/** Updates the record and every wire that shows it. */
export async function updateRecord({ fields: { Id, ...fields } }, { ifUnmodifiedSince } = {}) {
  const record = await call(
    'PATCH',
    `/ui-api/records/${Id}`,
    { fields },
    ifUnmodifiedSince ? { 'If-Unmodified-Since': ifUnmodifiedSince } : {},
  );
  await refreshRecords([Id]);
  return record;
}

export async function deleteRecord(recordId) {
  await call('DELETE', `/ui-api/records/${recordId}`);
}

/** Resolves once every wire that shows one of the records has its current state. */
export const notifyRecordUpdateAvailable = (items) => refreshRecords(asArray(items).map(({ recordId }) => recordId));

/** The older name of the same; resolves nothing. */
export function getRecordNotifyChange(items) {
  notifyRecordUpdateAvailable(items);
}

import { call } from 'sandbox/transport';
import { asArray, defineAdapter, fieldName } from 'sandbox/wire';

export const getRelatedListRecords = defineAdapter({
  name: 'getRelatedListRecords',
  normalize({ parentRecordId, relatedListId, fields, optionalFields, pageSize, pageToken, sortBy, where }) {
    if (!parentRecordId || !relatedListId) return undefined;
    return {
      parentRecordId,
      relatedListId,
      fields: asArray(fields).map(fieldName),
      optionalFields: asArray(optionalFields).map(fieldName),
      pageSize,
      pageToken,
      sortBy: asArray(sortBy).map(fieldName),
      where,
    };
  },
  async fetch({ parentRecordId, relatedListId, ...body }) {
    const data = await call('POST', `/ui-api/related-list-records/${parentRecordId}/${relatedListId}`, body);
    return { data, recordIds: data.records.map(({ id }) => id) };
  },
});

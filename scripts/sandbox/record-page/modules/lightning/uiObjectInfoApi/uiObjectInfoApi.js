import { call } from 'sandbox/transport';
import { defineAdapter, fieldName, objectName } from 'sandbox/wire';

export const getObjectInfo = defineAdapter({
  name: 'getObjectInfo',
  normalize: ({ objectApiName }) => (objectName(objectApiName) ? { objectApiName: objectName(objectApiName) } : undefined),
  fetch: async ({ objectApiName }) => ({ data: await call('GET', `/ui-api/object-info/${objectApiName}`) }),
});

export const getPicklistValues = defineAdapter({
  name: 'getPicklistValues',
  normalize: ({ recordTypeId, fieldApiName }) =>
    recordTypeId && fieldName(fieldApiName) ? { recordTypeId, field: fieldName(fieldApiName) } : undefined,
  async fetch({ recordTypeId, field }) {
    const [object, name] = field.split('.');
    return { data: await call('GET', `/ui-api/object-info/${object}/picklist-values/${recordTypeId}/${name}`) };
  },
});

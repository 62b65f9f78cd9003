import { call } from 'sandbox/transport';
import { asArray, defineAdapter, fieldName, objectName } from 'sandbox/wire';

export const getObjectInfo = defineAdapter({
  name: 'getObjectInfo',
  normalize: ({ objectApiName }) => (objectName(objectApiName) ? { objectApiName: objectName(objectApiName) } : undefined),
  fetch: async ({ objectApiName }) => ({ data: await call('GET', `/ui-api/object-info/${objectApiName}`) }),
});

export const getObjectInfos = defineAdapter({
  name: 'getObjectInfos',
  normalize: ({ objectApiNames }) => (asArray(objectApiNames).length > 0 ? { names: asArray(objectApiNames).map(objectName) } : undefined),
  async fetch({ names }) {
    const results = await Promise.all(
      names.map(async (name) => ({ statusCode: 200, result: await call('GET', `/ui-api/object-info/${name}`) })),
    );
    return { data: { results } };
  },
});

export const getPicklistValues = defineAdapter({
  name: 'getPicklistValues',
  normalize: ({ recordTypeId, fieldApiName }) =>
    (recordTypeId && fieldName(fieldApiName) ? { recordTypeId, field: fieldName(fieldApiName) } : undefined),
  async fetch({ recordTypeId, field }) {
    const [object, name] = field.split('.');
    return { data: await call('GET', `/ui-api/object-info/${object}/picklist-values/${recordTypeId}/${name}`) };
  },
});

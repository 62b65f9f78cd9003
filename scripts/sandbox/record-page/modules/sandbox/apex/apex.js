import { call } from 'sandbox/transport';
import { defineAdapter, refresh } from 'sandbox/wire';

/** What `@salesforce/apex/Class.method` imports: callable, and a wire adapter that waits until no parameter is undefined. */
export function apexMethod(className, methodName) {
  const path = `/sandbox/apex/${className}/${methodName}`;
  const method = (params = {}) => call('POST', path, params);
  method.adapter = defineAdapter({
    name: path,
    normalize: (config = {}) => (Object.values(config).includes(undefined) ? undefined : config),
    fetch: async (config) => ({ data: await call('POST', path, config) }),
  });
  return method;
}

export const refreshApex = refresh;

export function getSObjectValue(record, field) {
  const path = typeof field === 'string' ? field.slice(field.indexOf('.') + 1) : field.fieldApiName;
  return path.split('.').reduce((value, name) => value?.[name], record);
}

import type { OrgFeatures } from './select.ts';

/** Keys with `:`, `|` or `/` in them stand in a path. */
export const at = (object: string, field: string, key: string): string => `/sobjects/${object}/${field}/${encodeURIComponent(key)}`;

export const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const currencyField = (code: string, features: OrgFeatures) => (features.multiCurrency ? { CurrencyIsoCode: code } : {});

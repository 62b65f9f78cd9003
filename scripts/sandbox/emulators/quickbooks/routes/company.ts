import type { Entity } from '../entities.ts';
import { faults } from '../errors.ts';
import { companyInfo, preferences } from '../settings.ts';
import type { Books } from '../store.ts';
import type { Call, Reply } from './call.ts';

/** `GET /companyinfo/<realm>` and `GET /preferences`; both are changed through the control routes only. */
export function companyRoute(call: Call): Reply | undefined {
  const [name, id, ...rest] = call.segments;
  if (call.method !== 'GET' || rest.length > 0) return undefined;
  if (name!.toLowerCase() === 'preferences')
    return id === undefined ? { body: { Preferences: singleton(call.source.books, 'Preferences')! } } : undefined;
  if (id !== undefined && id !== call.realmId && id !== '1') throw faults.notFound();
  return { body: { CompanyInfo: singleton(call.source.books, 'CompanyInfo')! } };
}

/** The two entities that are made from the company's settings. */
export function singleton(books: Books, entity: string): Entity | undefined {
  if (entity === 'CompanyInfo') return companyInfo(books.settings) as Entity;
  return entity === 'Preferences' ? (preferences(books.settings) as Entity) : undefined;
}

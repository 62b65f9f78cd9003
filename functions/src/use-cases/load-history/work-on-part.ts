import { isOfCustomers, type Load, type LoadedObject } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { loadInvoices } from './load-invoices.ts';
import { loadPayments } from './load-payments.ts';
import { matchCustomers } from './match-customers.ts';
import type { Memo } from './memo.ts';
import type { PartDeps } from './part-deps.ts';
import { readCustomers } from './read-customers.ts';

/** The next part of the first object that is not done. */
export async function workOnPart(deps: PartDeps, load: Load, memo: Memo): Promise<Outcome<'more' | 'all-done'>> {
  const object = load.objects.find(({ state }) => state !== 'done');
  if (!object) return done('all-done');
  const worked = await work(deps, load, object, memo);
  return worked.outcome === 'done' ? done('more') : worked;
}

function work(deps: PartDeps, load: Load, object: LoadedObject, memo: Memo): Promise<Outcome<unknown>> {
  if (isOfCustomers(object.object)) return object.listed ? matchCustomers(deps, load, object, memo) : readCustomers(deps, load, object);
  return object.object.endsWith('invoices') ? loadInvoices(deps, load, object) : loadPayments(deps, load, object);
}

import { isOfCustomers, type Load, type LoadedObject } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { loadInvoices } from './load-invoices.ts';
import { loadPayments } from './load-payments.ts';
import { matchCustomers } from './match-customers.ts';
import type { Memo } from './memo.ts';
import type { PartDeps } from './part-deps.ts';
import { readAhead } from './read-ahead.ts';
import { readCustomers } from './read-customers.ts';

/** The next part of the first object that is not done. While it is written, what comes after it is read. */
export async function workOnPart(plain: PartDeps, load: Load, memo: Memo): Promise<Outcome<'more' | 'all-done'>> {
  const object = load.objects.find(({ state }) => state !== 'done');
  if (!object) return done('all-done');
  memo.ahead ??= readAhead(plain.histories, load);
  const deps = { ...plain, histories: memo.ahead.histories };
  const unread = load.objects.filter((each) => isOfCustomers(each.object) && !each.listed);
  const worked = await (unread.length > 0 ? readSideBySide(deps, load, unread) : work(deps, load, object, memo));
  if (worked.outcome === 'done') return done('more');
  memo.ahead.drop();
  return worked;
}

/** A part of each system's customers. Both are waited for, whatever becomes of the other. */
async function readSideBySide(deps: PartDeps, load: Load, objects: readonly LoadedObject[]): Promise<Outcome<unknown>> {
  const parts = await Promise.allSettled(objects.map((object) => readCustomers(deps, load, object)));
  const outcomes = parts.map((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
  return outcomes.find(({ outcome }) => outcome !== 'done') ?? done(null);
}

function work(deps: PartDeps, load: Load, object: LoadedObject, memo: Memo): Promise<Outcome<unknown>> {
  if (isOfCustomers(object.object)) return matchCustomers(deps, load, object, memo);
  return object.object.endsWith('invoices') ? loadInvoices(deps, load, object) : loadPayments(deps, load, object);
}

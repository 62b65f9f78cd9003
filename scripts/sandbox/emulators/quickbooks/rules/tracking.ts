import type { Draft, Entity, Line } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { named, resolve } from './context.ts';
import type { RuleContext } from './context.ts';

type Reference = ReturnType<typeof named>;
/** Where a class may stand: on the transaction, on a line, or (journals, expenses, deposits have no class of their own) on a line under either setting. */
type Place = 'transaction' | 'line' | 'line under either setting';

/** A class, under the company's setting. What QuickBooks answers to one it does not track is not known: it is refused. */
export function classOf(context: RuleContext, reference: unknown, place: Place, current: Entity | undefined): Reference | undefined {
  const found = resolve(context, 'Class', reference, 'ClassRef', isUsed(current, 'ClassRef', reference));
  if (!found) return undefined;
  const { classTrackingPerTxn, classTrackingPerTxnLine } = context.books.settings;
  const isTracked =
    place === 'transaction'
      ? classTrackingPerTxn
      : place === 'line'
        ? classTrackingPerTxnLine
        : classTrackingPerTxn || classTrackingPerTxnLine;
  if (!isTracked && !isUsed(current, 'ClassRef', reference))
    throw faults.unsupported(
      `ClassRef of a ${place === 'transaction' ? 'transaction' : 'line'} in a company that does not track classes there`,
    );
  return named(found);
}

/** A location (Department), where the company tracks them. */
export function departmentOf(context: RuleContext, reference: unknown, current: Entity | undefined): Reference | undefined {
  const found = resolve(context, 'Department', reference, 'DepartmentRef', isUsed(current, 'DepartmentRef', reference));
  if (!found) return undefined;
  if (!context.books.settings.trackDepartments && !isUsed(current, 'DepartmentRef', reference))
    throw faults.unsupported('DepartmentRef in a company that does not track locations');
  return named(found);
}

/** True when the document, or one of its lines, has this class or location already. */
function isUsed(current: Entity | undefined, member: 'ClassRef' | 'DepartmentRef', reference: unknown): boolean {
  const id = refId(reference);
  if (!current || id === undefined) return false;
  const details = ((current['Line'] ?? []) as Line[]).map((line) => line[line.DetailType ?? ''] as Draft | undefined);
  return [current, ...details].some((part) => refId(part?.[member]) === id);
}

import type { TargetField } from '../domain/map-fields/target.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Caller, Deps } from './deps.ts';

export interface TargetFields {
  companyKey: string;
  fields: TargetField[];
  problems: Problem[];
}

/** Mappings decide what goes into the books. */
export const NO_RIGHT_TO_MAP: Problem = {
  code: 'no-right-to-map',
  severity: 'error',
  message: 'You do not have the right to map fields.',
  action: 'Ask an administrator for the permission set Trueup Billing Admin.',
};

/** What can be mapped to in Stripe and QuickBooks, as it is now. When QuickBooks does not answer, Stripe's fields are still told. */
export async function listTargetFields(
  { records, ledger, payments }: Pick<Deps, 'records' | 'ledger' | 'payments'>,
  caller: Caller,
): Promise<Outcome<TargetFields>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(NO_RIGHT_TO_MAP);
  const read = await records.readCompany({ asking: caller });
  if (read.outcome !== 'done') return read;
  const { key, taxEngine } = read.value.company;
  const targets = await ledger.readTargets({ taxEngine, withItems: true });
  return done({
    companyKey: key,
    fields: [...(targets.outcome === 'done' ? targets.value : []), ...payments.targets],
    problems: targets.outcome === 'done' ? [] : [targets.problem],
  });
}

import type { Company } from '../../domain/company.ts';
import { done, rejected, type Outcome } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Caller, Deps } from '../deps.ts';

const NO_RIGHT: Problem = {
  code: 'no-right-to-load',
  severity: 'error',
  message: 'You do not have the right to load history.',
  action: 'Ask an administrator for the permission set "Trueup Billing Admin".',
};

/** The company whose history may be loaded: by an administrator, and once both systems are connected. */
export async function mayLoad({ records }: Pick<Deps, 'records'>, caller: Caller): Promise<Outcome<Company>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(NO_RIGHT);
  const read = await records.readCompany({ asking: caller });
  if (read.outcome !== 'done') return read;
  const { company } = read.value;
  if (company.active && company.connected) return done(company);
  return rejected({
    code: 'company-not-connected',
    severity: 'error',
    message: `${company.name} is not connected to Stripe and QuickBooks yet, so there is no history to load.`,
    action: 'Finish the setup first.',
  });
}

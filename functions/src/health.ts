import type { Composition } from './compose.ts';
import type { Outcome } from './domain/outcome.ts';

export interface HealthReport {
  status: 'ok' | 'degraded';
  checks: { name: 'database' | 'salesforce' | 'stripe' | 'quickbooks'; ok: boolean; detail: string }[];
  version: string;
}

/** The page is open to everybody, so it asks the systems at most this often. */
const KEEP_MS = 10_000;
/** Reads of QuickBooks are metered by the month: for whoever looks all the time a good answer is kept this long. */
const KEEP_READ_MS = 300_000;
const VERSION = '0.1.0';

/** Asks each system the cheapest question it answers; says in plain words what is wrong. `isNow`: a person wants to know how it is this moment. */
export function createHealth({ ports, pool }: Pick<Composition, 'ports' | 'pool'>): (isNow: boolean) => Promise<HealthReport> {
  let kept: { report: Promise<HealthReport>; at: number; isNow: boolean } | undefined;
  let read: { check: HealthReport['checks'][number]; at: number } | undefined;

  const told = async (
    name: HealthReport['checks'][number]['name'],
    ask: () => Promise<Outcome<unknown>>,
  ): Promise<HealthReport['checks'][number]> => {
    const answer = await ask();
    return answer.outcome === 'done' ? { name, ok: true, detail: 'answers' } : { name, ok: false, detail: answer.problem.message };
  };
  const quickbooks = async (isNow: boolean): Promise<HealthReport['checks'][number]> => {
    if (!isNow && read?.check.ok && ports.clock.now() - read.at < KEEP_READ_MS) return read.check;
    read = { check: await told('quickbooks', () => ports.ledger.ping()), at: ports.clock.now() };
    return read.check;
  };
  const examine = async (isNow: boolean): Promise<HealthReport> => {
    const database = await pool.query('SELECT 1').then(
      () => ({ name: 'database' as const, ok: true, detail: 'answers' }),
      () => ({ name: 'database' as const, ok: false, detail: 'The database does not answer.' }),
    );
    const checks = [
      database,
      ...(await Promise.all([
        told('salesforce', () => ports.records.readCompany({ asking: null })),
        // An id that does not exist: Stripe answers "no such customer", which shows that key and network are good.
        told('stripe', () => ports.payments.readCustomer('cus_trueup_health')),
        quickbooks(isNow),
      ])),
    ];
    return { status: checks.every((check) => check.ok) ? 'ok' : 'degraded', checks, version: VERSION };
  };
  return (isNow) => {
    const now = ports.clock.now();
    if (!kept || now - kept.at > KEEP_MS || (isNow && !kept.isNow)) kept = { report: examine(isNow), at: now, isNow };
    return kept.report;
  };
}

import type { Composition } from './compose.ts';
import type { Outcome } from './domain/outcome.ts';

export interface HealthReport {
  status: 'ok' | 'degraded';
  checks: { name: 'database' | 'salesforce' | 'stripe' | 'quickbooks'; ok: boolean; detail: string }[];
  version: string;
}

/** The page is open to everybody, so it asks the systems at most this often. */
const KEEP_MS = 10_000;
const VERSION = '0.1.0';

/** Asks each system the cheapest question it answers; says in plain words what is wrong. */
export function createHealth({ ports, pool }: Composition): () => Promise<HealthReport> {
  let kept: { report: Promise<HealthReport>; at: number } | undefined;

  const told = async (
    name: HealthReport['checks'][number]['name'],
    ask: () => Promise<Outcome<unknown>>,
  ): Promise<HealthReport['checks'][number]> => {
    const answer = await ask();
    return answer.outcome === 'done' ? { name, ok: true, detail: 'answers' } : { name, ok: false, detail: answer.problem.message };
  };
  const examine = async (): Promise<HealthReport> => {
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
        told('quickbooks', () => ports.ledger.ping()),
      ])),
    ];
    return { status: checks.every((check) => check.ok) ? 'ok' : 'degraded', checks, version: VERSION };
  };
  return () => {
    if (!kept || performance.now() - kept.at > KEEP_MS) kept = { report: examine(), at: performance.now() };
    return kept.report;
  };
}

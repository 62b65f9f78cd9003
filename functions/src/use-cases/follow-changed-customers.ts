import type { Link } from '../domain/link.ts';
import { mapOutcome, type Outcome } from '../domain/outcome.ts';
import { hasNews } from '../domain/settle-facts.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { CustomerRead } from '../ports/customer-records.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
import { customerQueue, type SettleCustomerInput, type SettledCustomer } from './settle-customer.ts';
import type { RunHead } from './run-sync/finish-run.ts';
import { brokenText, waitForPart } from './run-sync/wait-for-part.ts';

type FollowDeps = Pick<Deps, 'customerRecords' | 'engine' | 'effects'>;

export interface ChangedCustomers {
  issues: SyncIssueWrite[];
  /** Keys of those of them that the next run looks for anew. */
  found: string[];
}

interface Page {
  changed: { accountId: string; systems: Link['system'][] }[];
  next: string | null;
}

/** Salesforce's clock and ours may differ, and a transaction shows later than its stamp. */
const OVERLAP_MS = 3_600_000;

const keptAs = (companyKey: string): string => `customers-read-to:${companyKey}`;

/**
 * Accounts and contacts that changed in Salesforce since the last run: where something the other systems hold is said anew, they are
 * brought together. `atMost`: so far back the first time and in a full compare. What fails is for a person too, and ends nothing else.
 */
export async function followChangedCustomers(
  deps: FollowDeps,
  run: Run,
  { companyKey, startedAt, kind }: Pick<RunHead, 'companyKey' | 'kind'> & { startedAt: string },
  atMost: string,
): Promise<ChangedCustomers> {
  const readTo = await run.step(
    'read how far customers are known',
    async () => (await deps.effects.kept(keptAs(companyKey))) as string | null,
  );
  const since = readTo === null || kind === 'Full Compare' ? atMost : new Date(Date.parse(readTo) - OVERLAP_MS).toISOString();
  const failed = new Map<string, { message: string; fix: string }>();
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const from: { since: string; cursor: string | null } = { since, cursor };
    const patience = { run, waitedMs: 0, waiting: async () => undefined };
    const listed: Outcome<Page> = await patiently(patience, `list changed customers ${page}`, () => listChanged(deps, from));
    if (listed.outcome !== 'done') {
      failed.set('list', { message: listed.problem.message, fix: listed.problem.action });
      break;
    }
    for (const { accountId, systems } of listed.value.changed) {
      const why = await run.step(`settle customer ${accountId}`, () => settleInLine(deps, run.id, { accountId, systems }));
      if (why) failed.set(accountId, why);
    }
    cursor = listed.value.next;
  }
  if (failed.size === 0) await run.step('note how far customers are known', () => deps.effects.keep(keptAs(companyKey), startedAt));
  return issuesOf(companyKey, failed);
}

async function listChanged({ customerRecords }: FollowDeps, page: { since: string; cursor: string | null }): Promise<Outcome<Page>> {
  return mapOutcome(await customerRecords.listChangedCustomers(page), ({ customers, next }) => ({
    changed: customers.flatMap((customer) => {
      const systems = systemsWithNews(customer);
      return systems.length === 0 ? [] : [{ accountId: customer.accountId, systems }];
    }),
    next,
  }));
}

const systemsWithNews = ({ ours, links }: CustomerRead): Link['system'][] => [
  ...new Set(links.filter(({ link, memory }) => hasNews({ link, ours, memory })).map(({ link }) => link.system)),
];

/** Under the account's lease; null when all went well. */
async function settleInLine(
  { engine }: FollowDeps,
  runKey: string,
  input: SettleCustomerInput,
): Promise<{ message: string; fix: string } | null> {
  const id = `settle-customer.${input.accountId}.${runKey}`;
  await engine.enqueue({ workflow: 'settle-customer', id, queueKey: customerQueue(input.accountId), input: input as unknown as Json });
  const result = await waitForPart<SettledCustomer>({ engine }, id, SYNC_WAITS_MS);
  if (result === 'late') return LATE;
  if (result === 'broken') return brokenText('A customer', id);
  return result.problem && { message: result.problem.message, fix: result.problem.action };
}

const LATE = {
  message: 'A customer could not be brought in step in time: another operation holds it.',
  fix: 'Nothing to do: the next sync tries again.',
};

/** One finding for all of them: they fail for the same reason as a rule. */
function issuesOf(companyKey: string, failed: ReadonlyMap<string, { message: string; fix: string }>): ChangedCustomers {
  const [first] = failed.values();
  if (!first) return { issues: [], found: [] };
  const key = `${companyKey}.customers-not-followed`;
  const message = `${failed.size === 1 ? 'A change to a customer' : `Changes to ${failed.size} customers`} in Salesforce could not be carried over: ${first.message}`;
  return { issues: [{ key, cause: 'Needs Person', invoiceId: null, recordId: null, message, fix: first.fix }], found: [key] };
}

import type { Outcome } from '../domain/outcome.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
import { customerQueue, type SettleCustomerInput, type SettledCustomer } from './settle-customer.ts';
import { type ChangedPage, type ListDeps, listChangedHere, listChangedIn } from './follow-changed-customers/list-changed.ts';
import type { RunHead } from './run-sync/finish-run.ts';
import { brokenText, waitForPart } from './run-sync/wait-for-part.ts';

type FollowDeps = ListDeps & Pick<Deps, 'engine' | 'effects'>;

interface Why {
  message: string;
  fix: string;
  away?: boolean;
  late?: boolean;
}

/** By account. */
type Failed = Map<string, Why>;

export interface ChangedCustomers {
  issues: SyncIssueWrite[];
  /** Keys of those of them that the next run looks for anew. */
  found: string[];
}

/** Salesforce's clock and ours may differ, and a transaction shows later than its stamp. */
const OVERLAP_MS = 3_600_000;

const keptAs = (companyKey: string): string => `customers-read-to:${companyKey}`;

/**
 * Accounts and contacts that changed in Salesforce since the last run, and customers that changed in QuickBooks, in a full compare also
 * in Stripe: where something is not as it was settled last, they are brought together. `atMost`: so far back the first time and in a full compare. What fails is for a person too, and ends nothing else.
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
  const failed: Failed = new Map();
  await followAll(deps, run, { where: 'Salesforce', since, list: listChangedHere }, failed);
  await followAll(deps, run, { where: 'QuickBooks', since, list: listChangedIn('quickbooks') }, failed);
  // Stripe would list all its customers: its events are kept for 30 days and swept, and one that never came to be is found here.
  if (kind === 'Full Compare') await followAll(deps, run, { where: 'Stripe', since, list: listChangedIn('stripe') }, failed);
  if (failed.size === 0) await run.step('note how far customers are known', () => deps.effects.keep(keptAs(companyKey), startedAt));
  return issuesOf(companyKey, failed);
}

interface Source {
  where: string;
  since: string;
  list: typeof listChangedHere;
}

async function followAll(deps: FollowDeps, run: Run, { where, since, list }: Source, failed: Failed): Promise<void> {
  let cursor: string | null = null;
  let lateInARow = 0;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const from: { since: string; cursor: string | null } = { since, cursor };
    const patience = { run, waitedMs: 0, waiting: async () => undefined };
    const listed: Outcome<ChangedPage> = await patiently(patience, `list customers changed in ${where} ${page}`, () => list(deps, from));
    if (listed.outcome !== 'done') {
      failed.set(where, { message: listed.problem.message, fix: listed.problem.action });
      return;
    }
    for (const changed of listed.value.changed) {
      // An account may have customers on several pages.
      const part = `${changed.accountId} of ${where} ${page}`;
      const why = await run.step(`settle customer ${part}`, () => settleInLine(deps, `${run.id}.${where}.${page}`, changed));
      if (why) failed.set(changed.accountId, why);
      lateInARow = why?.late ? lateInARow + 1 : 0;
      // Each further one would wait as long for the same; the next run looks for them anew. One that is late may be held by somebody.
      if (why?.away || lateInARow === 2) return;
    }
    cursor = listed.value.next;
  }
}

/** Under the account's lease; null when all went well. */
async function settleInLine({ engine }: FollowDeps, runKey: string, input: SettleCustomerInput): Promise<Why | null> {
  const id = `settle-customer.${input.accountId}.${runKey}`;
  await engine.enqueue({ workflow: 'settle-customer', id, queueKey: customerQueue(input.accountId), input: input as unknown as Json });
  const result = await waitForPart<SettledCustomer>({ engine }, id, SYNC_WAITS_MS);
  if (result === 'late') return LATE;
  if (result === 'broken') return brokenText('A customer', id);
  const { problem, away = false } = result;
  return problem && { message: problem.message, fix: problem.action, away };
}

const LATE: Why = {
  late: true,
  message: 'A customer could not be brought in step in time: another operation holds it.',
  fix: 'Nothing to do: the next sync tries again.',
};

/** One finding for all of them: they fail for the same reason as a rule. */
function issuesOf(companyKey: string, failed: Failed): ChangedCustomers {
  const [first] = failed.values();
  if (!first) return { issues: [], found: [] };
  const key = `${companyKey}.customers-not-followed`;
  const message = `${failed.size === 1 ? 'A change to a customer' : `Changes to ${failed.size} customers`} could not be carried over: ${first.message}`;
  return { issues: [{ key, cause: 'Needs Person', invoiceId: null, recordId: null, message, fix: first.fix }], found: [key] };
}

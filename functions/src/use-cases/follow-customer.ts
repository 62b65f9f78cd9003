import { type BrokenLink, brokenIssue } from '../domain/broken-link.ts';
import type { Link } from '../domain/link.ts';
import { done, type Failure, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently } from './effects/patiently.ts';

type FollowDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger'>;

interface Owner {
  companyKey: string;
  companyId: string;
}

export interface Strays {
  issues: SyncIssueWrite[];
  /** Keys of those of them that the next run looks for anew. */
  found: string[];
}

/** Each is a change of its link and an issue, in one call. */
const AT_ONCE = 100;

/** A customer was deleted, or merged into another: the link to it breaks and a person is told. Nothing is created in its place. */
export async function followCustomer(
  deps: FollowDeps,
  { system, id, merged }: { system: Link['system']; id: string; merged: boolean },
): Promise<Outcome<null>> {
  const links = await deps.matches.findLinks({ system, externalId: id });
  if (links.outcome !== 'done') return links;
  if (links.value.length === 0) return done(null);
  // QuickBooks may keep a merged customer as an inactive one; only its event tells the two apart.
  const gone = merged ? done(true) : await isGone(deps, system, id);
  if (gone.outcome !== 'done') return gone;
  if (!gone.value) return done(null);
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { key: companyKey, id: companyId } = read.value.company;
  return breakAll(
    deps,
    { companyKey, companyId },
    links.value.map((link) => ({ link, why: 'gone' })),
  );
}

/** Accounts that were deleted or merged in Salesforce since then: their links break. What fails is for a person too, and ends nothing else. */
export async function breakStrayLinks(deps: Pick<Deps, 'matches'>, run: Run, owner: Owner, since: string): Promise<Strays> {
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const strays = await patiently(waiting, 'list stray links', () => deps.matches.listStrayLinks(since));
  if (strays.outcome !== 'done') return withFailure([], owner, strays);
  const broken = strays.value.map(({ link, mergedInto }): BrokenLink => ({
    link,
    why: mergedInto === null ? 'account-deleted' : { mergedInto: mergedInto.name },
  }));
  const issues: SyncIssueWrite[] = [];
  let failure: Failure | null = null;
  for (let from = 0; from < broken.length; from += AT_ONCE) {
    const some = broken.slice(from, from + AT_ONCE);
    const written = await patiently(waiting, `break stray links from ${from}`, () => breakAll(deps, owner, some));
    if (written.outcome === 'done') issues.push(...some.map((each) => brokenIssue(owner.companyKey, each)));
    else failure ??= written;
  }
  return failure ? withFailure(issues, owner, failure) : { issues, found: [] };
}

function withFailure(issues: SyncIssueWrite[], { companyKey }: Owner, { problem }: Failure): Strays {
  const key = `${companyKey}.stray-links`;
  const message = `Links of accounts that were deleted or merged could not be broken: ${problem.message}`;
  return {
    issues: [...issues, { key, cause: 'Needs Person', invoiceId: null, recordId: null, message, fix: problem.action }],
    found: [key],
  };
}

async function breakAll({ matches }: Pick<Deps, 'matches'>, owner: Owner, broken: BrokenLink[]): Promise<Outcome<null>> {
  const issues = broken.map((each) => brokenIssue(owner.companyKey, each));
  return matches.raise({ ...owner, reviews: [], broken: broken.map(({ link }) => link), issues });
}

async function isGone({ payments, ledger }: FollowDeps, system: Link['system'], id: string): Promise<Outcome<boolean>> {
  if (system === 'stripe') {
    const read = await payments.readCustomer(id);
    return read.outcome === 'done' ? done(read.value === null) : read;
  }
  const read = await ledger.readForInvoice({ customerId: id, itemIds: [] });
  return read.outcome === 'done' ? done(read.value.customer === null) : read;
}

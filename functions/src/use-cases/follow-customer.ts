import { type BrokenLink, brokenIssue } from '../domain/broken-link.ts';
import type { Link } from '../domain/link.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently } from './effects/patiently.ts';

type FollowDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger'>;

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
  return gone.value
    ? breakAll(
        deps,
        links.value.map((link) => ({ link, why: 'gone' })),
      )
    : done(null);
}

/** Accounts that were deleted or merged in Salesforce since then: their links break. Answers with what a person is told. */
export async function breakStrayLinks(
  deps: Pick<Deps, 'records' | 'matches'>,
  run: Run,
  since: string,
): Promise<Outcome<SyncIssueWrite[]>> {
  return patiently({ run, waitedMs: 0, waiting: async () => undefined }, 'break stray links', async () => {
    const [company, strays] = await Promise.all([deps.records.readCompany({ asking: null }), deps.matches.listStrayLinks(since)]);
    if (company.outcome !== 'done') return company;
    if (strays.outcome !== 'done') return strays;
    const broken = strays.value.map(({ link, mergedInto }): BrokenLink => ({
      link,
      why: mergedInto === null ? 'account-deleted' : { mergedInto: mergedInto.name },
    }));
    const written = broken.length === 0 ? done(null) : await breakAll(deps, broken);
    if (written.outcome !== 'done') return written;
    return done(broken.map((each) => brokenIssue(company.value.company.key, each)));
  });
}

async function breakAll(deps: Pick<Deps, 'records' | 'matches'>, broken: BrokenLink[]): Promise<Outcome<null>> {
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { key: companyKey, id: companyId } = read.value.company;
  const issues = broken.map((each) => brokenIssue(companyKey, each));
  return deps.matches.raise({ companyKey, companyId, reviews: [], broken: broken.map(({ link }) => link), issues });
}

async function isGone({ payments, ledger }: FollowDeps, system: Link['system'], id: string): Promise<Outcome<boolean>> {
  if (system === 'stripe') {
    const read = await payments.readCustomer(id);
    return read.outcome === 'done' ? done(read.value === null) : read;
  }
  const read = await ledger.readForInvoice({ customerId: id, itemIds: [] });
  return read.outcome === 'done' ? done(read.value.customer === null) : read;
}

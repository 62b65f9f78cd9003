import type { Link } from '../domain/link.ts';
import type { ItemReview } from '../domain/item-review.ts';
import { type MatchReview, type ReviewStatus, ruledOut } from '../domain/match-review.ts';
import { customerLink, storedLink } from '../domain/matching.ts';
import { brokenIssueKey } from '../domain/broken-link.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { ReviewRead } from '../ports/match-records.ts';
import { createCustomer, type CreateDeps } from './decide-match/create-customer.ts';
import { changeForItem } from './decide-match/decide-item.ts';
import type { Change, Decision } from './decide-match/decision.ts';
import { isStillThere } from './decide-match/is-still-there.ts';
import { refusal } from './decide-match/refusals.ts';
import type { Caller, Deps } from './deps.ts';

export type { MatchChoice } from './decide-match/decision.ts';

/** How the question stands after it. */
export interface Decided {
  status: ReviewStatus;
  linkedTo: { id: string; name: string } | null;
}

type DecideDeps = CreateDeps & Pick<Deps, 'matches' | 'inbox'>;

/**
 * A person says who an account is in Stripe or QuickBooks, or which item or Stripe product a product is sold as. Every choice may be made
 * twice and can be undone; a link that another account holds is refused. Invoices issued before stay where they are.
 */
export async function decideMatch(deps: DecideDeps, decision: Decision, caller: Caller): Promise<Outcome<Decided>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(refusal('no-right-to-match'));
  const read = await deps.matches.readReview({ reviewId: decision.reviewId, asking: caller });
  if (read.outcome !== 'done') return read;
  if (!read.value.canEdit) return rejected(refusal('no-right-to-match'));
  const change = isOfProduct(read.value)
    ? await changeForItem(deps, decision, read.value, caller)
    : await changeFor(deps, decision, read.value as CustomerRead, caller);
  return change.outcome === 'done' ? settle(deps, decision.reviewId, read.value, change.value) : change;
}

type CustomerRead = ReviewRead<MatchReview>;

const isOfProduct = (read: ReviewRead): read is ReviewRead<ItemReview> => read.review.recordType === 'Product2';

function changeFor(deps: DecideDeps, decision: Decision, read: CustomerRead, caller: Caller): Promise<Outcome<Change>> {
  switch (decision.choice) {
    case 'link':
      return linkTo(deps, decision.candidateId, read, caller);
    case 'create-new':
      return createNew(deps, read, caller);
    case 'not-the-same':
      return Promise.resolve(notTheSame(decision.candidateId, read));
    case 'undo':
      return Promise.resolve(undo(read));
  }
}

const linkInUse = ({ review, links }: ReviewRead): Link | undefined =>
  storedLink(links, review.system, review.recordId, review.recordType === 'Product2' ? '' : review.content.currency);
const currentLink: (read: CustomerRead) => Link | undefined = linkInUse;
const candidateOf = ({ review }: CustomerRead, id: string | null) => review.content.candidates.find((each) => each.id === id);
const without = (ids: readonly string[], id: string) => ids.filter((each) => each !== id);

async function linkTo(deps: DecideDeps, candidateId: string | null, read: CustomerRead, caller: Caller): Promise<Outcome<Change>> {
  const { system, recordId, content } = read.review;
  const candidate = candidateOf(read, candidateId);
  if (!candidate) return rejected(refusal('no-such-candidate'));
  if (recordId === '') return rejected(refusal('no-account-chosen', candidate.name));
  const said = { notSame: without(content.notSame, candidate.id), undone: without(content.undone, candidate.id) };
  const current = currentLink(read);
  if (current)
    return current.externalId === candidate.id
      ? done({ status: 'Resolved', said })
      : rejected(refusal('already-linked', current.displayName ?? current.externalId));
  const there = await isStillThere(deps, system, candidate.id, content.currency);
  if (there.outcome !== 'done') return there;
  const whom = { accountId: recordId, currency: content.currency };
  const { reasons, score } = candidate;
  const link = customerLink(system, whom, candidate, {
    matchedBy: 'Person',
    reasons: ['Decided by a person.', ...reasons].join(' '),
    score,
    confirmedBy: caller.userId,
  });
  return done({ status: 'Resolved', said, link });
}

/** The candidates are others; a customer of its own is made now, once. */
async function createNew(deps: DecideDeps, read: CustomerRead, caller: Caller): Promise<Outcome<Change>> {
  const { system, content, recordId } = read.review;
  // The question is who an outside customer is, and nobody has said yet which account it could be.
  if (recordId === '') return rejected(refusal('no-account-chosen', content.candidates[0]?.name ?? ''));
  const said = { notSame: [...new Set([...content.notSame, ...content.undone, ...content.candidates.map(({ id }) => id)])], undone: [] };
  const current = currentLink(read);
  if (current)
    return current.matchedBy === 'Created'
      ? done({ status: 'Resolved', said })
      : rejected(refusal('already-linked', current.displayName ?? current.externalId));
  // A customer without e-mail, telephone and address would never be found again.
  if (content.unlooked) return rejected(refusal('not-looked-yet'));
  const created = await createCustomer(deps, system, read, ruledOut({ ...content, ...said }));
  if (created.outcome !== 'done') return created;
  const link = customerLink(system, content.ours, created.value, {
    matchedBy: 'Created',
    reasons: 'A person had it created: no existing customer is this account.',
    confirmedBy: caller.userId,
  });
  return done({ status: 'Resolved', said, link });
}

function notTheSame(candidateId: string | null, read: CustomerRead): Outcome<Change> {
  const { content } = read.review;
  const candidate = candidateOf(read, candidateId);
  if (!candidate) return rejected(refusal('no-such-candidate'));
  const current = currentLink(read);
  if (current?.externalId === candidate.id) return rejected(refusal('undo-first', candidate.name));
  const notSame = [...without(content.notSame, candidate.id), candidate.id];
  const left = content.candidates.filter(({ id }) => !notSame.includes(id));
  // In the place of a customer that was lost nobody is created without being asked for.
  const status = current ? 'Resolved' : left.length === 0 && content.broken === null ? 'Dismissed' : 'Open';
  return done({ status, said: { notSame, undone: without(content.undone, candidate.id) } });
}

function undo(read: CustomerRead): Outcome<Change> {
  const current = currentLink(read);
  const { notSame, undone } = read.review.content;
  // What was said is open again, but none of them is linked or handed back without being asked for.
  const asked = new Set([...undone, ...notSame, ...(current ? [current.externalId] : [])]);
  return done({
    status: 'Open',
    said: { notSame: [], undone: [...asked] },
    ...(current ? { undo: current } : {}),
  });
}

async function settle(deps: DecideDeps, reviewId: string, read: ReviewRead, change: Change): Promise<Outcome<Decided>> {
  const { review: before, company } = read;
  const lost = before.content.broken ?? null;
  const current = change.undo ? undefined : (change.link ?? linkInUse(read));
  const linkedTo = current ? { id: current.externalId, name: current.displayName ?? current.externalId } : null;
  const content = { ...before.content, ...change.said, linkedTo: linkedTo ?? undefined };
  const review = { ...before, status: change.status, content } as ReviewRead['review'];
  const decided: Decided = { status: review.status, linkedTo };
  if (!change.link && !change.undo && JSON.stringify(review) === JSON.stringify(before)) return done(decided);
  const written = await deps.matches.settle({
    companyKey: company.key,
    companyId: company.id,
    reviewId,
    review,
    link: change.link ?? null,
    undo: change.undo ?? null,
    resolved: change.link && lost !== null ? [brokenIssueKey(company.key, change.link)] : [],
  });
  if (written.outcome !== 'done') return written;
  const holder = written.value;
  if (holder === null) {
    await lookAtLinked(deps, change.link);
    return done(decided);
  }
  if (holder.link.recordId !== before.recordId) return rejected(refusal('link-held', decided.linkedTo?.name ?? '', holder.recordName));
  return holder.link.externalId === change.link?.externalId
    ? done(decided)
    : rejected(refusal('already-linked', holder.link.displayName ?? holder.link.externalId));
}

/** Whom a person found was there before, and may say something else than Salesforce: the two are brought in step for the first time, in their turn. Should this be lost, the next sync finds the link. */
async function lookAtLinked({ inbox }: Pick<Deps, 'inbox'>, link: Link | undefined): Promise<void> {
  if (link?.recordType === 'Account' && link.matchedBy === 'Person')
    await inbox.mark([{ kind: 'salesforce:account', id: link.recordId, invoiceId: null }]);
}

import { itemLink, type ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { storedLink } from '../../domain/matching.ts';
import { done, mapOutcome, rejected, type Outcome } from '../../domain/outcome.ts';
import type { ReviewRead } from '../../ports/match-records.ts';
import type { Caller, Deps } from '../deps.ts';
import { createProduct, linkToProduct } from './decide-product.ts';
import type { Change, Decision } from './decision.ts';
import { refusal } from './refusals.ts';

type ItemRead = ReviewRead<ItemReview>;
type ItemDeps = Pick<Deps, 'ledger' | 'payments' | 'effects' | 'clock'>;

const currentLink = ({ review, links }: ItemRead): Link | undefined => storedLink(links, review.system, review.recordId, '');
const without = (ids: readonly string[], id: string) => ids.filter((each) => each !== id);

/**
 * What a person's word on a product comes to. A Stripe product may be made for it; items are never made here: each needs an income
 * account, which an accountant chooses.
 */
export async function changeForItem(
  deps: ItemDeps,
  { choice, candidateId }: Decision,
  read: ItemRead,
  caller: Caller,
): Promise<Outcome<Change>> {
  switch (choice) {
    case 'link':
      return linkTo(deps, candidateId, read, caller);
    case 'not-the-same':
      return notTheSame(candidateId, read);
    case 'undo':
      return undo(read);
    case 'create-new':
      return read.review.system === 'stripe'
        ? createProduct(deps, read, currentLink(read), caller)
        : rejected(refusal('no-new-items', read.review.content.ours.name));
  }
}

/** It may sell other products too: that is what the person was shown. */
async function linkTo(deps: ItemDeps, candidateId: string | null, read: ItemRead, caller: Caller): Promise<Outcome<Change>> {
  const { recordId, content } = read.review;
  const candidate = content.candidates.find(({ id }) => id === candidateId);
  if (!candidate) return rejected(refusal('no-such-candidate'));
  const said = { notSame: without(content.notSame, candidate.id), undone: without(content.undone, candidate.id) };
  const current = currentLink(read);
  if (current)
    return current.externalId === candidate.id
      ? done({ status: 'Resolved', said })
      : rejected(refusal('product-linked', current.displayName ?? current.externalId));
  const how = {
    matchedBy: 'Person' as const,
    reasons: ['Decided by a person.', ...candidate.reasons].join(' '),
    score: candidate.score,
    confirmedBy: caller.userId,
  };
  const link = await (read.review.system === 'stripe' ? linkToProduct : linkToItem)(deps, recordId, candidate, how);
  return mapOutcome(link, (made) => ({ status: 'Resolved', said, link: made }));
}

/** The review may be days old: the item must exist still, and be sold. */
async function linkToItem(
  { ledger }: ItemDeps,
  productId: string,
  candidate: { id: string; name: string },
  how: Parameters<typeof itemLink>[2],
): Promise<Outcome<Link>> {
  const found = await ledger.readForInvoice({ customerId: null, itemIds: [candidate.id] });
  if (found.outcome !== 'done') return found;
  const item = found.value.items.find(({ id }) => id === candidate.id);
  if (!item) return rejected(refusal('item-gone', candidate.name));
  if (!item.active) return rejected(refusal('item-inactive', item.name));
  if (!item.hasIncomeAccount) return rejected(refusal('item-without-income-account', item.name));
  return done(itemLink(productId, item, how));
}

function notTheSame(candidateId: string | null, read: ItemRead): Outcome<Change> {
  const { content } = read.review;
  const candidate = content.candidates.find(({ id }) => id === candidateId);
  if (!candidate) return rejected(refusal('no-such-candidate'));
  const current = currentLink(read);
  if (current?.externalId === candidate.id) return rejected(refusal('undo-product-first', candidate.name));
  const notSame = [...without(content.notSame, candidate.id), candidate.id];
  const left = content.candidates.some(({ id }) => !notSame.includes(id));
  return done({
    // In the place of a product that was lost none is made without being asked for.
    status: current ? 'Resolved' : left || content.broken !== undefined ? 'Open' : 'Dismissed',
    said: { notSame, undone: without(content.undone, candidate.id) },
  });
}

function undo(read: ItemRead): Outcome<Change> {
  const current = currentLink(read);
  const { notSame, undone } = read.review.content;
  const asked = new Set([...undone, ...notSame, ...(current ? [current.externalId] : [])]);
  return done({ status: 'Open', said: { notSame: [], undone: [...asked] }, ...(current ? { undo: current } : {}) });
}

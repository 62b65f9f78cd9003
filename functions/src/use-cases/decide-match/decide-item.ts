import { itemLink, type ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { storedLink } from '../../domain/matching.ts';
import { done, rejected, type Outcome } from '../../domain/outcome.ts';
import type { ReviewRead } from '../../ports/match-records.ts';
import type { Caller, Deps } from '../deps.ts';
import type { Change, Decision } from './decision.ts';
import { refusal } from './refusals.ts';

type ItemRead = ReviewRead<ItemReview>;

const currentLink = ({ review, links }: ItemRead): Link | undefined => storedLink(links, 'quickbooks', review.recordId, '');
const without = (ids: readonly string[], id: string) => ids.filter((each) => each !== id);

/** What a person's word on a product comes to. Items are never created here: each needs an income account, which an accountant chooses. */
export async function changeForItem(
  deps: Pick<Deps, 'ledger'>,
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
      return rejected(refusal('no-new-items', read.review.content.ours.name));
  }
}

/** The item may sell other products too: that is what the person was shown. */
async function linkTo(
  { ledger }: Pick<Deps, 'ledger'>,
  candidateId: string | null,
  read: ItemRead,
  caller: Caller,
): Promise<Outcome<Change>> {
  const { recordId, content } = read.review;
  const candidate = content.candidates.find(({ id }) => id === candidateId);
  if (!candidate) return rejected(refusal('no-such-candidate'));
  const said = { notSame: without(content.notSame, candidate.id), undone: without(content.undone, candidate.id) };
  const current = currentLink(read);
  if (current)
    return current.externalId === candidate.id
      ? done({ status: 'Resolved', said })
      : rejected(refusal('product-linked', current.displayName ?? current.externalId));
  const found = await ledger.readForInvoice({ customerId: null, itemIds: [candidate.id] });
  if (found.outcome !== 'done') return found;
  const item = found.value.items.find(({ id }) => id === candidate.id);
  if (!item) return rejected(refusal('item-gone', candidate.name));
  if (!item.active) return rejected(refusal('item-inactive', item.name));
  if (!item.hasIncomeAccount) return rejected(refusal('item-without-income-account', item.name));
  const link = itemLink(recordId, item, {
    matchedBy: 'Person',
    reasons: ['Decided by a person.', ...candidate.reasons].join(' '),
    score: candidate.score,
    confirmedBy: caller.userId,
  });
  return done({ status: 'Resolved', said, link });
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
    status: current ? 'Resolved' : left ? 'Open' : 'Dismissed',
    said: { notSame, undone: without(content.undone, candidate.id) },
  });
}

function undo(read: ItemRead): Outcome<Change> {
  const current = currentLink(read);
  const { notSame, undone } = read.review.content;
  const asked = new Set([...undone, ...notSame, ...(current ? [current.externalId] : [])]);
  return done({ status: 'Open', said: { notSame: [], undone: [...asked] }, ...(current ? { undo: current } : {}) });
}

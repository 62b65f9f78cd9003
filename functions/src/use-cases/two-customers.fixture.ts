import { ACCOUNT, createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { Link } from '../domain/link.ts';
import type { MatchReview } from '../domain/match-review.ts';
import { decideMatch, type MatchChoice } from './decide-match.ts';
import { previewInvoice } from './preview-invoice.ts';
import { registerWorkflows } from './workflows.ts';

// An account that is known to QuickBooks and could be either of two customers of Stripe, for tests of what a person decides.

export const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };
export const KEY = `main:stripe:${ACCOUNT}:USD`;
export const other = { phone: null, address: null, accountId: null, currency: null, balance: 0, url: '' };

/** The account is known to QuickBooks; in Stripe two customers could be it. */
export function world(change: (world: World) => void = () => undefined): World {
  const made = createWorld();
  for (const [key, link] of made.org.links) if (link.system === 'stripe' && link.recordType === 'Account') made.org.links.delete(key);
  made.payments.customers.clear();
  for (const id of ['cus_1', 'cus_2'])
    made.payments.customers.set(id, { ...other, id, name: 'Acme Rockets Inc.', email: 'ann@acme.example' });
  change(made);
  registerWorkflows(made);
  return made;
}
export async function preview(w: World) {
  const shown = await previewInvoice(w, { sourceId: OPPORTUNITY, draft: {} }, REP);
  if (shown.outcome !== 'done') throw new Error(JSON.stringify(shown));
  return shown.value;
}
export const decide = (w: World, choice: MatchChoice, candidateId: string | null = null, caller = ADMIN) =>
  decideMatch(w, { reviewId: KEY, choice, candidateId }, caller);
export const review = (w: World) => w.org.reviews.get(KEY) as MatchReview;
export const links = (w: World, status: Link['status']) =>
  [...w.org.links.values()].filter((link) => link.system === 'stripe' && link.recordType === 'Account' && link.status === status);

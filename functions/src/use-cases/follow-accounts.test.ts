import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { customerLink } from '../domain/matching.ts';
import { decideMatch } from './decide-match.ts';
import { issueInvoice } from './issue-invoice.ts';
import { preview } from './preview-and-issue.fixture.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

// Two accounts were merged in Salesforce: Acme Rockets, which both books know, into Acme Holding, to which the deal belongs now.

const HOLDING = '001000000000002AAA';
const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };

function merged(change: (w: World) => void = () => undefined): World {
  const w = createWorld();
  registerWorkflows(w);
  w.org.accounts.splice(0, 1, { id: HOLDING, name: 'Acme Holding', currency: 'USD', phone: null, address: null });
  Object.assign(w.org.contacts[0] ?? {}, { accountId: HOLDING, email: 'bob@holding.example' });
  Object.assign(w.org.sources.get(OPPORTUNITY)?.source ?? {}, { accountId: HOLDING });
  w.org.mergedInto.set(ACCOUNT, { id: HOLDING, name: 'Acme Holding' });
  change(w);
  return w;
}
/** The account that is left had a customer of its own. */
const bothLinked = () =>
  merged((w) => {
    w.payments.customers.set('cus_holding', {
      id: 'cus_holding',
      name: 'Acme Holding',
      email: null,
      phone: null,
      address: null,
      accountId: HOLDING,
      currency: 'USD',
      balance: 0,
      url: 'https://dashboard.stripe.com/customers/cus_holding',
    });
    const to = { id: 'cus_holding', name: 'Acme Holding', url: null };
    const link = customerLink('stripe', { accountId: HOLDING, currency: 'USD' }, to, {
      matchedBy: 'Created',
      reasons: 'Created by Trueup.',
    });
    w.org.links.set(`main:stripe:${HOLDING}:USD`, link);
  });
async function nightly(w: World): Promise<void> {
  await runSync(w, { kind: 'Nightly', waitMs: 1000 }, REP);
  await w.engine.idle();
  w.clock.advance(60_000);
}
const linksOf = (w: World, status: string) =>
  [...w.org.links.values()].filter((link) => link.recordType === 'Account' && link.status === status);
const review = (w: World) => w.org.reviews.get(`main:stripe:${HOLDING}:USD`);

describe('only the account that is gone was linked', () => {
  test('the one that is left is billed as its customer at once', async () => {
    const w = merged();
    expect((await preview(w)).identity).toMatchObject({ stripe: { id: 'cus_known' }, quickbooks: { id: '58' } });
    await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP);
    await w.engine.idle();
    expect([...w.payments.invoices.values()]).toMatchObject([{ customerId: 'cus_known', status: 'open' }]);
    expect([w.payments.customers.size, w.ledger.customers.size]).toEqual([1, 1]);
  });

  test('the nightly run gives it the links for good, and reports nothing', async () => {
    const w = merged();
    await nightly(w);
    await nightly(w);
    expect(linksOf(w, 'Linked')).toMatchObject([{ recordId: HOLDING }, { recordId: HOLDING }]);
    expect(w.org.links.has(`main:stripe:${HOLDING}:USD`)).toBe(true);
    expect([w.org.issues.size, w.org.reviews.size]).toEqual([0, 0]);
  });
});

describe('both accounts were linked', () => {
  test.each(['a look', 'the nightly run'])('%s asks which customer it is, and bills neither', async (who) => {
    const w = bothLinked();
    if (who === 'the nightly run') await nightly(w);
    expect((await preview(w)).identity.stripe).toMatchObject({
      status: 'needs-review',
      reason: 'Accounts that were merged were linked to different customers.',
    });
    expect(
      review(w)
        ?.content.candidates.map(({ id }) => id)
        .sort(),
    ).toEqual(['cus_holding', 'cus_known']);
    expect(review(w)?.content.candidates.find(({ id }) => id === 'cus_known')).toMatchObject({ email: 'ann@acme.example' });
    expect(linksOf(w, 'Undone')).toHaveLength(2);
    expect((await preview(w)).identity.stripe).toMatchObject({ candidates: [{}, {}] });
    const issued = await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP);
    expect(issued).toMatchObject({ value: { outcome: 'rejected', problems: [{ code: 'customer-needs-review' }] } });
  });

  test('a person says which, and that one is billed', async () => {
    const w = bothLinked();
    await nightly(w);
    const reviewId = review(w)?.key ?? '';
    expect(await decideMatch(w, { reviewId, choice: 'create-new', candidateId: null }, ADMIN)).toMatchObject({
      problem: { code: 'not-looked-yet' },
    });
    expect(await decideMatch(w, { reviewId, choice: 'link', candidateId: 'cus_known' }, ADMIN)).toMatchObject({
      value: { status: 'Resolved', linkedTo: { id: 'cus_known' } },
    });
    expect(await preview(w)).toMatchObject({ canIssue: true, identity: { stripe: { id: 'cus_known' } } });
  });
});

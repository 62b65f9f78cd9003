import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, PRODUCT_A, PRODUCT_B, REP, type World } from '../adapters/memory/world.ts';
import { itemLink, itemReviewKey } from '../domain/item-review.ts';
import type { Link } from '../domain/link.ts';
import { decideMatch, type MatchChoice } from './decide-match.ts';
import { issue, preview } from './preview-and-issue.fixture.ts';
import { undoLink } from './undo-link.ts';
import { registerWorkflows } from './workflows.ts';

// The product "Rocket" (RKT) has no item yet; "Launch service" has one. A person says what a product is sold as.

const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };
const KEY = itemReviewKey('main', 'quickbooks', PRODUCT_A);

function world(change: (w: World) => void): World {
  const w = createWorld();
  w.org.links.delete(`quickbooks:${PRODUCT_A}`);
  change(w);
  registerWorkflows(w);
  return w;
}
const item = (w: World, id: string, name: string, sku: string | null, change: object = {}) =>
  w.ledger.items.set(id, { id, name, sku, active: true, hasIncomeAccount: true, ...change });
/** Two items have the product's code. */
const twoItems = () => world((w) => item(w, '13', 'Rocket, refurbished', 'RKT', { price: '60', incomeAccount: 'Sales' }));

const decide = (w: World, choice: MatchChoice, candidateId: string | null = null, { key = KEY, caller = ADMIN } = {}) =>
  decideMatch(w, { reviewId: key, choice, candidateId }, caller);
const review = (w: World, key = KEY) => w.org.itemReviews.get(key);
const linksOf = (w: World, productId = PRODUCT_A, status: Link['status'] = 'Linked') =>
  [...w.org.links.values()].filter((link) => link.system === 'quickbooks' && link.recordId === productId && link.status === status);
const raised = (w: World) => w.faults.calls.filter((call) => call === 'matches.raise').length;

describe('a product whose item cannot be told', () => {
  test('stops the invoice, beside its line, and is put down for a person once', async () => {
    const w = twoItems();
    const shown = await preview(w);
    expect(shown).toMatchObject({ canIssue: false, problems: [{ code: 'product-needs-review', field: 'lines[0].productId' }] });
    expect(shown.problems[0]?.message).toContain('"Rocket" is sold as: Several items fit.');
    expect(shown.problems[0]?.action).toContain('match review of the product');
    expect(review(w)).toMatchObject({
      status: 'Open',
      recordId: PRODUCT_A,
      content: {
        ours: { productId: PRODUCT_A, name: 'Rocket', code: 'RKT' },
        candidates: [
          { id: '11', name: 'Rocket', score: 100, fields: { name: 'same', sku: 'same' } },
          { id: '13', name: 'Rocket, refurbished', price: '60', incomeAccount: 'Sales' },
        ],
      },
    });
    await preview(w);
    expect(await issue(w)).toMatchObject({ value: { outcome: 'rejected', problems: [{ code: 'product-needs-review' }] } });
    expect(raised(w)).toBe(1);
    expect(linksOf(w)).toEqual([]);
  });

  test('is found among items that are only alike', async () => {
    const w = world((made) => {
      made.ledger.items.delete('11');
      item(made, '14', 'Rockets', null);
    });
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-needs-review' }]);
    expect(review(w)?.content.candidates).toMatchObject([{ id: '14', reasons: ['The names are alike.'] }]);
    expect(await decide(w, 'link', '14')).toMatchObject({ value: { status: 'Resolved' } });
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('is asked about when its item sells another product, and may be sold as it all the same', async () => {
    const w = world((made) =>
      made.org.links.set('other', itemLink('01tOTHER', { id: '11', name: 'Rocket' }, { matchedBy: 'Score', reasons: '' })),
    );
    await preview(w);
    expect(review(w)).toMatchObject({
      reason: expect.stringContaining('sells another product too'),
      content: { candidates: [{ alsoSells: ['01tOTHER'] }] },
    });
    expect(await decide(w, 'link', '11')).toMatchObject({ value: { status: 'Resolved', linkedTo: { id: '11' } } });
    expect(linksOf(w)).toMatchObject([{ externalId: '11', matchedBy: 'Person' }]);
    expect(linksOf(w, '01tOTHER')).toHaveLength(1);
    expect(await issue(w)).toMatchObject({ outcome: 'done' });
    expect([...w.org.invoices.values()]).toMatchObject([{ status: 'Open' }]);
    expect([...w.ledger.invoices.values()][0]?.lines[0]?.itemId).toBe('11');
  });

  test('two products of one invoice that fit one item are both asked about', async () => {
    const w = world((made) => {
      made.org.links.delete(`quickbooks:${PRODUCT_B}`);
      const [, second] = made.org.sources.get(OPPORTUNITY)?.lines ?? [];
      Object.assign(second ?? {}, { productCode: 'RKT' });
    });
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-needs-review' }, { code: 'product-needs-review' }]);
    for (const productId of [PRODUCT_A, PRODUCT_B])
      expect(await decide(w, 'link', '11', { key: itemReviewKey('main', 'quickbooks', productId) })).toMatchObject({
        value: { status: 'Resolved' },
      });
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('closes by itself once the product is linked', async () => {
    const w = twoItems();
    await preview(w);
    w.ledger.items.delete('13');
    // The candidates are fewer: the one that is left is certain, and the invoice links it.
    expect(await issue(w)).toMatchObject({ outcome: 'done' });
    expect(linksOf(w)).toMatchObject([{ externalId: '11', matchedBy: 'Score' }]);
    await preview(w);
    expect(review(w)?.status).toBe('Resolved');
  });

  test('is not asked about where nothing is alike: nobody could choose', async () => {
    const w = world((made) => made.ledger.items.delete('11'));
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-not-mapped' }]);
    expect(raised(w)).toBe(0);
  });
});

describe('a person', () => {
  test('says which: linked in their name, and twice is once', async () => {
    const w = twoItems();
    await preview(w);
    for (let times = 0; times < 2; times += 1)
      expect(await decide(w, 'link', '13')).toMatchObject({ value: { status: 'Resolved', linkedTo: { id: '13' } } });
    expect(linksOf(w)).toMatchObject([{ externalId: '13', matchedBy: 'Person', confirmedBy: ADMIN.userId, score: 80 }]);
    expect(await decide(w, 'link', '11')).toMatchObject({ problem: { code: 'product-linked' } });
    expect(await decide(w, 'not-the-same', '13')).toMatchObject({ problem: { code: 'undo-product-first' } });
    expect(await issue(w)).toMatchObject({ outcome: 'done' });
    expect([...w.ledger.invoices.values()][0]?.lines[0]?.itemId).toBe('13');
  });

  test('rules one out, so that the other is certain; with both ruled out the product has no item', async () => {
    const w = twoItems();
    await preview(w);
    expect(await decide(w, 'not-the-same', '11')).toMatchObject({ value: { status: 'Open' } });
    expect((await preview(w)).canIssue).toBe(true);
    expect(await decide(w, 'not-the-same', '13')).toMatchObject({ value: { status: 'Dismissed' } });
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-not-mapped' }]);
  });

  test('undoes it: the question is open again, and nothing is linked before they decide', async () => {
    const w = twoItems();
    await preview(w);
    await decide(w, 'link', '13');
    for (let times = 0; times < 2; times += 1) expect(await decide(w, 'undo')).toMatchObject({ value: { status: 'Open', linkedTo: null } });
    expect(linksOf(w, PRODUCT_A, 'Undone')).toHaveLength(1);
    w.ledger.items.delete('11');
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-needs-review' }]);
    item(w, '13', 'Of another name by now', null);
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-needs-review' }]);
    expect(await decide(w, 'link', '13')).toMatchObject({ value: { status: 'Resolved' } });
  });

  test('takes back a link that was made without asking, and is asked what else it is sold as', async () => {
    const w = createWorld();
    registerWorkflows(w);
    expect((await undoLink(w, `quickbooks:${PRODUCT_A}`, ADMIN)).outcome).toBe('done');
    expect(review(w)).toMatchObject({
      status: 'Open',
      content: { ours: { name: 'Rocket', code: 'RKT' }, candidates: [{ id: '11' }], undone: ['11'] },
    });
    expect((await preview(w)).problems).toMatchObject([{ code: 'product-needs-review' }]);
    expect(review(w)?.content).toMatchObject({ candidates: [{ id: '11', sku: 'RKT', score: 100 }] });
    await preview(w);
    expect(raised(w)).toBe(2);
    expect(await decide(w, 'link', '11')).toMatchObject({ value: { status: 'Resolved' } });
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('is refused what cannot be: a new item, one that is gone, inactive or not for sale, and anybody without the right', async () => {
    const w = twoItems();
    await preview(w);
    expect(await decide(w, 'create-new')).toMatchObject({ problem: { code: 'no-new-items' } });
    expect(await decide(w, 'link', '99')).toMatchObject({ problem: { code: 'no-such-candidate' } });
    expect(await decide(w, 'link', '13', { caller: REP })).toMatchObject({ problem: { code: 'no-right-to-match' } });
    item(w, '13', 'Rocket, refurbished', 'RKT', { hasIncomeAccount: false });
    expect(await decide(w, 'link', '13')).toMatchObject({ problem: { code: 'item-without-income-account' } });
    item(w, '13', 'Rocket, refurbished', 'RKT', { active: false });
    expect(await decide(w, 'link', '13')).toMatchObject({ problem: { code: 'item-inactive' } });
    w.ledger.items.delete('13');
    expect(await decide(w, 'link', '13')).toMatchObject({ problem: { code: 'item-gone' } });
    expect(linksOf(w)).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, PRODUCT_A, PRODUCT_B, REP, type World } from '../adapters/memory/world.ts';
import { itemReviewKey, productLink } from '../domain/item-review.ts';
import type { Link } from '../domain/link.ts';
import { decideMatch, type MatchChoice } from './decide-match.ts';
import { linesOf } from './refresh-object.ts';
import { issue, preview } from './preview-and-issue.fixture.ts';
import { runSync } from './run-sync.ts';
import { undoLink } from './undo-link.ts';
import { registerWorkflows } from './workflows.ts';

// The product "Rocket" (RKT) is not in Stripe yet, or nobody knows as what; "Launch service" is.

const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };
const KEY = itemReviewKey('main', 'stripe', PRODUCT_A);
const OWN = `trueup_${PRODUCT_A}`;

function world(change: (w: World) => void = () => undefined): World {
  const w = createWorld();
  w.org.links.delete(`stripe:${PRODUCT_A}`);
  w.payments.products.delete('prod_rocket');
  change(w);
  registerWorkflows(w);
  return w;
}
const product = (w: World, id: string, name: string, change: object = {}) =>
  w.payments.products.set(id, { id, name, code: null, productId: null, active: true, url: '', ...change });
const twoProducts = () =>
  world((w) => {
    product(w, 'prod_1', 'Rocket');
    product(w, 'prod_2', 'Rocket');
  });

const decide = (w: World, choice: MatchChoice, candidateId: string | null = null) =>
  decideMatch(w, { reviewId: KEY, choice, candidateId }, ADMIN);
const review = (w: World) => w.org.itemReviews.get(KEY);
const linksOf = (w: World, productId = PRODUCT_A, status: Link['status'] = 'Linked') =>
  [...w.org.links.values()].filter((link) => link.system === 'stripe' && link.recordId === productId && link.status === status);
const countOf = (w: World, call: string) => w.faults.calls.filter((each) => each === call).length;
const billed = (w: World) => [...w.payments.billedAs.values()];
/** What was billed once can be billed again: the same lines of another deal. */
async function issueAgain(w: World) {
  w.org.invoices.clear();
  return issue(w);
}

describe('a product that Stripe does not have', () => {
  test('is made there once, linked, and used by the next invoice, which costs no call for it', async () => {
    const w = world();
    expect((await preview(w)).canIssue).toBe(true);
    expect(w.payments.products.size).toBe(1);
    await issue(w);
    expect(w.payments.products.get(OWN)).toMatchObject({ name: 'Rocket', code: 'RKT', productId: PRODUCT_A });
    expect(linksOf(w)).toMatchObject([{ externalId: OWN, matchedBy: 'Created', externalType: 'product' }]);
    expect(billed(w)).toEqual([OWN, 'prod_launch']);
    const searches = countOf(w, 'payments.findProducts');
    await issueAgain(w);
    expect(billed(w)).toEqual([OWN, 'prod_launch']);
    expect([countOf(w, 'payments.findProducts'), countOf(w, 'payments.createProduct')]).toEqual([searches, 1]);
  });

  test('is made once when its answer is lost', async () => {
    const w = world((made) => made.faults.plan('payments.createProduct', 'drop-answer'));
    await issue(w);
    expect([...w.org.invoices.values()]).toMatchObject([{ status: 'Open' }]);
    expect([...w.payments.products.keys()].sort()).toEqual(['prod_launch', OWN]);
  });

  test('is found again by its id where the link was lost, and where nothing is remembered of making it', async () => {
    const w = world((made) => product(made, OWN, 'Renamed', { productId: PRODUCT_A }));
    await issue(w);
    expect(linksOf(w)).toMatchObject([{ externalId: OWN, matchedBy: 'Metadata' }]);
    expect(countOf(w, 'payments.createProduct')).toBe(0);
  });

  test('is linked to the one that certainly fits', async () => {
    const w = world((made) => product(made, 'prod_1', 'rocket'));
    await issue(w);
    expect(linksOf(w)).toMatchObject([{ externalId: 'prod_1', matchedBy: 'Score', reasons: "The product has this product's name." }]);
    expect(billed(w)).toEqual(['prod_1', 'prod_launch']);
  });

  test('is looked for later where Stripe was down at the click', async () => {
    const w = world();
    w.faults.plan('payments.findProducts', 'unavailable');
    await issue(w);
    expect(billed(w)).toEqual([OWN, 'prod_launch']);
  });
});

describe('a product of which a person has to say what it is', () => {
  test('stops the invoice beside its line, and is put down once', async () => {
    const w = twoProducts();
    expect(await preview(w)).toMatchObject({
      canIssue: false,
      problems: [{ code: 'stripe-product-needs-review', field: 'lines[0].productId' }],
    });
    expect(review(w)).toMatchObject({
      ...{ status: 'Open', system: 'stripe', recordId: PRODUCT_A },
      content: { ours: { code: 'RKT' }, candidates: [{ id: 'prod_1', fields: { name: 'same', sku: 'unknown' } }, { id: 'prod_2' }] },
    });
    await preview(w);
    expect(await issue(w)).toMatchObject({ value: { outcome: 'rejected' } });
    expect(countOf(w, 'matches.raise')).toBe(1);
  });

  test('is linked as they say, may be undone, and is asked about again', async () => {
    const w = twoProducts();
    await preview(w);
    expect(await decide(w, 'link', 'prod_2')).toMatchObject({ value: { status: 'Resolved', linkedTo: { id: 'prod_2' } } });
    expect(await decide(w, 'link', 'prod_2')).toMatchObject({ value: { status: 'Resolved' } });
    expect((await preview(w)).canIssue).toBe(true);
    expect(await decide(w, 'undo')).toMatchObject({ value: { status: 'Open' } });
    expect((await preview(w)).problems).toMatchObject([{ code: 'stripe-product-needs-review' }]);
    expect(linksOf(w)).toEqual([]);
  });

  test('may be made anew, also after one was made and taken back', async () => {
    const w = twoProducts();
    await preview(w);
    expect(await decide(w, 'create-new')).toMatchObject({ value: { status: 'Resolved', linkedTo: { id: OWN } } });
    const linkId = [...w.org.links].find(([, link]) => link.externalId === OWN)?.[0] ?? '';
    expect(await undoLink(w, linkId, ADMIN)).toMatchObject({ outcome: 'done' });
    expect(review(w)).toMatchObject({ status: 'Open', content: { undone: expect.arrayContaining([OWN]) } });
    expect(await decide(w, 'create-new')).toMatchObject({ value: { linkedTo: { id: `${OWN}-2` } } });
    await issue(w);
    expect(billed(w)).toEqual([`${OWN}-2`, 'prod_launch']);
  });

  test('is made by the next invoice once none of them is the same', async () => {
    const w = twoProducts();
    await preview(w);
    await decide(w, 'not-the-same', 'prod_1');
    expect(await decide(w, 'not-the-same', 'prod_2')).toMatchObject({ value: { status: 'Dismissed' } });
    await issue(w);
    expect(billed(w)).toEqual([OWN, 'prod_launch']);
  });

  test('may share the product of another one, where a person says so', async () => {
    const w = world((made) => {
      product(made, 'prod_1', 'Rocket');
      made.org.links.set('other', productLink('01tOTHER', { id: 'prod_1', name: 'Rocket' }, { matchedBy: 'Score', reasons: '' }));
    });
    expect((await preview(w)).problems).toMatchObject([{ message: expect.stringContaining('stands for another product too') }]);
    expect(await decide(w, 'link', 'prod_1')).toMatchObject({ value: { status: 'Resolved' } });
    expect([linksOf(w).length, linksOf(w, '01tOTHER').length]).toEqual([1, 1]);
  });

  test('is not linked to what was archived or deleted meanwhile', async () => {
    const w = twoProducts();
    await preview(w);
    product(w, 'prod_1', 'Rocket', { active: false });
    w.payments.products.delete('prod_2');
    expect(await decide(w, 'link', 'prod_1')).toMatchObject({ problem: { code: 'product-archived' } });
    expect(await decide(w, 'link', 'prod_2')).toMatchObject({ problem: { code: 'product-gone' } });
  });

  test('two products of one invoice that fit one product are both asked about', async () => {
    const w = world((made) => {
      made.org.links.delete(`stripe:${PRODUCT_B}`);
      product(made, 'prod_1', 'Something', { code: 'RKT' });
      Object.assign(made.org.sources.get(OPPORTUNITY)?.lines[1] ?? {}, { productCode: 'RKT' });
      made.payments.products.delete('prod_launch');
    });
    expect((await preview(w)).problems.map(({ code }) => code)).toEqual(['stripe-product-needs-review', 'stripe-product-needs-review']);
  });
});

async function nightly(w: World) {
  w.clock.advance(86_400_000);
  await runSync(w, { kind: 'Nightly', waitMs: 0 }, REP);
  await w.engine.idle();
}

describe('a linked product that is archived or deleted in Stripe', () => {
  const changed = (w: World, id: string) =>
    linesOf(w, { kind: 'stripe:product', id, invoiceId: null, generation: 1, attempts: 0 } as Parameters<typeof linesOf>[1]);

  test('is raised with a fix, and nothing is made in its place until a person says so', async () => {
    const w = createWorld();
    registerWorkflows(w);
    product(w, 'prod_rocket', 'Rocket', { productId: PRODUCT_A, active: false });
    expect(await changed(w, 'prod_rocket')).toEqual({ outcome: 'done', value: [] });
    expect(linksOf(w, PRODUCT_A, 'Broken')).toMatchObject([{ externalId: 'prod_rocket' }]);
    expect([...w.org.issues.values()]).toMatchObject([{ cause: 'Link Broken', recordId: PRODUCT_A }]);
    expect((await preview(w)).problems).toMatchObject([{ code: 'stripe-product-needs-review' }]);
    expect(review(w)?.content).toMatchObject({ broken: 'prod_rocket', candidates: [{ id: 'prod_rocket', active: false }] });
    expect(await decide(w, 'create-new')).toMatchObject({ value: { linkedTo: { id: OWN } } });
    expect([...w.org.issues.values()]).toMatchObject([{ resolved: true }]);
    await issue(w);
    expect(billed(w)).toEqual([OWN, 'prod_launch']);
  });

  test('is found by the nightly sync where no event told of it, and told once', async () => {
    const w = createWorld();
    registerWorkflows(w);
    await nightly(w);
    expect([...w.org.issues.values()]).toEqual([]);
    w.payments.products.delete('prod_rocket');
    for (let nights = 0; nights < 2; nights += 1) await nightly(w);
    expect(linksOf(w, PRODUCT_A, 'Broken')).toHaveLength(1);
    expect([...w.org.issues.values()]).toMatchObject([
      { cause: 'Link Broken', recordId: PRODUCT_A, message: expect.stringContaining('prod_rocket') },
    ]);
  });

  test('can be linked again once it is restored; a change that leaves it active is no news', async () => {
    const w = createWorld();
    registerWorkflows(w);
    await changed(w, 'prod_rocket');
    expect(linksOf(w)).toHaveLength(1);
    product(w, 'prod_rocket', 'Rocket', { active: false });
    await changed(w, 'prod_rocket');
    await preview(w);
    product(w, 'prod_rocket', 'Rocket');
    await preview(w);
    expect(review(w)?.reason).toContain('is restored');
    expect(await decide(w, 'link', 'prod_rocket')).toMatchObject({ value: { status: 'Resolved' } });
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('of which nobody told stops the invoice when it is sent, which is taken back', async () => {
    const w = createWorld();
    registerWorkflows(w);
    product(w, 'prod_rocket', 'Rocket', { active: false });
    await issue(w);
    expect([...w.org.invoices.values()]).toMatchObject([{ status: 'Rejected' }]);
    expect(linksOf(w, PRODUCT_A, 'Broken')).toHaveLength(1);
    expect((await preview(w)).problems).toMatchObject([{ code: 'stripe-product-needs-review' }]);
  });
});

import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, PRODUCT_A, REP, type World } from '../adapters/memory/world.ts';
import { itemLink, productLink } from '../domain/item-review.ts';
import type { Link } from '../domain/link.ts';
import { customerLink } from '../domain/matching.ts';
import { reviewOf } from '../domain/match-review.ts';
import { issueInvoice } from './issue-invoice.ts';
import { resumeOperations } from './resume-operations.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

// Between the click and the books: who the customer is may have been decided, or been taken.

const OTHER = '001000000000002AAA';
const PRODUCT_C = '01t000000000009AAA';
const whom = { accountId: ACCOUNT, name: 'Acme Rockets', email: null, phone: null, address: null, currency: 'USD' };
const linkOf = (system: Link['system'], accountId: string, id: string): Link =>
  customerLink(system, { accountId, currency: 'USD' }, { id, name: id, url: null }, { matchedBy: 'Person', reasons: 'Decided.' });

/** Nobody is linked; QuickBooks has a customer with the account's id, Stripe has none. */
function unlinked(): World {
  const w = createWorld();
  for (const [key, link] of w.org.links) if (link.recordType === 'Account') w.org.links.delete(key);
  w.payments.customers.clear();
  registerWorkflows(w);
  return w;
}
async function issue(w: World) {
  expect(await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP)).toMatchObject({ outcome: 'done' });
  await w.engine.idle();
  return [...w.org.invoices.values()][0];
}
/** What happens right before Salesforce is asked, the first time. */
function before(w: World, call: 'readParties' | 'claim', happens: () => void): void {
  const asked = w.matches[call].bind(w.matches) as (request: never) => Promise<never>;
  let happened = false;
  w.matches[call] = (request: never) => {
    if (!happened) happens();
    happened = true;
    return asked(request);
  };
}
const links = (w: World, recordId = ACCOUNT) =>
  [...w.org.links.values()].filter((link) => link.recordId === recordId && link.status === 'Linked');

describe('while the invoice waits its turn', () => {
  test('Salesforce says something else of the account: the customers are made as at the click, brought in step after it, and nobody is asked', async () => {
    const w = unlinked();
    w.ledger.customers.clear();
    before(w, 'claim', () => Object.assign(w.org.accounts[0] ?? {}, { phone: '+1 555 0199' }));
    await issue(w);
    expect([...w.payments.customers.values()].map(({ phone }) => phone)).not.toEqual(['+1 555 0199']);
    await runSync(w, { kind: 'Nightly', waitMs: 0 }, REP);
    await w.engine.idle();
    const phones = [...w.payments.customers.values(), ...w.ledger.customers.values()].map(({ phone }) => phone);
    expect(phones).toEqual(['+1 555 0199', '+1 555 0199']);
    expect([...w.org.conflicts.values()]).toEqual([]);
  });

  test('a person links another customer: that one is billed, and nobody is created', async () => {
    const w = unlinked();
    w.payments.customers.set('cus_chosen', { ...whom, id: 'cus_chosen', name: 'Rockets', accountId: null, balance: 0, url: 'u' });
    before(w, 'readParties', () => w.org.links.set('chosen', linkOf('stripe', ACCOUNT, 'cus_chosen')));
    expect(await issue(w)).toMatchObject({ status: 'Open' });
    expect([...w.payments.customers.keys()]).toEqual(['cus_chosen']);
    expect(
      links(w)
        .map((link) => link.externalId)
        .sort(),
    ).toEqual(['58', 'cus_chosen']);
  });

  test('a person undoes the link: nothing is created or sent, and the review waits', async () => {
    const w = unlinked();
    before(w, 'readParties', () => {
      const asked = { companyKey: 'main', system: 'stripe' as const, whom, said: { notSame: [], undone: ['cus_gone'] }, broken: null };
      const review = reviewOf(asked, { reason: 'A person undid the link to it.', candidates: [] });
      w.org.reviews.set(review.key, review);
    });
    expect(await issue(w)).toMatchObject({ status: 'Rejected', problem: expect.stringContaining('not certain who this customer is') });
    expect(w.payments.customers.size).toBe(0);
    expect([...w.org.reviews.values()]).toMatchObject([{ status: 'Open' }]);
  });

  test('and the process dies after the draft was made for that one: nobody is created when it is taken up again', async () => {
    const w = unlinked();
    w.payments.customers.set('cus_chosen', { ...whom, id: 'cus_chosen', name: 'Rockets', accountId: null, balance: 0, url: 'u' });
    before(w, 'readParties', () => w.org.links.set('chosen', linkOf('stripe', ACCOUNT, 'cus_chosen')));
    w.faults.plan('payments.addLines', 'kill-before');
    await issue(w);
    w.engine.forget();
    w.clock.advance(3_600_000);
    await resumeOperations(w);
    await w.engine.idle();
    expect([...w.org.invoices.values()]).toMatchObject([{ status: 'Open' }]);
    expect([...w.payments.customers.keys()]).toEqual(['cus_chosen']);
  });

  test('and its account is merged into another while the process is dead: what follows is about the account that is left', async () => {
    const w = createWorld();
    registerWorkflows(w);
    const accounts: string[] = [];
    const { writeBack } = w.records;
    w.records.writeBack = (write) => {
      accounts.push(write.accountId);
      return writeBack(write);
    };
    w.faults.plan('payments.addLines', 'kill-before');
    await issue(w);
    w.engine.forget();
    w.org.mergedInto.set(ACCOUNT, { id: OTHER, name: 'Acme Holding' });
    w.clock.advance(3_600_000);
    await resumeOperations(w);
    await w.engine.idle();
    expect([...w.org.invoices.values()]).toMatchObject([{ status: 'Open' }]);
    expect(accounts.at(-1)).toBe(OTHER);
  });

  test('an account that both books know by their links costs no second reading', async () => {
    const w = createWorld();
    registerWorkflows(w);
    await issue(w);
    expect(w.faults.calls).not.toContain('matches.readParties');
    expect(w.faults.calls).not.toContain('matches.claim');
  });
});

describe('a key that is taken at the last moment', () => {
  test('by another account: a person is asked before anything is sent', async () => {
    const w = unlinked();
    before(w, 'claim', () => w.org.links.set('held', linkOf('quickbooks', OTHER, '58')));
    expect(await issue(w)).toMatchObject({ status: 'Rejected' });
    expect([...w.org.reviews.values()]).toMatchObject([{ system: 'quickbooks', status: 'Open', content: { candidates: [{ id: '58' }] } }]);
    expect(w.ledger.invoices.size + w.payments.invoices.size).toBe(0);
    expect(links(w, OTHER)).toHaveLength(1);
  });

  test('by a person’s choice for this account: theirs is billed, and stays', async () => {
    const w = unlinked();
    w.payments.customers.set('cus_chosen', { ...whom, id: 'cus_chosen', accountId: OTHER, balance: 0, url: 'u' });
    before(w, 'claim', () => w.org.links.set('chosen', linkOf('stripe', ACCOUNT, 'cus_chosen')));
    expect(await issue(w)).toMatchObject({ status: 'Open' });
    expect(links(w).filter((link) => link.system === 'stripe')).toMatchObject([{ externalId: 'cus_chosen', matchedBy: 'Person' }]);
    expect([...w.payments.invoices.values()]).toMatchObject([{ customerId: 'cus_chosen' }]);
  });

  test('by another product whose item it is too: a person is asked before anything is sent', async () => {
    const w = createWorld();
    w.org.links.delete(`quickbooks:${PRODUCT_A}`);
    registerWorkflows(w);
    const other = itemLink(PRODUCT_C, { id: '11', name: 'Rocket' }, { matchedBy: 'Score', reasons: '' });
    before(w, 'claim', () => w.org.links.set('other', other));
    expect(await issue(w)).toMatchObject({ status: 'Rejected', problem: expect.stringContaining('sells another product too') });
    expect([...w.org.itemReviews.values()]).toMatchObject([
      { recordId: PRODUCT_A, status: 'Open', content: { candidates: [{ id: '11' }] } },
    ]);
    expect(w.ledger.invoices.size + w.payments.invoices.size).toBe(0);
  });

  test('by another product whose product in Stripe it is too: a person is asked before anything is sent', async () => {
    const w = createWorld();
    w.org.links.delete(`stripe:${PRODUCT_A}`);
    w.payments.products.set('prod_rocket', { id: 'prod_rocket', name: 'Rocket', code: null, productId: null, active: true, url: '' });
    registerWorkflows(w);
    const other = productLink(PRODUCT_C, { id: 'prod_rocket', name: 'Rocket' }, { matchedBy: 'Score', reasons: '' });
    before(w, 'claim', () => w.org.links.set('other', other));
    expect(await issue(w)).toMatchObject({ status: 'Rejected', problem: expect.stringContaining('stands for another product too') });
    expect([...w.org.itemReviews.values()]).toMatchObject([{ system: 'stripe', recordId: PRODUCT_A, status: 'Open' }]);
    expect(w.ledger.invoices.size + w.payments.invoices.size).toBe(0);
  });

  test('by a person’s choice for this product: it is sold as that item', async () => {
    const w = createWorld();
    w.org.links.delete(`quickbooks:${PRODUCT_A}`);
    registerWorkflows(w);
    const chosen = itemLink(PRODUCT_A, { id: '12', name: 'Launch service' }, { matchedBy: 'Person', reasons: 'Decided.' });
    before(w, 'claim', () => w.org.links.set('chosen', chosen));
    expect(await issue(w)).toMatchObject({ status: 'Open' });
    expect(links(w, PRODUCT_A).filter((link) => link.system === 'quickbooks')).toMatchObject([{ externalId: '12', matchedBy: 'Person' }]);
    expect([...w.ledger.invoices.values()][0]?.lines[0]?.itemId).toBe('12');
  });
});

import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { refreshObject } from './refresh-object.ts';
import { runSync } from './run-sync.ts';
import { issueInvoice } from './issue-invoice.ts';
import { registerWorkflows } from './workflows.ts';
import { KEY, world, preview, decide, review, links } from './two-customers.fixture.ts';

describe('the linked customer is gone', () => {
  const lost = () =>
    world((made) => {
      made.org.links.set(KEY, {
        system: 'stripe',
        recordId: ACCOUNT,
        recordType: 'Account',
        currency: 'USD',
        externalId: 'cus_lost',
        externalType: 'customer',
        matchedBy: 'Created',
        status: 'Linked',
      });
    });

  test('the link is broken and reported, and nobody is created in its place', async () => {
    const w = lost();
    expect((await preview(w)).problems).toMatchObject([{ code: 'customer-gone' }]);
    expect(links(w, 'Broken')).toMatchObject([{ externalId: 'cus_lost' }]);
    expect(w.org.issues.get(`link-broken.${KEY}`)).toMatchObject({ cause: 'Link Broken', recordId: ACCOUNT });
    w.payments.customers.clear();
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [] });
    expect((await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP)).outcome).toBe('done');
    expect(w.payments.customers.size).toBe(0);
  });

  test.each([
    ['stripe', 'stripe:customer', (w: World) => w.payments.customers.clear()],
    ['quickbooks', 'quickbooks:customer', (w: World) => w.ledger.customers.clear()],
    ['quickbooks', 'quickbooks:merged_customer', () => undefined],
  ] as const)('an event of %s (%s) breaks the link once, and nothing of anybody else', async (system, kind, remove) => {
    const w = createWorld();
    remove(w);
    const hear = (id: string) => refreshObject(w, { kind, id, invoiceId: null, generation: 1, attempts: 0 });
    const id = system === 'stripe' ? 'cus_known' : '58';
    for (const of of [id, id, 'somebody else']) expect((await hear(of)).outcome).toBe('done');
    expect([...w.org.links.values()].filter((link) => link.status === 'Broken')).toMatchObject([{ system, externalId: id }]);
    expect([...w.org.issues.values()]).toMatchObject([{ cause: 'Link Broken' }]);
  });

  test('a customer that is still there keeps its link, whatever an event says', async () => {
    const w = createWorld();
    await refreshObject(w, { kind: 'stripe:customer', id: 'cus_known', invoiceId: null, generation: 1, attempts: 0 });
    expect(w.org.issues.size).toBe(0);
  });

  test('the nightly run breaks the links of an account that was deleted', async () => {
    const w = createWorld();
    registerWorkflows(w);
    w.org.accounts.length = 0;
    for (const expected of [2, 0]) {
      const run = await runSync(w, { kind: 'Nightly', waitMs: 1000 }, REP);
      await w.engine.idle();
      w.clock.advance(60_000);
      const key = run.outcome === 'done' ? run.value.operationKey : null;
      expect(w.org.syncRuns.get(key ?? '')?.issues).toHaveLength(expected);
    }
    const words = expect.stringContaining('was deleted in Salesforce');
    expect([...w.org.issues.values()].map((issue) => issue.message)).toEqual([words, words]);
    expect([...w.org.links.values()].filter((link) => link.status === 'Broken')).toHaveLength(2);
  });

  test('a person links who it is now, and the report is closed', async () => {
    const w = lost();
    await preview(w);
    expect(review(w).content).toMatchObject({ broken: 'cus_lost', candidates: [{ id: 'cus_1' }, { id: 'cus_2' }] });
    expect(await decide(w, 'link', 'cus_1')).toMatchObject({ value: { linkedTo: { id: 'cus_1' } } });
    expect(w.org.issues.get(`link-broken.${KEY}`)?.resolved).toBe(true);
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('or has a new one created, which is not the lost one again', async () => {
    const w = lost();
    await preview(w);
    expect(await decide(w, 'create-new')).toMatchObject({ value: { status: 'Resolved' } });
    expect(links(w, 'Linked')).toHaveLength(1);
    expect(links(w, 'Linked')[0]?.externalId).not.toBe('cus_lost');
  });
});

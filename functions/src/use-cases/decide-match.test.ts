import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, REP } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { undoLink } from './undo-link.ts';
import { ADMIN, KEY, other, world, preview, decide, review, links } from './two-customers.fixture.ts';

describe('a look that cannot tell', () => {
  test('puts the candidates down for a person, once', async () => {
    const w = world();
    expect((await preview(w)).identity.stripe).toMatchObject({
      status: 'needs-review',
      reason: 'Several records could each be this customer.',
    });
    expect(review(w)).toMatchObject({ status: 'Open', system: 'stripe', recordId: ACCOUNT });
    expect(review(w).content.candidates).toMatchObject([
      { id: 'cus_1', score: 80, fields: { name: 'same', email: 'same', phone: 'unknown', address: 'unknown' } },
      { id: 'cus_2' },
    ]);
    await preview(w);
    expect(w.faults.calls.filter((call) => call === 'matches.raise')).toHaveLength(1);
  });

  test('a click is refused and puts them down too', async () => {
    const w = world();
    const issued = await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP);
    expect(issued).toMatchObject({ value: { outcome: 'rejected', problems: [{ code: 'customer-needs-review' }] } });
    expect(review(w).status).toBe('Open');
  });

  test('name and a common mailbox are for a person; name and telephone are certain', async () => {
    const w = world((made) => {
      made.payments.customers.delete('cus_2');
      made.payments.customers.set('cus_1', { ...other, id: 'cus_1', name: 'Acme Rockets', email: 'billing@acme.example' });
      Object.assign(made.org.accounts[0] ?? {}, { phone: '(415) 555-2671' });
      made.org.contacts[0] = { id: '003000000000001AAA', accountId: ACCOUNT, name: 'Billing', email: 'billing@acme.example' };
    });
    expect((await preview(w)).identity.stripe?.status).toBe('needs-review');
    w.payments.customers.set('cus_1', {
      ...other,
      id: 'cus_1',
      name: 'ACME Rockets',
      email: 'billing@acme.example',
      phone: '+14155552671',
    });
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'linked', id: 'cus_1', matchedBy: 'Score', score: 89 });
  });
});

describe('a decision', () => {
  test('links the chosen one in the person’s name, and twice is once', async () => {
    const w = world();
    await preview(w);
    const linked = { outcome: 'done', value: { status: 'Resolved', linkedTo: { id: 'cus_2' } } };
    expect(await decide(w, 'link', 'cus_2')).toMatchObject(linked);
    expect(await decide(w, 'link', 'cus_2')).toMatchObject(linked);
    expect(review(w).content.linkedTo).toMatchObject({ id: 'cus_2' });
    expect(links(w, 'Linked')).toMatchObject([{ externalId: 'cus_2', matchedBy: 'Person', confirmedBy: ADMIN.userId, score: 80 }]);
    expect((await preview(w)).canIssue).toBe(true);
  });

  test('creates a new one once, however often it is asked for', async () => {
    const w = world();
    await preview(w);
    await decide(w, 'create-new');
    expect(await decide(w, 'create-new')).toMatchObject({ value: { status: 'Resolved' } });
    expect(w.payments.customers.size).toBe(3);
    expect(links(w, 'Linked')).toMatchObject([{ matchedBy: 'Created', confirmedBy: ADMIN.userId }]);
  });

  test('what is not the same is not asked again; with nobody left the next invoice creates one', async () => {
    const w = world();
    await preview(w);
    expect(await decide(w, 'not-the-same', 'cus_1')).toMatchObject({ value: { status: 'Open' } });
    // The other one alone would be certain.
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'linked', id: 'cus_2' });
    expect(await decide(w, 'not-the-same', 'cus_2')).toMatchObject({ value: { status: 'Dismissed' } });
    expect((await preview(w)).identity.stripe?.status).toBe('will-be-created');
  });

  test('undo gives the keys up and asks again, never linking by itself', async () => {
    const w = world((made) => made.payments.customers.delete('cus_2'));
    w.payments.customers.set('cus_1', { ...other, id: 'cus_1', name: 'Acme', email: 'ann@acme.example' });
    await preview(w);
    await decide(w, 'link', 'cus_1');
    expect(await decide(w, 'undo')).toMatchObject({ value: { status: 'Open', linkedTo: null } });
    expect(await decide(w, 'undo')).toMatchObject({ value: { status: 'Open' } });
    expect(review(w).content.linkedTo).toBeUndefined();
    expect(links(w, 'Linked')).toEqual([]);
    expect(links(w, 'Undone')).toHaveLength(1);
    w.payments.customers.set('cus_1', { ...other, id: 'cus_1', name: 'Acme Rockets', email: 'ann@acme.example' });
    expect((await preview(w)).identity.stripe?.status).toBe('needs-review');
    expect(await decide(w, 'link', 'cus_1')).toMatchObject({ value: { status: 'Resolved' } });
  });
});

describe('a link that was made without asking', () => {
  const id = `stripe:${ACCOUNT}`;

  test('can be taken back: the question is open, and the same customer is not linked again by itself', async () => {
    const w = createWorld();
    expect((await undoLink(w, id, ADMIN)).outcome).toBe('done');
    expect(links(w, 'Undone')).toMatchObject([{ externalId: 'cus_known' }]);
    expect(review(w)).toMatchObject({ status: 'Open', content: { undone: ['cus_known'] } });
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [{ id: 'cus_known' }] });
    expect(await decide(w, 'link', 'cus_known')).toMatchObject({ value: { status: 'Resolved' } });
    const [again] = [...w.org.links].flatMap(([key, link]) => (link.status === 'Undone' ? [key] : []));
    expect((await undoLink(w, again ?? '', ADMIN)).outcome).toBe('done');
    expect(links(w, 'Linked')).toHaveLength(1);
  });

  test('nobody is created with a name alone: a look comes first', async () => {
    const w = createWorld();
    await undoLink(w, id, ADMIN);
    expect(await decide(w, 'create-new')).toMatchObject({ outcome: 'rejected', problem: { code: 'not-looked-yet' } });
    w.payments.customers.clear();
    await preview(w);
    expect(await decide(w, 'create-new')).toMatchObject({ value: { status: 'Resolved' } });
    expect([...w.payments.customers.values()]).toMatchObject([{ email: 'ann@acme.example', phone: '+1 555 0100' }]);
  });

  test('while a person is asked nothing is linked or created, whoever is found', async () => {
    const w = createWorld();
    await undoLink(w, id, ADMIN);
    w.payments.customers.clear();
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [] });
    w.payments.customers.set('cus_new', { ...other, id: 'cus_new', name: 'Acme Rockets', email: 'ann@acme.example' });
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [{ id: 'cus_new' }] });
  });

  test('that one of two is not the same decides nothing about the other', async () => {
    const w = createWorld();
    const known = w.payments.customers.get('cus_known');
    await undoLink(w, id, ADMIN);
    for (const each of ['cus_known', 'cus_new'])
      w.payments.customers.set(each, { ...other, ...known, id: each, name: 'Acme Rockets', email: 'ann@acme.example', accountId: null });
    await preview(w);
    await decide(w, 'not-the-same', 'cus_known');
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [{ id: 'cus_new' }] });
  });

  test('not by somebody without the right', async () => {
    const w = createWorld();
    expect(await undoLink(w, id, REP)).toMatchObject({ problem: { code: 'no-right-to-match' } });
    expect(links(w, 'Linked')).toHaveLength(1);
  });
});

describe('refused', () => {
  test('without the right', async () => {
    const w = world();
    await preview(w);
    expect(await decide(w, 'link', 'cus_1', REP)).toMatchObject({ outcome: 'rejected', problem: { code: 'no-right-to-match' } });
  });

  test('a customer that another account holds, and whose it is', async () => {
    const w = world();
    await preview(w);
    w.org.accounts.push({ id: '001000000000002AAA', name: 'Acme Holding', currency: 'USD', phone: null, address: null });
    const held = {
      system: 'stripe',
      recordType: 'Account',
      externalType: 'customer',
      currency: 'USD',
      matchedBy: 'Person',
      status: 'Linked',
    } as const;
    w.org.links.set('held', { ...held, recordId: '001000000000002AAA', externalId: 'cus_1' });
    expect(await decide(w, 'link', 'cus_1')).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'link-held', message: 'Acme Rockets Inc. is linked to another account: Acme Holding.' },
    });
    expect(review(w).status).toBe('Open');
  });

  test('one that is certain for two accounts is linked by nobody but a person', async () => {
    const w = world((made) => made.payments.customers.delete('cus_2'));
    const held = {
      system: 'stripe',
      recordType: 'Account',
      externalType: 'customer',
      currency: 'USD',
      matchedBy: 'Person',
      status: 'Linked',
    } as const;
    w.org.links.set('held', { ...held, recordId: '001000000000002AAA', externalId: 'cus_1' });
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'needs-review', candidates: [{ id: 'cus_1' }] });
    w.org.links.delete('held');
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'linked', id: 'cus_1' });
    w.org.links.set(KEY, { ...held, recordId: ACCOUNT, externalId: 'cus_1' });
    await preview(w);
    expect(review(w).status).toBe('Resolved');
  });

  test('whether it is linked already could not be asked: nobody is linked on that', async () => {
    const w = world((made) => made.payments.customers.delete('cus_2'));
    w.faults.plan('matches.findLinks', 'unavailable');
    expect((await preview(w)).identity.stripe).toBeNull();
    expect((await preview(w)).identity.stripe).toMatchObject({ status: 'linked', id: 'cus_1' });
  });

  test('another link while one stands, and a candidate that is gone by now', async () => {
    const w = world();
    await preview(w);
    w.payments.customers.delete('cus_2');
    expect(await decide(w, 'link', 'cus_2')).toMatchObject({ problem: { code: 'candidate-gone' } });
    await decide(w, 'link', 'cus_1');
    expect(await decide(w, 'link', 'cus_2')).toMatchObject({ problem: { code: 'already-linked' } });
    expect(await decide(w, 'create-new')).toMatchObject({ problem: { code: 'already-linked' } });
    expect(await decide(w, 'not-the-same', 'cus_1')).toMatchObject({ problem: { code: 'undo-first' } });
  });
});

import { describe, expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { Link } from '../domain/link.ts';
import { decideMatch, type MatchChoice } from './decide-match.ts';
import { issueInvoice } from './issue-invoice.ts';
import { previewInvoice } from './preview-invoice.ts';
import { undoLink } from './undo-link.ts';
import { registerWorkflows } from './workflows.ts';

// A customer that a person ruled out, or that was lost, is not handed back as the new one.

const ADMIN = { ...REP, permissions: ['Trueup_Administer'] };

/** Neither book knows the account: the first invoice makes a customer in each. */
async function billed(): Promise<World> {
  const w = createWorld();
  for (const [key, link] of w.org.links) if (link.recordType === 'Account') w.org.links.delete(key);
  w.payments.customers.clear();
  w.ledger.customers.clear();
  registerWorkflows(w);
  await issueAll(w);
  return w;
}
/** Another deal with the account each time. */
async function issueAll(w: World) {
  const deal = w.org.sources.get(OPPORTUNITY);
  if (!deal) throw new Error('The world has a deal.');
  const n = w.org.invoices.size + 1;
  const sourceId = OPPORTUNITY.replace('0060', `006${n}`);
  const lines = deal.lines.map((line) => ({ ...line, id: line.id.replace('00k0', `00k${n}`) }));
  w.org.sources.set(sourceId, { source: { ...deal.source, id: sourceId }, lines });
  expect(await issueInvoice(w, { sourceId, draft: {}, waitMs: 0 }, REP)).toMatchObject({ outcome: 'done', value: { problems: [] } });
  await w.engine.idle();
}
const preview = (w: World) => previewInvoice(w, { sourceId: OPPORTUNITY, draft: {} }, REP);
const linked = (w: World, system: Link['system']) =>
  [...w.org.links.values()].filter((link) => link.system === system && link.recordType === 'Account' && link.status === 'Linked');
const decide = async (w: World, system: Link['system'], choice: MatchChoice, candidateId: string | null = null) => {
  const decided = await decideMatch(w, { reviewId: `main:${system}:${ACCOUNT}:USD`, choice, candidateId }, ADMIN);
  if (decided.outcome !== 'done') throw new Error(JSON.stringify(decided));
  return decided.value.linkedTo?.id ?? null;
};
async function undoOf(w: World, system: Link['system']): Promise<string> {
  const [key, link] = [...w.org.links].find(([, each]) => each === linked(w, system)[0]) ?? [];
  await undoLink(w, key ?? '', ADMIN);
  await preview(w);
  return link?.externalId ?? '';
}

describe.each(['stripe', 'quickbooks'] as const)('in %s', (system) => {
  test('undone, then created anew: another one each time, once', async () => {
    const w = await billed();
    const first = await undoOf(w, system);
    const second = await decide(w, system, 'create-new');
    expect(second).not.toBe(first);
    expect(await decide(w, system, 'create-new')).toBe(second);
    await decide(w, system, 'undo');
    const third = await decide(w, system, 'create-new');
    expect([first, second]).not.toContain(third);
    expect(linked(w, system)).toMatchObject([{ externalId: third }]);
  });

  test('undone, then not the same: the next invoice makes another one', async () => {
    const w = await billed();
    const first = await undoOf(w, system);
    expect(await decide(w, system, 'not-the-same', first)).toBeNull();
    await issueAll(w);
    expect(linked(w, system)).toHaveLength(1);
    expect(linked(w, system)[0]?.externalId).not.toBe(first);
  });

  test('the answer to its creation was lost: what is found is not the one that was ruled out', async () => {
    const w = await billed();
    await undoOf(w, system);
    w.faults.plan(system === 'stripe' ? 'payments.createCustomer' : 'ledger.createCustomer', 'drop-answer');
    const review = `main:${system}:${ACCOUNT}:USD`;
    await decideMatch(w, { reviewId: review, choice: 'create-new', candidateId: null }, ADMIN);
    w.clock.advance(25 * 3_600_000);
    const again = await decideMatch(w, { reviewId: review, choice: 'create-new', candidateId: null }, ADMIN);
    expect(again).toMatchObject({ outcome: 'done' });
    expect((system === 'stripe' ? w.payments : w.ledger).customers.size).toBe(2);
  });
});

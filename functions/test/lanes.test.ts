import { expect, test } from 'vitest';
import { ACCOUNT, createWorld, OPPORTUNITY, REP } from '../src/adapters/memory/world.ts';
import { currentLane, type WorkLane } from '../src/platform/lane.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { decideConflict } from '../src/use-cases/decide-conflict.ts';
import { invoiceQueue, issueInvoice } from '../src/use-cases/issue-invoice.ts';
import { issueInvoices } from '../src/use-cases/issue-invoices.ts';
import { runSync } from '../src/use-cases/run-sync.ts';
import { customerQueue } from '../src/use-cases/settle-customer.ts';
import { startWorker } from '../src/work.ts';
import { until } from './until.ts';

// A person at a screen is served first: whose tokens a call takes is the lane of the run that makes it.

/** A world whose runs note in which lane they are. */
function listen() {
  const w = createWorld();
  const lanes = new Map<string, Set<WorkLane>>();
  const note = (run: string) => lanes.set(run, (lanes.get(run) ?? new Set()).add(currentLane()));
  const registered = { ...w.engine, start: async () => undefined, stop: async () => undefined };
  const engine: typeof registered = {
    ...registered,
    register: (name, workflow) =>
      w.engine.register(name, (input, run) => workflow(input, { ...run, step: (step, act) => (note(name), run.step(step, act)) })),
  };
  return { w, lanes, note, engine, heard: () => Object.fromEntries([...lanes].map(([run, which]) => [run, [...which]])) };
}
const pace = { drainMs: 60_000, resumeMs: 60_000 };

test('people wait for what they clicked, others for news of money; for customers that are brought in step, and for the sync, nobody does', async () => {
  const { w, lanes, note, engine, heard } = listen();
  const payments: typeof w.payments = { ...w.payments, readPaid: (id) => (note('reads at Stripe'), w.payments.readPaid(id)) };
  const worker = await startWorker({ ports: { ...w, payments }, engine, metrics: createMetrics() }, createLogger('silent'), pace);
  Object.assign(w.ledger.customers.get('58') ?? {}, { phone: '+1 555 0199' });

  const input = { accountId: ACCOUNT, systems: ['stripe', 'quickbooks'] };
  await w.engine.enqueue({ workflow: 'settle-customer', id: 'a look', queueKey: customerQueue(ACCOUNT), input });
  await w.engine.idle();
  const [conflict] = w.org.conflicts.keys();
  const accountant = { ...REP, permissions: ['Trueup_Run_Sync'] };
  await decideConflict(w, { conflictId: conflict ?? '', choose: 'Salesforce', value: '+1 555 0100' }, accountant);
  await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP);
  await w.engine.idle();
  const [invoiceId = ''] = w.org.invoices.keys();
  lanes.delete('reads at Stripe');
  await w.engine.enqueue({ workflow: 'show-invoice', id: 'news', queueKey: invoiceQueue(invoiceId), input: { invoiceId, generation: 1 } });
  await w.engine.idle();
  const ofNews = lanes.get('reads at Stripe');
  await runSync(w, { kind: 'Nightly', waitMs: 0 }, REP);
  await w.engine.idle();
  await worker.stop();
  expect([...(ofNews ?? [])]).toEqual(['news']);

  expect(heard()).toMatchObject({
    'settle-customer': ['background'],
    'decide-conflict': ['rep'],
    'issue-invoice': ['rep'],
    'run-sync': ['background'],
  });
});

test('for a list that a flow asks for nobody waits, nor for the invoices that come of it', async () => {
  const { w, engine, heard } = listen();
  const worker = await startWorker({ ports: w, engine, metrics: createMetrics() }, createLogger('silent'), pace);
  await issueInvoices(w, { sourceIds: [OPPORTUNITY] }, REP);
  await w.engine.idle();
  await worker.stop();
  expect(w.org.invoices.size).toBe(1);
  expect(heard()).toMatchObject({ 'issue-asked': ['background'], 'issue-invoice': ['background'] });
});

test('what waits for the books is worked off by many at once, unless new money comes in that is to be shown first', async () => {
  const w = createWorld();
  const turns: number[] = [];
  const inbox = { ...w.inbox, takeTurns: (most: number, leaseMs: number) => (turns.push(most), w.inbox.takeTurns(most, leaseMs)) };
  const engine = { ...w.engine, start: async () => undefined, stop: async () => undefined };
  const pace = { drainMs: 2, resumeMs: 60_000 };
  const worker = await startWorker({ ports: { ...w, inbox }, engine, metrics: createMetrics() }, createLogger('silent'), pace);
  const next = async () => {
    const before = turns.length;
    await until(async () => turns.length > before + 1, 5_000, 'turns are given');
    return turns.at(-1);
  };
  expect(await next()).toBe(10);
  w.clock.advance(5_000);
  expect(await next()).toBe(100);
  await w.inbox.mark([{ kind: 'stripe:payment_intent', id: 'pi_1', invoiceId: null }]);
  worker.wake();
  await until(async () => (await next()) === 10, 5_000, 'new money is seen');
  await worker.stop();
});

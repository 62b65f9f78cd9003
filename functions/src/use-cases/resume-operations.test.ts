import { expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { reportStuck } from './report-stuck.ts';
import { resumeOperations } from './resume-operations.ts';
import { retryOperation } from './retry-operation.ts';
import { registerWorkflows } from './workflows.ts';

/** A product whose next `times` invoices in QuickBooks meet a bug of ours. */
function worldWithBug(times: number): World {
  const world = createWorld();
  let left = times;
  registerWorkflows({
    ...world,
    ledger: {
      ...world.ledger,
      createInvoice: (body, key) => {
        left -= 1;
        if (left >= 0) throw new Error('a bug');
        return world.ledger.createInvoice(body, key);
      },
    },
  });
  return world;
}

async function issueAndResume(world: World, rounds: number): Promise<void> {
  await expect(issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP)).rejects.toThrow('a bug');
  for (let round = 0; round < rounds; round += 1) {
    await world.engine.idle();
    world.clock.advance(61_000);
    await resumeOperations(world);
    await reportStuck(world);
  }
  await world.engine.idle();
}

const operationOf = (world: World) => [...world.progress.operations.values()].find(({ kind }) => kind === 'issue-invoice');

test('what a fault of ours ended is tried again by itself: one invoice in each system, and nobody is bothered', async () => {
  const world = worldWithBug(2);
  await issueAndResume(world, 4);
  expect(operationOf(world)).toMatchObject({ state: 'done', retries: 2 });
  expect([...world.org.invoices.values()]).toMatchObject([{ status: 'Open', problem: null }]);
  expect([world.payments.invoices.size, world.ledger.invoices.size]).toEqual([1, 1]);
  expect(world.org.issues.size).toBe(0);
});

test('a fault that stays is told to a person, who has it tried again when it is mended', async () => {
  const world = worldWithBug(4);
  await issueAndResume(world, 6);
  const broken = operationOf(world);
  expect(broken).toMatchObject({ state: 'needs-attention', retries: 3 });
  const key = `broken:${broken?.key}`;
  expect(world.org.issues.get(key)).toMatchObject({
    invoiceId: broken?.invoiceId,
    message: expect.stringContaining('Issue Invoice ended 4 times'),
  });

  expect(
    await retryOperation(world, { operationKey: broken?.key ?? '', waitMs: 1000 }, { ...REP, permissions: ['Trueup_Issue_Invoice'] }),
  ).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
  await world.engine.idle();
  await reportStuck(world);
  expect([...world.org.invoices.values()]).toMatchObject([{ status: 'Open' }]);
  expect(world.org.issues.get(key)).toMatchObject({ resolved: true });
});

test('a process that dies between counting a try and putting it in line loses nothing', async () => {
  const world = worldWithBug(1);
  const { enqueue } = world.engine;
  let died = false;
  world.engine.enqueue = async (job) => {
    if (job.id.endsWith('.retry-1') && !died) {
      died = true;
      throw new Error('the process died');
    }
    return enqueue(job);
  };
  await expect(issueAndResume(world, 1)).rejects.toThrow('the process died');
  await resumeOperations(world);
  await world.engine.idle();
  expect(operationOf(world)).toMatchObject({ state: 'done', retries: 1 });
  expect([world.payments.invoices.size, world.ledger.invoices.size]).toEqual([1, 1]);
});

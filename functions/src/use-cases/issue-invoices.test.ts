import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { issueInvoices } from './issue-invoices.ts';
import { registerWorkflows } from './workflows.ts';

const MANY = 25;
const idOf = (index: number): string => `006000000000${String(index + 100)}AAA`;
const IDS = Array.from({ length: MANY }, (_, index) => idOf(index));

/** The story's opportunity so many times. */
function started(): World {
  const world = createWorld();
  const like = world.org.sources.get(OPPORTUNITY);
  if (!like) throw new Error('the story has no opportunity');
  for (const [index, id] of IDS.entries()) {
    const lines = like.lines.map((line) => ({ ...line, id: `00k00000000${line.sortOrder}${index + 100}AAA` }));
    world.org.sources.set(id, { source: { ...like.source, id, opportunityId: id, name: `Deal ${index}` }, lines });
  }
  registerWorkflows(world);
  return world;
}

let asked = 0;
async function ask(world: World, sourceIds: readonly string[] = IDS, correlationId = `flow-${(asked += 1)}`) {
  const reply = await issueInvoices(world, { sourceIds }, { ...REP, correlationId });
  await world.engine.idle();
  return reply;
}
/** Bills less than Stripe can charge, until it is mended. */
function makeTooSmall(world: World, sourceId: string): () => void {
  const held = world.org.sources.get(sourceId);
  if (!held) throw new Error(`no ${sourceId}`);
  const { lines } = held;
  held.lines = lines.slice(0, 1).map((line) => ({ ...line, quantity: '1', unitPrice: '0.01' }));
  return () => void (held.lines = lines);
}
const problemsOf = (world: World) => [...world.org.issues.values()].filter(({ key }) => key.startsWith('not-issued:'));

describe('a flow asks for many invoices', () => {
  test('each record is billed once, whole, in all three systems', async () => {
    const world = started();
    expect(await ask(world)).toEqual({ outcome: 'done', value: { queued: MANY } });
    expect([...world.org.invoices.values()].map(({ status, total }) => [status, total])).toEqual(Array(MANY).fill(['Open', 59_000]));
    expect([world.payments.invoices.size, world.ledger.invoices.size, world.payments.emails.length]).toEqual([MANY, MANY, MANY]);
    expect(problemsOf(world)).toEqual([]);
  });

  test('asked for one by one, they spread over the lines too, and one record is always in the same', async () => {
    const world = started();
    for (const id of [...IDS, ...IDS]) await issueInvoices(world, { sourceIds: [id] }, { ...REP, correlationId: `flow-${(asked += 1)}` });
    await world.engine.idle();
    const jobs = [...world.engine.jobs.values()].filter(({ workflow }) => workflow === 'issue-asked');
    const lines = Map.groupBy(jobs, ({ queueKey }) => queueKey);
    expect(lines.size).toBe(10);
    expect(new Set(jobs.map(({ input, queueKey }) => `${(input as { sourceId: string }).sourceId} ${queueKey}`)).size).toBe(MANY);
    expect(world.org.invoices.size).toBe(MANY);
  });

  test('asked twice at once, and again later, nothing is billed twice and nobody is bothered', async () => {
    const world = started();
    await Promise.all([ask(world, [...IDS, ...IDS]), ask(world)]);
    await ask(world);
    expect([world.org.invoices.size, world.payments.invoices.size, world.ledger.invoices.size]).toEqual([MANY, MANY, MANY]);
    expect(problemsOf(world)).toEqual([]);
  });

  test('what was billed in part is billed to the end', async () => {
    const world = started();
    const source = world.org.sources.get(idOf(0));
    const [first] = source?.lines ?? [];
    const billed = {
      lineKey: `${first?.id}-0`,
      sourceLineId: first?.id ?? '',
      productId: first?.productId ?? null,
      quantity: '2',
      unitPrice: '100',
    };
    const lines = [{ ...billed, description: 'Rocket', serviceDate: null, include: true }];
    await issueInvoice(world, { sourceId: idOf(0), draft: { lines }, waitMs: 1000 }, REP);
    await ask(world, [idOf(0)]);
    expect([...world.org.invoices.values()].map(({ total }) => total)).toEqual([20_000, 39_000]);
  });

  test('one that cannot be billed is an issue on its record, and stops no other', async () => {
    const world = started();
    makeTooSmall(world, idOf(3));
    await ask(world, [...IDS.slice(0, 6), '006000000000999AAA']);
    expect(world.org.invoices.size).toBe(5);
    expect(problemsOf(world)).toMatchObject([
      { recordId: '006000000000999AAA', cause: 'Not Issued' },
      {
        recordId: idOf(3),
        message: expect.stringMatching(/^A flow asked for the invoice of Deal 3, and it was not issued: The total of USD 0.01 is below /),
        fix: 'Bill it together with something else. Then choose Issue Invoice on the record, or let the flow ask again.',
      },
    ]);
  });

  test('the issue is closed once the record is billed, by whomever', async () => {
    const world = started();
    const mend = makeTooSmall(world, idOf(3));
    await ask(world, [idOf(3)]);
    expect(problemsOf(world)).toMatchObject([{ recordId: idOf(3) }]);
    mend();
    await issueInvoice(world, { sourceId: idOf(3), draft: {}, waitMs: 1000 }, REP);
    expect(problemsOf(world)).toMatchObject([{ recordId: idOf(3), resolved: true }]);
  });

  test('where somebody bills some of it in between, what is left is billed', async () => {
    const world = started();
    const [first] = world.org.sources.get(idOf(0))?.lines ?? [];
    const some = {
      lineKey: `${first?.id}-0`,
      sourceLineId: first?.id ?? '',
      productId: first?.productId ?? null,
      quantity: '2',
      unitPrice: '100',
    };
    const { readSource } = world.records;
    let looks = 0;
    world.records.readSource = async (request) => {
      // After the proposal, which is the first look, and before it is issued.
      if ((looks += 1) === 2) {
        const draft = { lines: [{ ...some, description: 'Rocket', serviceDate: null, include: true }] };
        await issueInvoice({ ...world, records: { ...world.records, readSource } }, { sourceId: idOf(0), draft, waitMs: 0 }, REP);
      }
      return readSource(request);
    };
    await ask(world, [idOf(0)]);
    expect([...world.org.invoices.values()].map(({ total }) => total)).toEqual([20_000, 39_000]);
    expect(problemsOf(world)).toEqual([]);
  });

  test('a system that is down for an hour is waited for', async () => {
    const world = started();
    world.faults.plan('records.readSource', 'unavailable', 8);
    await ask(world, [idOf(1)]);
    expect([world.org.invoices.size, problemsOf(world)]).toEqual([1, []]);
  });

  test('after three days of it a person is told', async () => {
    const world = started();
    world.faults.plan('records.readSource', 'unavailable', 20_000);
    await ask(world, IDS.slice(0, 12));
    expect(world.org.invoices.size).toBe(0);
    expect(problemsOf(world)).toHaveLength(12);
  });

  test.each(['before', 'after'] as const)('killed %s any call and taken up again: the same invoices', async (when) => {
    for (let n = 1; n < 200; n += 1) {
      const world = started();
      const start = world.faults.calls.length;
      world.faults.killAtCall(n, when);
      await ask(world, IDS.slice(0, 2), 'one-flow').catch(() => undefined);
      if (world.faults.calls.length < start + n) return;
      world.engine.restart();
      await world.engine.idle();
      await ask(world, IDS.slice(0, 2), 'one-flow');
      const where = `killed ${when} call ${n}: ${world.faults.calls[start + n - 1]}`;
      expect([world.org.invoices.size, world.payments.invoices.size, world.ledger.invoices.size, problemsOf(world)], where).toEqual([
        ...[2, 2, 2],
        [],
      ]);
    }
    throw new Error('not every call was reached');
  });

  test.each([
    ['no right to issue', (world: World) => void (world.org.rights.issueInvoice = false), 'no-right-to-issue'],
    ['a company that is not connected', (world: World) => void (world.org.company.connected = false), 'company-not-connected'],
  ])('%s: refused at once, and nothing is put in line', async (_title, change, code) => {
    const world = started();
    change(world);
    expect(await ask(world)).toMatchObject({ outcome: 'rejected', problem: { code } });
    expect([world.engine.jobs.size, problemsOf(world)]).toEqual([0, []]);
  });
});

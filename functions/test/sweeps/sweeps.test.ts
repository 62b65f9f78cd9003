import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '../../src/platform/logger.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { startWorker } from '../../src/work.ts';
import { SECRET_KEY } from '../money/stripe-in-process.ts';
import { DAY, HOUR, MINUTE, type Issued, type SweptCompany, openSweptCompany } from './company.ts';

let company: SweptCompany;
beforeEach(() => {
  company = openSweptCompany();
});
afterEach(() => company.close());

const statusOf = ({ invoiceId }: Issued) => company.org.invoices.get(invoiceId)?.status;
const stored = () => company.deps.inbox.entries.map(({ event }) => event);

describe("Stripe's own list of events", () => {
  test('brings what no webhook brought, once', async () => {
    const issued = await company.issue();
    await company.round();
    company.pay(issued);
    company.deps.clock.advance(MINUTE);
    expect((await company.round()).found).toBeGreaterThan(0);
    expect(statusOf(issued)).toBe('Paid');
    company.deps.clock.advance(MINUTE);
    expect((await company.round()).found).toBe(0);
  });

  test('what came by webhook is not stored again', async () => {
    const issued = await company.issue();
    company.pay(issued);
    await company.hear();
    const before = stored().length;
    await company.round();
    expect(stored()).toHaveLength(before);
    expect(await company.deps.feeds.sightings.hearing('stripe')).toMatchObject({ alone: 0, aloneEver: 0 });
  });

  test('brings what happened while the first sweep failed, for days', async () => {
    const issued = await company.issue();
    company.down('stripe', 3 * DAY);
    await company.round();
    company.pay(issued);
    company.deps.clock.advance(3 * DAY + MINUTE);
    await company.round();
    expect(stored().map(({ type }) => type)).toContain('invoice.paid');
    expect(statusOf(issued)).toBe('Paid');
  });

  test('a source is swept at its pace, by one process', async () => {
    const { checkpoints } = company.deps.feeds;
    expect(await checkpoints.claim('stripe-events', MINUTE, null)).toEqual({ readTo: null, asOf: null, compare: null });
    expect(await checkpoints.claim('stripe-events', MINUTE, null)).toBeNull();
    company.deps.clock.advance(2 * MINUTE);
    expect(await checkpoints.claim('stripe-events', MINUTE, null)).not.toBeNull();
  });
});

describe('the pass over objects', () => {
  test('finds a payment of which Stripe never made an event', async () => {
    const issued = await company.issue();
    await company.hear();
    await company.round();
    company.pay(issued);
    for (const event of company.stripe.db.events.all()) company.stripe.db.events.delete(event.id);
    company.deps.clock.advance(HOUR + MINUTE);
    await company.round();
    expect(statusOf(issued)).toBe('Paid');
    expect(stored().map(({ type }) => type)).toContain('invoice.found_by_sweep');
    expect(await company.deps.feeds.sightings.hearing('stripe')).toMatchObject({ alone: 0 });
  });
});

describe('the pass over objects, when webhooks arrive', () => {
  test('finds nothing that they told of', async () => {
    const [paid, open] = [await company.issue(), await company.issue()];
    await company.hear();
    await company.round();
    for (let hours = 0; hours < 3; hours += 1) {
      company.deps.clock.advance(HOUR + MINUTE);
      if (hours === 1) company.pay(paid);
      await company.hear();
      await company.round();
    }
    expect([statusOf(paid), statusOf(open)]).toEqual(['Paid', 'Open']);
    expect(stored().filter(({ type }) => type.endsWith('found_by_sweep'))).toEqual([]);
  });

  test('finds what came after them without a word', async () => {
    const issued = await company.issue();
    await company.hear();
    company.pay(issued);
    await company.hear();
    await company.round();
    const known = new Set(company.stripe.db.events.all().map(({ id }) => id));
    const refund = { payment_intent: company.stripe.db.charges.all()[0]?.payment_intent };
    const answer = company.stripe.request('POST', '/v1/refunds', refund, { authorization: `Bearer ${SECRET_KEY}` });
    expect(answer.status).toBe(200);
    for (const { id } of company.stripe.db.events.all()) if (!known.has(id)) company.stripe.db.events.delete(id);
    company.deps.clock.advance(HOUR + MINUTE);
    await company.round();
    expect(stored().map(({ type }) => type)).toContain('charge.found_by_sweep');
  });
});

describe('the pass over objects, day by day', () => {
  test('lists what is new each hour, and all that may still change once a day', async () => {
    const asked: string[] = [];
    const { listObjects } = company.deps.feeds.stripe;
    company.deps.feeds.stripe.listObjects = (page) => {
      if (page.kind === 'charge') asked.push(page.createdFrom);
      return listObjects(page);
    };
    await company.run(14 * HOUR, HOUR);
    const hoursBack = asked.map((from, n) => Math.round((Date.parse('2026-11-24T16:00:00Z') + n * HOUR - Date.parse(from)) / HOUR));
    expect(hoursBack.filter((hours) => hours === 240)).toHaveLength(2);
    expect(hoursBack.filter((hours) => hours === 3)).toHaveLength(12);
  });
});

describe('the worker', () => {
  test('sweeps by itself and applies what it found', async () => {
    const issued = await company.issue();
    company.pay(issued);
    const engine = { ...company.deps.engine, start: async () => undefined, stop: async () => undefined };
    const worker = await startWorker(
      { ports: company.deps, engine, metrics: createMetrics(), feeds: company.deps.feeds },
      createLogger('silent'),
      { drainMs: 60_000, resumeMs: 60_000, sweepMs: 5 },
    );
    await expect.poll(() => statusOf(issued)).toBe('Paid');
    await worker.stop();
  });

  test('logs what it could not ask Salesforce, and what it could not tell it', async () => {
    const lines: string[] = [];
    const logger = createLogger('warn', { write: (line) => void lines.push(line) });
    const engine = { ...company.deps.engine, start: async () => undefined, stop: async () => undefined };
    company.deps.inbox.keptSince = async () => [
      { provider: 'stripe', reason: 'newer-version', count: 1, type: 'invoice.paid', account: 'self' },
    ];
    company.down('salesforce', HOUR);
    const worker = await startWorker({ ports: company.deps, engine, metrics: createMetrics() }, logger);
    await expect.poll(() => lines.join()).toContain('what cannot be worked off could not be reported');
    expect(lines.join()).toContain('unfinished operations could not be read');
    await worker.stop();
  });
});

describe('silence', () => {
  test('is an alarm when sweeps find news again and again, and closed when a webhook comes', async () => {
    const invoices = [];
    for (let n = 0; n < 3; n += 1) invoices.push(await company.issue());
    for (const issued of invoices) {
      await company.run(HOUR);
      company.pay(issued);
    }
    await company.run(2 * HOUR);
    const alarm = () => company.org.issues.get('main.silent.stripe');
    expect(alarm()).toMatchObject({ cause: 'Webhooks Silent', resolved: false });
    expect(alarm()?.fix).toContain('/hooks/stripe');
    expect(company.org.issues.has('main.silent.quickbooks')).toBe(false);
    const last = await company.issue();
    company.pay(last);
    await company.hear();
    await company.run(HOUR);
    expect(alarm()).toMatchObject({ resolved: true });
  });

  test('mere quiet is none', async () => {
    await company.issue();
    await company.run(2 * DAY, HOUR);
    expect(company.org.issues.size).toBe(0);
  });
});

describe('how far a system is known', () => {
  test('is never younger than what waits to be applied', async () => {
    const issued = await company.issue();
    await company.run(HOUR);
    const fresh = company.org.freshness.stripeReadTo ?? '';
    expect(company.deps.clock.now() - Date.parse(fresh)).toBeLessThan(20 * MINUTE);
    const parked = company.deps.clock.now();
    company.pay(issued);
    company.deps.payments.readInvoice = async () => ({
      outcome: 'unavailable',
      problem: { code: 'x', severity: 'error', message: 'down', action: 'wait' },
    });
    await company.run(7 * HOUR, 15 * MINUTE);
    expect(Date.parse(company.org.freshness.stripeReadTo ?? '') - parked).toBeLessThan(20 * MINUTE);
    expect(Date.parse(company.org.freshness.quickbooksReadTo ?? '') - parked).toBeGreaterThan(6 * HOUR);
    expect(company.org.issues.get('main.waiting.stripe')).toMatchObject({ resolved: false, message: expect.stringContaining('down') });
  });

  test('what waited while our own service was off raises no alarm: it is applied before the next look', async () => {
    const issued = await company.issue();
    await company.run(HOUR);
    company.pay(issued);
    await company.hear();
    company.deps.clock.advance(DAY);
    await company.round();
    expect(company.org.issues.has('main.waiting.stripe')).toBe(false);
    company.deps.clock.advance(2 * MINUTE);
    await company.round();
    expect(statusOf(issued)).toBe('Paid');
    expect(company.org.issues.has('main.waiting.stripe')).toBe(false);
    expect(company.deps.clock.now() - Date.parse(company.org.freshness.stripeReadTo ?? '')).toBeLessThan(5 * MINUTE);
  });

  test('nor than what was heard of late, or is dealt with just now', async () => {
    const issued = await company.issue();
    await company.run(HOUR);
    const happened = company.deps.clock.now();
    company.pay(issued);
    company.deps.clock.advance(5 * HOUR);
    const { enqueue } = company.deps.engine;
    company.deps.engine.enqueue = async () => undefined;
    await company.round();
    company.deps.clock.advance(20 * MINUTE);
    await company.round();
    expect(Date.parse(company.org.freshness.stripeReadTo ?? '')).toBeLessThanOrEqual(happened);
    company.deps.engine.enqueue = enqueue;
    await company.run(2 * HOUR);
    expect(statusOf(issued)).toBe('Paid');
    expect(Date.parse(company.org.freshness.stripeReadTo ?? '')).toBeGreaterThan(happened + 6 * HOUR);
  });

  test('and a change may show in QuickBooks some time after its moment', async () => {
    await company.issue();
    await company.run(HOUR);
    const { asOf, readTo } = await company.deps.feeds.checkpoints.read('quickbooks-changes');
    expect(Date.parse(readTo ?? '') - Date.parse(asOf ?? '')).toBeGreaterThanOrEqual(10 * MINUTE - 1000);
  });
});

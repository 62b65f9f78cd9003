import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Draft, type Road, startRoad } from '../road.ts';
import { until } from '../until.ts';

// The functions process is killed (SIGKILL) while clicks hang at every outward call of `issue-invoice`: one before the other system acts,
// one after it acted and before its answer arrives. Two minutes later the process starts again; QuickBooks' time-out has passed by then.

let road: Road;
beforeAll(async () => {
  road = await startRoad({ limits: false });
});
afterAll(() => road?.stop());

type Call = string;
const ROAD: readonly Call[] = [
  'org POST /services/data/v66.*/composite #1',
  'org POST /services/data/v66.*/composite/graph #1',
  'stripe POST /v1/invoices #1',
  'quickbooks POST /v3/company/*/invoice #1',
  'stripe POST /v1/invoices/*/add_lines #1',
  'stripe POST /v1/invoices/*/finalize #1',
  'org POST /services/data/v66.*/composite/graph #2',
  'stripe POST /v1/invoices/*/send #1',
  'org POST /services/data/v66.*/composite/graph #3',
];
/** What webhooks and sweeps cause meanwhile: reads, and how fresh the data is. */
const IN_BACKGROUND = / GET |composite #[2-9]|batch|graph #[4-9]/;
const isWrite = (call: Call): boolean => !call.includes('composite #');
const MASKED = /(in|cus|evt)_\w+|\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b(?=\/|$)|\b\d+\b(?=\/|$)/g;

/** Longer than any patience of the process, which is killed first; its calls to Stripe, held last, have 30 s. */
const HANGS_MS = 600_000;

/** Watches (and disturbs) every call of the functions: all stand-ins ask the one fault plan. */
function watch(seen: (call: Call) => { kind: 'drop-before' | 'drop-answer'; afterMs: number } | undefined): () => void {
  const { faults } = road.sandbox;
  const before = faults.next.bind(faults);
  const counts = new Map<string, number>();
  faults.next = (point, context) => {
    const { method, path } = context;
    if (!point.endsWith('.request') || /userinfo|oauth|applink/.test(path ?? '')) return before(point, context);
    const name = `${point.split('.')[0]} ${method} ${path?.replace(MASKED, '*')}`;
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    return seen(`${name} #${nth}`) ?? before(point, context);
  };
  return () => {
    faults.next = before;
  };
}

async function newDeal(): Promise<{ sourceId: string; draft: Draft }> {
  const sourceId = await road.deal({ price: 111.11, quantity: 3 });
  return { sourceId, draft: (await road.preview(sourceId)).draft };
}

const issue = ({ sourceId, draft }: { sourceId: string; draft: Draft }) => road.call('issue-invoice', { sourceId, draft, waitMs: 20_000 });

async function expectOneInvoice(sourceId: string, what: string) {
  const look = async () => {
    const rows = await road.soql(
      `SELECT Id, Number__c, Status__c, Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c, Sent_At__c, Problem__c FROM Trueup_Invoice__c WHERE Source_Id__c = '${sourceId}'`,
    );
    expect(rows, what).toHaveLength(1);
    const [invoice] = rows;
    return invoice?.Sent_At__c && invoice.Status__c === 'Open' ? invoice : undefined;
  };
  const invoice = await until(look, 15_000, `${what}: the invoice is issued and sent`);
  expect(invoice.Problem__c, what).toBeNull();
  const { db } = road.sandbox.stripe.engine;
  const inStripe = db.invoices
    .all()
    .filter((each) => each.metadata.trueup_invoice === invoice.Id || Object.values(each.metadata).includes(invoice.Id));
  expect(inStripe, what).toHaveLength(1);
  expect(inStripe[0], what).toMatchObject({
    id: invoice.Stripe_Invoice_Id__c,
    status: 'open',
    number: invoice.Number__c,
    amount_due: 33_333,
  });
  const inBooks = road.books('Invoice').filter((each) => String(each.PrivateNote).includes(invoice.Id));
  expect(inBooks, what).toHaveLength(1);
  expect(inBooks[0], what).toMatchObject({ Id: invoice.QuickBooks_Invoice_Id__c, DocNumber: invoice.Number__c, TotalAmt: 333.33 });
  const sent = (await road.stripe('events?type=invoice.sent&limit=100')).data as { data: { object: { id: string } } }[];
  expect(
    sent.filter((event) => event.data.object.id === invoice.Stripe_Invoice_Id__c),
    what,
  ).toHaveLength(1);
  const [operation] = await road.soql(`SELECT State__c FROM Trueup_Operation__c WHERE Invoice__c = '${invoice.Id}'`);
  expect(operation?.State__c, what).toBe('Done');
}

/** A click that got as far as one call, which hangs: before the other system acts, or after it acted and before its answer arrives. */
interface Held {
  what: string;
  deal: { sourceId: string; draft: Draft };
  clicked: Promise<{ outcome: string } | undefined>;
}

async function holdAt(call: Call, kind: 'drop-before' | 'drop-answer'): Promise<Held> {
  const what = `${call} ${kind}`;
  const deal = await newDeal();
  let hit = false;
  const release = watch((each) => {
    if (hit || each !== call) return undefined;
    hit = true;
    return { kind, afterMs: HANGS_MS };
  });
  const clicked = issue(deal).catch(() => undefined);
  await until(async () => hit, 15_000, `${what} is reached`);
  // What it does is done by then: the stand-ins answer at once.
  await new Promise((resolve) => setTimeout(resolve, 100));
  release();
  return { what, deal, clicked };
}

async function kill(held: Held[]): Promise<void> {
  await road.sandbox.functions.kill();
  for (const { what, clicked } of held) expect((await clicked)?.outcome, what).not.toBe('done');
}

describe('killed while a click is at every call of issue-invoice', () => {
  it('there is one invoice in each system afterwards, e-mailed once', { timeout: 480_000 }, async () => {
    // The first run warms the caches, so that the second one shows the calls of the road itself.
    expect(await issue(await newDeal())).toMatchObject({ outcome: 'done' });
    const calls: Call[] = [];
    const deal = await newDeal();
    const unwatch = watch((call) => void calls.push(call));
    expect(await issue(deal)).toMatchObject({ outcome: 'done' });
    unwatch();
    expect(new Set(calls.filter((call) => !IN_BACKGROUND.test(call)))).toEqual(new Set(ROAD));

    const held: Held[] = [];
    for (const call of [...ROAD.filter((each) => !each.startsWith('stripe')), ...ROAD.filter((each) => each.startsWith('stripe'))]) {
      held.push(await holdAt(call, 'drop-before'));
      if (isWrite(call)) held.push(await holdAt(call, 'drop-answer'));
    }
    await kill(held);
    await road.restartLater(125_000);
    for (const { what, deal: cut } of held) {
      const [begun] = await road.soql(`SELECT Id FROM Trueup_Invoice__c WHERE Source_Id__c = '${cut.sourceId}'`);
      // Before the intent there is nothing to take up: the rep sees that the click failed and clicks again.
      if (!begun) expect(await issue(cut), what).toMatchObject({ outcome: 'done' });
      await expectOneInvoice(cut.sourceId, what);
    }
  });
});

describe("the engine's memory dropped in the middle of runs", () => {
  it('doubles nothing: the effect log and Salesforce know what was done', async () => {
    const held: Held[] = [];
    for (const call of [
      'stripe POST /v1/invoices/*/add_lines #1',
      'quickbooks POST /v3/company/*/invoice #1',
      'stripe POST /v1/invoices/*/send #1',
    ])
      held.push(await holdAt(call, 'drop-answer'));
    await kill(held);
    const database = new pg.Client({ connectionString: road.sandbox.databaseUrl });
    await database.connect();
    await database.query('DROP SCHEMA dbos CASCADE');
    await database.end();
    await road.restartLater(125_000);
    for (const { what, deal } of held) await expectOneInvoice(deal.sourceId, what);
  });
});

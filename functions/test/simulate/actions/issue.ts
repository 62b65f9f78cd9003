import { type Action, type Panel, type Row, type Simulation, invoicesOf, rows } from '../simulation.ts';

const PRODUCTS = ['RB-200', 'RB-SENS', 'RB-INST', 'RB-CARE', 'RB-TRAIN'];
const ACCOUNTS = ['HARBOR', 'HARBOR', 'ALPINE', 'SAKURA', 'COBALT', 'VESTA'];
/** Digits behind the point, by currency. */
const PLACES: Record<string, number> = { JPY: 0 };

/** A won deal with one to three lines. */
function winDeal(simulation: Simulation): string {
  const { org, story, random, time } = simulation;
  // Some may have been merged into another.
  const known = new Map(rows(simulation, 'SELECT Id, CurrencyIsoCode FROM Account').map((row) => [row['Id'], row['CurrencyIsoCode']]));
  const accountId = random.pick(ACCOUNTS.map((key) => story.accounts[key] ?? '').filter((id) => known.has(id)));
  const currency = String(known.get(accountId));
  const context = { userId: org.users.rep, now: time.now(), accessLevel: 'system' as const };
  const options = { allOrNone: true, accessLevel: 'system' as const };
  const contact = rows(simulation, `SELECT Id FROM Contact WHERE AccountId = '${accountId}' AND Email != null ORDER BY Id LIMIT 1`)[0];
  const insert = (type: string, fields: Row): string => {
    const [saved] = org.data.insert([{ attributes: { type }, ...fields }], context, options);
    if (!saved?.id) throw new Error(`${type} was not saved: ${JSON.stringify(saved?.errors)}`);
    return saved.id;
  };
  const deal = insert('Opportunity', {
    Name: 'A won deal',
    AccountId: accountId,
    ...(contact ? { ContactId: contact['Id'] } : {}),
    StageName: 'Closed Won',
    CloseDate: '2026-12-31',
    CurrencyIsoCode: currency,
    OwnerId: org.users.rep,
  });
  for (let line = random.between(1, 3); line > 0; line -= 1) {
    const [entry] = rows(
      simulation,
      `SELECT Id FROM PricebookEntry WHERE Product2.ProductCode = '${random.pick(PRODUCTS)}' AND CurrencyIsoCode = '${currency}'`,
    );
    insert('OpportunityLineItem', {
      OpportunityId: deal,
      PricebookEntryId: entry?.['Id'],
      Quantity: random.between(1, 8),
      UnitPrice: random.between(10_000, 900_000) / 10 ** (PLACES[currency] ?? 2),
    });
  }
  return deal;
}

/** The panel opens on a source and shows its draft; null when it did not open or has nothing to bill. */
async function openPanel(simulation: Simulation, sourceId: string): Promise<Panel | null> {
  const preview = await simulation.call('rep', 'preview-invoice', { sourceId });
  const draft = preview?.['draft'] as Row | undefined;
  if (!draft || preview?.['canIssue'] !== true) return null;
  draft['delivery'] = simulation.random.chance(0.6) ? 'send' : 'do-not-send';
  const panel: Panel = { sourceId, draft, clicks: 0, reply: null };
  simulation.intentions.panels.push(panel);
  return panel;
}

/** Less of each line than is left, at least one line of it. */
function billInPart({ random }: Simulation, { draft }: Panel): void {
  const lines = (draft['lines'] as Row[]).filter((line) => line['include'] === true);
  for (const line of lines) line['quantity'] = String(random.between(1, Math.max(1, Math.floor(Number(line['quantity'])))));
  const [first, ...rest] = lines;
  if (first) for (const line of rest) line['include'] = random.chance(0.6);
}

export async function click(simulation: Simulation, panel: Panel): Promise<void> {
  panel.clicks += 1;
  const body = { sourceId: panel.sourceId, draft: structuredClone(panel.draft), waitMs: simulation.random.pick([0, 5_000, 20_000]) };
  const reply = await simulation.call('rep', 'issue-invoice', body);
  if (reply && (panel.reply === null || panel.reply.outcome === 'rejected' || reply.outcome === 'done')) panel.reply = reply;
}

const onNewDeal = (change: (simulation: Simulation, panel: Panel) => void) => async (simulation: Simulation) => {
  const panel = await openPanel(simulation, winDeal(simulation));
  if (!panel) return false;
  change(simulation, panel);
  await click(simulation, panel);
  return true;
};

export const billNewDeal = onNewDeal(() => undefined);

const billInFull: Action = { name: 'issue-in-full', weight: 14, act: billNewDeal };
const billSome: Action = { name: 'issue-in-part', weight: 8, act: onNewDeal(billInPart) };

const billTheRest: Action = {
  name: 'issue-the-rest',
  weight: 8,
  async act(simulation) {
    const { panels } = simulation.intentions;
    if (panels.length === 0) return false;
    const panel = await openPanel(simulation, simulation.random.pick(panels).sourceId);
    if (!panel) return false;
    if (simulation.random.chance(0.4)) billInPart(simulation, panel);
    await click(simulation, panel);
    return true;
  },
};

const clickTwice: Action = {
  name: 'click-twice',
  weight: 8,
  async act(simulation) {
    const panel = simulation.random.chance(0.5)
      ? await openPanel(simulation, winDeal(simulation))
      : simulation.random.pick([...simulation.intentions.panels, null]);
    if (!panel) return false;
    await Promise.all([
      click(simulation, panel),
      simulation.time.sleep(simulation.random.between(0, 1_500)).then(() => click(simulation, panel)),
    ]);
    return true;
  },
};

const twoTabs: Action = {
  name: 'two-tabs',
  weight: 6,
  async act(simulation) {
    const deal = winDeal(simulation);
    const tabs = await Promise.all([openPanel(simulation, deal), openPanel(simulation, deal)]);
    const open = tabs.filter((tab) => tab !== null);
    if (open[0] && simulation.random.chance(0.5)) billInPart(simulation, open[0]);
    await Promise.all(open.map((tab) => click(simulation, tab)));
    return open.length > 0;
  },
};

/** Who got no answer, or was told to wait, looks at the page and clicks again. */
const clickAgain: Action = {
  name: 'click-again',
  weight: 6,
  async act(simulation) {
    const waiting = simulation.intentions.panels.filter((panel) => panel.reply === null || panel.reply.outcome !== 'done');
    if (waiting.length === 0) return false;
    await click(simulation, simulation.random.pick(waiting));
    return true;
  },
};

/** Deals that are won together, or some that were billed in part: a flow asks for the invoices of all, now and then again. */
const letFlowBill: Action = {
  name: 'let-a-flow-bill',
  weight: 5,
  async act(simulation) {
    const { random, intentions } = simulation;
    const known = [...new Set(intentions.panels.map(({ sourceId }) => sourceId))];
    const deals = Array.from({ length: random.between(2, 4) }, () =>
      known.length > 0 && random.chance(0.3) ? random.pick(known) : winDeal(simulation),
    );
    for (let times = random.chance(0.3) ? 2 : 1; times > 0; times -= 1) {
      const reply = await simulation.call('rep', 'issue-invoices', { sourceIds: deals });
      if (reply?.outcome === 'accepted') for (const deal of deals) intentions.asked.add(deal);
    }
    return true;
  },
};

/** New deals. */
export const BILLING: readonly Action[] = [billInFull, billSome, twoTabs];
export const ISSUING: readonly Action[] = [...BILLING, billTheRest, clickTwice, clickAgain];
export const FLOWS: readonly Action[] = [letFlowBill];

/** Any invoice that a person could see on a page, of the given statuses. */
export function someInvoice(simulation: Simulation, statuses: readonly string[]): Row | null {
  const held = invoicesOf(simulation, `WHERE Status__c IN (${statuses.map((status) => `'${status}'`).join(', ')})`);
  return held.length === 0 ? null : simulation.random.pick(held);
}

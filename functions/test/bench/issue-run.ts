import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../../scripts/sandbox/index.ts';
import { clickIssue, previewDeal } from './click.ts';
import { createDeals } from './deals.ts';
import { type Calls, type Delay, type Meter, SYSTEMS, createMeter } from './meter.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** What one issued invoice may cost, whatever the number of its lines up to 100. */
export const ALLOWED: Calls = { stripe: 5, quickbooks: 3, salesforce: 4 };
/** With field mappings their values are read too: by the panel, or by a flow that opens none. */
export const ALLOWED_MAPPED: Calls = { ...ALLOWED, salesforce: 5 };
const MAPPINGS = path.join(import.meta.dirname, 'mapped');
export const MEDIAN_AIM_MS = 300;
export const P95_AIM_MS = 3_500;

export interface CallCount {
  lines: number;
  /** Of the click alone, nothing remembered from a panel before it. */
  flow: Calls;
  /** Of the click after the panel showed the same invoice. */
  click: Calls;
  /** Of the panel that was opened before it. */
  panel: Calls;
}

export interface Times {
  lines: number;
  clicks: number;
  medianMs: number;
  p95Ms: number;
}

/** The sandbox in a folder of its own, with a meter in front of the stand-ins and one customer and its products known to both books. */
export async function openBench(
  log: (line: string) => void,
  { mapped = false }: { mapped?: boolean } = {},
): Promise<{ sandbox: Sandbox; meter: Meter; close(): Promise<void> }> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-bench-'));
  const meter = createMeter();
  const sandbox = await startSandbox({ dataDir, page: false, limits: false, faults: meter.plan, log, extraDirs: mapped ? [MAPPINGS] : [] });
  const [first = ''] = await createDeals(sandbox, { count: 1, lines: 5 });
  await issued(sandbox, first);
  return {
    sandbox,
    meter,
    async close() {
      await sandbox.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Counts what two invoices of each length cost, what follows by webhook included. */
export async function countCalls(sandbox: Sandbox, meter: Meter, lengths: readonly number[]): Promise<CallCount[]> {
  const counts: CallCount[] = [];
  for (const lines of lengths) {
    const [first = '', second = ''] = await createDeals(sandbox, { count: 2, lines });
    // A process that just started remembers nothing of the customer and the products, as when a flow issues.
    await sandbox.functions.stop();
    await sandbox.functions.start();
    await previewDeal(sandbox, sandbox.seeded?.deals['ALPINE_NORD'] ?? '');
    meter.take();
    await issued(sandbox, first);
    const flow = await callsUntilQuiet(meter);
    await previewDeal(sandbox, second);
    const panel = await callsUntilQuiet(meter);
    await issued(sandbox, second);
    counts.push({ lines, flow, panel, click: await callsUntilQuiet(meter) });
  }
  return counts;
}

/** Times clicks one after the other; the panel is opened before each, and not timed. `delay` holds the click's calls only. */
export async function timeClicks(
  sandbox: Sandbox,
  meter: Meter,
  wanted: { lines: number; clicks: number },
  delay: Delay | null = null,
): Promise<Times> {
  const deals = await createDeals(sandbox, { count: wanted.clicks, lines: wanted.lines });
  const times: number[] = [];
  for (const deal of deals) {
    await previewDeal(sandbox, deal);
    meter.delayBy(delay);
    try {
      times.push((await issued(sandbox, deal)).ms);
    } finally {
      meter.delayBy(null);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0);
  return { ...wanted, medianMs: at(0.5), p95Ms: at(0.95) };
}

async function issued(sandbox: Sandbox, deal: string) {
  const clicked = await clickIssue(sandbox, deal);
  if (clicked.outcome !== 'done')
    throw new Error(`the bench's deal was not issued: ${clicked.outcome} ${JSON.stringify(clicked.problems)}`);
  return clicked;
}

/** Webhooks follow within a moment; a second and a half without a call is the end of it. */
async function callsUntilQuiet(meter: Meter): Promise<Calls> {
  for (let before = -1; before !== meter.count();) {
    before = meter.count();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
  const calls = meter.take();
  return Object.fromEntries(SYSTEMS.map((system) => [system, calls[system].length])) as Calls;
}

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClock as createMemoryClock } from '../../../src/adapters/memory/clock.ts';
import { addUp, type Load } from '../../../src/domain/first-load/load.ts';
import { startLoad } from '../../../src/use-cases/start-load.ts';
import { registerWorkflows } from '../../../src/use-cases/workflows.ts';
import { type PastCompany, startPastCompany } from '../../first-load/company.ts';
import { accountsOf, fillPast, sharesOf } from '../../first-load/fill-past.ts';
import { compareWithLaid } from '../../first-load/laid-past.ts';
import { createLimits, slowly } from '../../first-load/limits.ts';
import { createStillClock } from '../../first-load/still-clock.ts';
import { must } from '../../contract/must.ts';
import { countRefusals } from './count-refusals.ts';
import { createLoadMeter } from './meter-load.ts';

export interface Measured {
  state: Load['state'];
  read: number;
  hours: number;
  perHour: number;
  calls: { salesforce: number; stripe: number; quickbooks: number; all: number };
  /** Answers of the stand-ins that refuse a call because of a limit. */
  refused: number;
  /** Documents that Salesforce should show and does not, or shows twice. */
  wrong: number;
}

interface Work {
  seed: number;
  records: number;
  log(line: string): void;
}

/** A whole load of a past so large. */
export async function measureLoad({ seed, records, log }: Work) {
  const clock = createStillClock(createMemoryClock().now());
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-load-'));
  const budgets = createLimits(clock);
  const meter = createLoadMeter(clock);
  const company = await startPastCompany(accountsOf(seed, sharesOf(records).customers), {
    ...{ clock, limits: true, dataDir, dailyApiLimit: 100_000, budgets, around: (client) => meter.around(slowly(clock)(client)) },
    bulk: { lookMs: 2000, pause: (ms) => clock.wait(ms) },
  });
  const refusals = countRefusals();
  try {
    const laid = await fillPast(company, seed, records);
    await clock.advance(3_600_000);
    log(`the past is laid down: ${records} records of each system`);
    meter.listen(company.ports);
    const watch = watchParts(company, log);
    registerWorkflows(company.ports);
    const [startedMs, startedReal] = [clock.now(), performance.now()];
    must(
      await startLoad(
        company.ports,
        { createAccounts: false, since: null },
        { userId: company.adminId, correlationId: 'bench', permissions: ['Trueup_Administer'] },
      ),
    );
    await company.ports.engine.idle();
    const load = await company.ports.loads.latest('main');
    if (!load) throw new Error('no load');
    const hours = (clock.now() - startedMs) / 3_600_000;
    const { read } = addUp(load.objects);
    const { salesforce, stripe, quickbooks } = load.calls;
    const refused = refusals.stop();
    const compared = await compareWithLaid(laid, company.rows);
    for (const deviation of compared.deviations) log(deviation);
    return {
      ...{
        state: load.state,
        read,
        hours,
        perHour: read / hours,
        calls: { salesforce, stripe, quickbooks, all: salesforce + stripe + quickbooks },
      },
      ...{ refused, problems: load.problems, sums: addUp(load.objects), ...compared },
      ...{ reading: meter.reading(), shares: meter.shares(hours * 3_600_000) },
      ...{
        heapMb: watch.heapMb,
        flat: isFlat(watch.heapMb),
        matchSeconds: watch.matchMs / 1000,
        matchHeapMb: watch.matchHeapMb,
        machineSeconds: (performance.now() - startedReal) / 1000,
      },
    };
  } finally {
    refusals.stop();
    await company.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Looks at the heap after each part that loaded documents, and at how long matching takes. */
function watchParts({ ports }: PastCompany, log: (line: string) => void) {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const watch = { heapMb: [] as number[], matchMs: 0, matchHeapMb: 0 };
  let lastMs = performance.now();
  let parts = 0;
  let matched = '';
  const save = ports.loads.save;
  ports.loads.save = async (load, learned) => {
    const saved = await save(load, learned);
    const running = load.objects.find(({ state }) => state === 'running');
    const object = learned?.changes?.[0]?.system ?? '';
    const took = performance.now() - lastMs;
    lastMs = performance.now();
    if (learned?.changes) {
      watch.matchMs += took;
      // Once for each system, while all of its customers and all accounts are held.
      if (object !== matched) {
        gc();
        watch.matchHeapMb = Math.max(watch.matchHeapMb, process.memoryUsage().heapUsed / 1_048_576);
        matched = object;
      }
    }
    if (!learned?.changes && running && !running.object.endsWith('customers') && (parts += 1) % 10 === 0) {
      gc();
      watch.heapMb.push(process.memoryUsage().heapUsed / 1_048_576);
      log(`${running.object}: ${running.read} of ${running.expected}`);
    }
    return saved;
  };
  return watch;
}

const isFlat = (heapMb: readonly number[]): boolean => (heapMb.at(-1) ?? 0) <= 1.25 * Math.min(...heapMb.slice(0, 3)) + 30;

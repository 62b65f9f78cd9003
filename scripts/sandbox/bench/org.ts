import path from 'node:path';
import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startOrg } from '../emulators/org/index.ts';
import { packageRuntime } from '../emulators/org/package-runtime.ts';
import { root } from '../ground.ts';
import type { BenchRow } from './bench-row.ts';
import { ask, callsPerSecond } from './measure.ts';

/** How long the org takes to load the package, and how fast it answers one caller. */
export async function benchOrg({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  const clock = createClock();
  const started = performance.now();
  const { baseUrl, users, stop } = await startOrg({
    clock,
    faults: createFaultPlan(),
    packageDir: path.join(root, 'force-app'),
    dailyApiLimit: Number.MAX_SAFE_INTEGER,
    runtime: packageRuntime,
  });
  const loaded = (performance.now() - started) / 1000;
  const ms = quick ? 1_000 : 5_000;
  const api = `${baseUrl}/services/data/v66.0`;
  const headers = { authorization: `Bearer ${users.admin.accessToken}`, 'content-type': 'application/json' };
  try {
    const writes = await callsPerSecond(ms, (turn) =>
      ask(`${api}/sobjects/Account`, { method: 'POST', headers, body: JSON.stringify({ Name: `C${turn}` }) }),
    );
    const reads = await callsPerSecond(ms, () => ask(`${api}/query?q=SELECT+Id,Name+FROM+Account+LIMIT+10`, { headers }));
    return [
      { what: 'org: package loaded', measured: loaded, unit: 'seconds', target: 6, better: 'lower' },
      { what: 'org: accounts created', measured: writes, unit: 'per second', target: 300, better: 'higher' },
      { what: 'org: queries for ten', measured: reads, unit: 'per second', target: 300, better: 'higher' },
    ];
  } finally {
    await stop();
    clock.stop();
  }
}

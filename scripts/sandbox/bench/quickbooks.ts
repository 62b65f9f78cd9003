import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startQuickbooks } from '../emulators/quickbooks/index.ts';
import type { BenchRow } from './bench-row.ts';
import { ask, callsPerSecond } from './measure.ts';

/** How fast the QuickBooks stand-in answers one caller, its rate limits switched off. */
export async function benchQuickbooks({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  const clock = createClock();
  const { baseUrl, realmId, accessToken, stop } = await startQuickbooks({ clock, faults: createFaultPlan(), limits: false, seed: {} });
  const ms = quick ? 1_000 : 5_000;
  const company = `${baseUrl}/v3/company/${realmId}`;
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json', 'content-type': 'application/json' };
  try {
    const writes = await callsPerSecond(ms, (turn) =>
      ask(`${company}/customer`, { method: 'POST', headers, body: JSON.stringify({ DisplayName: `C${turn}` }) }),
    );
    const query = encodeURIComponent('select * from Customer maxresults 10');
    const reads = await callsPerSecond(ms, () => ask(`${company}/query?query=${query}`, { headers }));
    return [
      { what: 'QuickBooks: customers created', measured: writes, unit: 'per second', target: 300, better: 'higher' },
      { what: 'QuickBooks: queries for ten', measured: reads, unit: 'per second', target: 300, better: 'higher' },
    ];
  } finally {
    await stop();
    clock.stop();
  }
}

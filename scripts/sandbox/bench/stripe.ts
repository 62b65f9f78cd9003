import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startStripe } from '../emulators/stripe/index.ts';
import type { BenchRow } from './bench-row.ts';
import { ask, callsPerSecond } from './measure.ts';

/** How fast the Stripe stand-in answers one caller. */
export async function benchStripe({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  const clock = createClock();
  const { baseUrl, secretKey, stop } = await startStripe({ clock, faults: createFaultPlan() });
  const ms = quick ? 1_000 : 5_000;
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded' };
  try {
    const writes = await callsPerSecond(ms, (turn) => ask(`${baseUrl}/v1/customers`, { method: 'POST', headers, body: `name=C${turn}` }));
    const reads = await callsPerSecond(ms, () => ask(`${baseUrl}/v1/customers?limit=10`, { headers }));
    return [
      { what: 'Stripe: customers created', measured: writes, unit: 'per second', target: 300, better: 'higher' },
      { what: 'Stripe: lists of ten', measured: reads, unit: 'per second', target: 300, better: 'higher' },
    ];
  } finally {
    await stop();
    clock.stop();
  }
}

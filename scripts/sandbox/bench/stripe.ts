import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchRow } from './bench-row.ts';
import type { Serving, Usage } from './serve-stripe.ts';

const CONCURRENT = 16;
/** Until the engine has compiled what it runs. */
const WARM_UP_READS = 4_000;
const MEGABYTE = 1024 * 1024;

/** How fast the Stripe stand-in reads objects over HTTP, and how much memory it takes with many invoices. */
export async function benchStripe({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  const invoices = quick ? 20_000 : 100_000;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'trueup-bench-stripe-'));
  const child = fork(path.join(import.meta.dirname, 'serve-stripe.ts'), [dataDir, String(invoices)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const serving = await told<Serving>(child);
    await read(serving, ({ reads }) => reads < WARM_UP_READS);
    const before = await usageOf(child);
    const length = quick ? 3 : 10;
    const { reads, seconds } = await read(serving, (sofar) => sofar.seconds < length);
    const after = await usageOf(child);
    const what = `Stripe: GET /v1/invoices/:id, ${CONCURRENT} at once`;
    const holding = `Stripe: memory with ${invoices.toLocaleString('en-US')} invoices`;
    return [
      { what, measured: Math.round(reads / seconds), unit: 'reads/s', target: 1_000, better: 'higher' },
      // Tells a slow stand-in from a busy machine.
      { what: `${what}: processor time`, measured: Math.round((after.cpu - before.cpu) / reads), unit: 'µs', target: 900, better: 'lower' },
      { what: holding, measured: Math.round(after.memory / MEGABYTE), unit: 'MB', target: 400, better: 'lower' },
    ];
  } finally {
    if (child.connected) child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage');
  return told<Usage>(child);
}

/** The child's next message; its end before that is an error. */
async function told<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The stand-in's process ended (${String(code)}) before it answered.`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T];
  return message;
}

interface Reading {
  reads: number;
  seconds: number;
}

/** Reads invoices, so many at once, as long as it is to go on. */
async function read({ baseUrl, secretKey, ids }: Serving, goesOn: (sofar: Reading) => boolean): Promise<Reading> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENT });
  const headers = { authorization: `Bearer ${secretKey}` };
  const one = (id: string) =>
    new Promise<void>((resolve, reject) => {
      get(`${baseUrl}/v1/invoices/${id}`, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`GET /v1/invoices/${id} answered ${String(answer.statusCode)}.`));
        answer.resume().once('end', resolve);
      }).once('error', reject);
    });
  const started = performance.now();
  let reads = 0;
  let next = 0;
  const sofar = (): Reading => ({ reads, seconds: (performance.now() - started) / 1000 });
  const worker = async () => {
    while (goesOn(sofar())) {
      await one(ids[next++ % ids.length]!);
      reads += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
  agent.destroy();
  return sofar();
}

if (import.meta.main) console.table(await benchStripe({ quick: process.argv.includes('--quick') }));

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import type { BenchRow } from './bench-row.ts';

/** Requests in flight, each on a connection that stays open. */
const CONCURRENT = 16;
const API = '/services/data/v66.0';

interface ServedOrg {
  process: ChildProcess;
  baseUrl: string;
  token: string;
}

/** How fast the org answers and loads, and what memory it takes: a process of its own, measured from outside. */
export async function benchOrg({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  // On disk, as `npm start` keeps it.
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-bench-'));
  const org = await serveOrg(dataDir);
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENT });
  const call = (method: string, url: string, body?: string, type = 'application/json') => send({ ...org, agent }, method, url, body, type);
  try {
    const account = idOf(await call('POST', '/sobjects/Account', JSON.stringify({ Name: 'Bench' })));
    const invoice = (index: number) =>
      JSON.stringify({ Name: 'Bench', Account__c: account, Intent_Key__c: `bench.${String(index)}`, Memo__c: 'bench' });
    const seconds = quick ? 1.5 : 5;
    let made = 0;
    const write = () => call('POST', '/sobjects/Trueup_Invoice__c', invoice((made += 1)));
    const known = idOf(await write());
    const read = () => call('GET', `/sobjects/Trueup_Invoice__c/${known}`);
    // The first requests are compiled by the engine while they run.
    await perSecond(read, 1);
    await perSecond(write, 1);
    const reads = await perSecond(read, seconds);
    const writes = await perSecond(write, seconds);
    const records = quick ? 20_000 : 100_000;
    const loading = await load(call, account, records);
    return [
      { what: 'reads of one record', measured: Math.round(reads), unit: 'a second', target: 1500, better: 'higher' },
      { what: 'writes of one record', measured: Math.round(writes), unit: 'a second', target: 500, better: 'higher' },
      {
        what: `bulk load of ${String(records)} records`,
        measured: round(loading),
        unit: 's',
        target: (60 * records) / 100_000,
        better: 'lower',
      },
      {
        what: `memory with ${String(records + made)} records`,
        measured: residentMegabytes(org.process),
        unit: 'MB',
        target: 400,
        better: 'lower',
      },
    ];
  } finally {
    agent.destroy();
    await stopOrg(org.process);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** With the memory settings of `npm start` (scripts/setup.mjs). */
async function serveOrg(dataDir: string): Promise<ServedOrg> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', path.join(import.meta.dirname, 'serve-org.ts'), dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const { baseUrl, users } = JSON.parse(line) as { baseUrl: string; users: { admin: { accessToken: string } } };
    return { process: child, baseUrl, token: users.admin.accessToken };
  }
  throw new Error('The org ended before it listened.');
}

const stopOrg = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.end();
  });

function send(
  { baseUrl, token, agent }: { baseUrl: string; token: string; agent: http.Agent },
  method: string,
  url: string,
  body: string | undefined,
  type: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const request = http.request(`${baseUrl}${API}${url}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () =>
        (answer.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${method} ${url}: ${String(answer.statusCode)} ${text}`)),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const idOf = (answer: string): string => (JSON.parse(answer) as { id: string }).id;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Repeats a request from all connections for a while; answers a second. */
async function perSecond(ask: () => Promise<unknown>, seconds: number): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1000;
  let answered = 0;
  const repeat = async (): Promise<void> => {
    while (performance.now() < end) {
      await ask();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, repeat));
  return answered / ((performance.now() - began) / 1000);
}

type Call = (method: string, url: string, body?: string, type?: string) => Promise<string>;

/** Seconds from creating the job to its end. */
async function load(call: Call, account: string, records: number): Promise<number> {
  const rows = Array.from(
    { length: records },
    (_unused, index) =>
      `Bulk ${String(index)},bulk.${String(index)},${account},2026-11-${String(1 + (index % 28)).padStart(2, '0')},loaded\n`,
  );
  const began = performance.now();
  const job = { object: 'Trueup_Invoice__c', operation: 'upsert', externalIdFieldName: 'Intent_Key__c', lineEnding: 'LF' };
  const url = `/jobs/ingest/${idOf(await call('POST', '/jobs/ingest', JSON.stringify(job)))}`;
  await call('PUT', `${url}/batches`, `Name,Intent_Key__c,Account__c,Invoice_Date__c,Memo__c\n${rows.join('')}`, 'text/csv');
  await call('PATCH', url, JSON.stringify({ state: 'UploadComplete' }));
  for (;;) {
    const info = JSON.parse(await call('GET', url)) as { state: string; numberRecordsFailed: number; errorMessage?: string };
    if (info.state === 'JobComplete' && info.numberRecordsFailed === 0) return (performance.now() - began) / 1000;
    if (info.state !== 'UploadComplete' && info.state !== 'InProgress')
      throw new Error(`The bulk load ended ${info.state}, ${String(info.numberRecordsFailed)} failed: ${info.errorMessage ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Resident memory of a process, as the system counts it. */
const residentMegabytes = (child: ChildProcess): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1024);

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import type { BenchRow } from './bench-row.ts';

/** Requests in flight, each on a connection that stays open. */
const CONCURRENT = 16;
const PER_BATCH = 30;

interface ServedCompany {
  process: ChildProcess;
  api: string;
  accessToken: string;
  item: string;
  customers: string[];
}

/** How fast the QuickBooks stand-in answers, and what memory it takes with many invoices: a process of its own, measured from outside. */
export async function benchQuickbooks({ quick }: { quick: boolean }): Promise<BenchRow[]> {
  // On disk, as `npm start` keeps it.
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-bench-'));
  const company = await serveCompany(dataDir);
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENT });
  const call = (method: string, resource: string, body?: object) => send(company, agent, method, resource, body);
  try {
    const seconds = quick ? 1.5 : 5;
    const count = quick ? 3000 : 100_000;
    const made = await fill(call, company, count);
    const ids = made.ids;
    let turn = 0;
    const next = () => ids[(turn += 7919) % ids.length]!;
    const read = () => call('GET', `/invoice/${next()}`);
    const find = () =>
      call('GET', `/query?query=${encodeURIComponent(`select * from Invoice where DocNumber = 'B-${String(turn++ % count)}'`)}`);
    const write = () => call('POST', '/invoice', invoice(company, `W-${String(turn++)}`));
    // The first requests are compiled by the engine while they run.
    for (const warm of [read, find, write]) await perSecond(warm, 0.5);
    const reads = await perSecond(read, seconds);
    const finds = await perSecond(find, seconds);
    const writes = await perSecond(write, seconds);
    const pages = await timed(() =>
      call(
        'GET',
        `/query?query=${encodeURIComponent("select * from Invoice where TxnDate > '2020-01-01' ORDERBY Id STARTPOSITION 2001 MAXRESULTS 1000")}`,
      ),
    );
    const report = await timed(() => call('GET', '/reports/TrialBalance'));
    const many = `${String(count)} invoices`;
    return [
      { what: `reads of one invoice among ${many}`, measured: Math.round(reads), unit: 'a second', target: 1000, better: 'higher' },
      { what: 'queries by number', measured: Math.round(finds), unit: 'a second', target: 500, better: 'higher' },
      { what: 'new invoices', measured: Math.round(writes), unit: 'a second', target: 200, better: 'higher' },
      { what: 'new invoices in batches', measured: Math.round(made.perSecond), unit: 'a second', target: 300, better: 'higher' },
      { what: `a page of 1,000 of ${many}, filtered`, measured: pages, unit: 's', target: 10, better: 'lower' },
      { what: `a trial balance over ${many}`, measured: report, unit: 's', target: 10, better: 'lower' },
      { what: `memory with ${many}`, measured: residentMegabytes(company.process), unit: 'MB', target: 400, better: 'lower' },
    ];
  } finally {
    agent.destroy();
    await stop(company.process);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Call = (method: string, resource: string, body?: object) => Promise<string>;

const invoice = (company: ServedCompany, DocNumber: string) => ({
  DocNumber,
  CustomerRef: { value: company.customers[DocNumber.length % company.customers.length] },
  Line: [
    {
      Amount: 300,
      Description: 'Consulting, two hours',
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value: company.item }, Qty: 2, UnitPrice: 150 },
    },
  ],
});

/** Makes invoices in batches; their ids. */
async function fill(call: Call, company: ServedCompany, count: number): Promise<{ ids: string[]; perSecond: number }> {
  const ids: string[] = [];
  let started = 0;
  const began = performance.now();
  const work = async () => {
    while (started < count) {
      const first = started;
      started = Math.min(started + PER_BATCH, count);
      const items = Array.from({ length: started - first }, (_unused, index) => ({
        bId: String(index),
        operation: 'create',
        Invoice: {
          ...invoice(company, `B-${String(first + index)}`),
          CustomerRef: { value: company.customers[(first + index) % company.customers.length] },
        },
      }));
      const answer = JSON.parse(await call('POST', '/batch', { BatchItemRequest: items })) as {
        BatchItemResponse: { Invoice?: { Id: string }; Fault?: object }[];
      };
      for (const { Invoice, Fault } of answer.BatchItemResponse) {
        if (!Invoice) throw new Error(`A batch item failed: ${JSON.stringify(Fault)}`);
        ids.push(Invoice.Id);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  return { ids, perSecond: count / ((performance.now() - began) / 1000) };
}

async function serveCompany(dataDir: string): Promise<ServedCompany> {
  const script = path.join(import.meta.dirname, 'serve-quickbooks.ts');
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of readline.createInterface({ input: child.stdout })) {
    return { process: child, ...(JSON.parse(line) as Omit<ServedCompany, 'process'>) };
  }
  throw new Error('The QuickBooks stand-in ended before it listened.');
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.end();
  });

function send({ api, accessToken }: ServedCompany, agent: http.Agent, method: string, resource: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const request = http.request(`${api}${resource}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`${method} ${resource}: ${String(answer.statusCode)} ${text}`)),
      );
    });
    request.on('error', reject);
    request.end(body && JSON.stringify(body));
  });
}

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

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return Math.round((performance.now() - began) / 100) / 10;
}

/** Resident memory of a process, as the system counts it. */
const residentMegabytes = (child: ChildProcess): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1024);

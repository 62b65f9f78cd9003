import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

// `npm start` as a person uses it: the same entry, another folder and other ports.
const entry = path.join(import.meta.dirname, 'start.ts');
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-start-'));
const running = new Set<ChildProcess>();
let port: number;

/** Five free ports in a row, as the sandbox wants them. */
async function freeRow(): Promise<number> {
  for (let base = 20_000 + Math.floor(Math.random() * 12_000); ; base += 10) {
    const free = await Promise.all([0, 1, 2, 3, 4].map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}
const isFree = (wanted: number) =>
  new Promise<boolean>((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

interface Start {
  process: ChildProcess;
  output(): string;
  ready: Promise<void>;
  ended: Promise<number | null>;
}

function start(args: string[] = []): Start {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { ...process.env, TRUEUP_DATA: dataDir, TRUEUP_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`the sandbox ended: ${output}`)));
  });
  ready.catch(() => undefined);
  return { process: child, output: () => output, ready, ended };
}

const info = () => JSON.parse(fs.readFileSync(path.join(dataDir, 'sandbox.json'), 'utf8'));
async function countOf(soql: string): Promise<number> {
  const { org } = info();
  const answer = await fetch(`${org.instanceUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${org.users.admin.accessToken}` },
  });
  return ((await answer.json()) as { totalSize: number }).totalSize;
}

beforeAll(async () => {
  port = await freeRow();
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

describe('npm start', () => {
  it('starts everything, tells where it is, finds its data again after it was killed, stops on Ctrl-C', async () => {
    const first = start();
    await first.ready;
    expect(first.output()).toContain(`http://127.0.0.1:${port}`);
    expect((await fetch(info().page)).status).toBe(200);
    const { org } = info();
    const made = await fetch(`${org.instanceUrl}/services/data/v66.0/sobjects/Account`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Name: 'Made by a person' }),
    });
    expect(made.status).toBe(201);
    first.process.kill('SIGKILL');
    await first.ended;

    const takenOver = start();
    await takenOver.ready;
    expect(await countOf("SELECT Id FROM Account WHERE Name = 'Made by a person'")).toBe(1);
    takenOver.process.kill('SIGINT');
    expect(await takenOver.ended).toBe(0);
    expect(await isFree(port)).toBe(true);
  }, 240_000);

  it('begins anew when the start before was killed while it laid down its data', async () => {
    const stateFile = path.join(dataDir, 'state.json');
    const state = JSON.parse(fs.readFileSync(stateFile, 'utf8')) as object;
    fs.writeFileSync(stateFile, JSON.stringify({ ...state, seeded: { org: false, stripe: true }, filling: true }));
    const anew = start();
    await anew.ready;
    expect(anew.output()).toContain('beginning anew');
    expect(await countOf('SELECT Id FROM Trueup_Company__c')).toBe(1);
    expect(await countOf('SELECT Id FROM Opportunity')).toBeGreaterThan(3);
    expect(await countOf("SELECT Id FROM Account WHERE Name = 'Made by a person'")).toBe(0);
    anew.process.kill('SIGTERM');
    expect(await anew.ended).toBe(0);
  });

  it('names a port in use and the way out', async () => {
    const taken = net.createServer().listen(port + 2, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const blocked = start();
    expect(await blocked.ended).toBe(1);
    expect(blocked.output()).toContain(`Port ${port + 2} is in use`);
    expect(blocked.output()).toContain('TRUEUP_PORT=');
    taken.close();
  });

  it('names a half-written state and the way out', async () => {
    fs.writeFileSync(path.join(dataDir, 'state.json'), '{"version":1,"clo');
    const broken = start();
    expect(await broken.ended).toBe(1);
    expect(broken.output()).toContain('state.json is damaged');
    expect(broken.output()).toContain('npm start -- --fresh');
  });

  it('--fresh forgets all of it; serves one stand-in alone, on its usual port, with a first call that works', async () => {
    const alone = start(['--only', 'stripe', '--fresh']);
    await alone.ready;
    expect(Object.keys(info())).toEqual(['stripe']);
    for (const left of ['postgres', 'org']) expect(fs.existsSync(path.join(dataDir, left)), left).toBe(false);
    expect(info().stripe.baseUrl).toBe(`http://127.0.0.1:${port + 2}`);
    const call = /curl \S+\/v1\/customers -u (\S+): -d name=Acme/.exec(alone.output());
    expect(call?.[1]).toBe(info().stripe.secretKey);
    expect(await isFree(port)).toBe(true);
    alone.process.kill('SIGINT');
    expect(await alone.ended).toBe(0);
    const unknown = start(['--only', 'strpe']);
    expect(await unknown.ended).toBe(1);
    expect(unknown.output()).toContain('org, stripe, quickbooks');
  });

  it('refuses an option it does not know', async () => {
    const odd = start(['--frsh']);
    expect(await odd.ended).toBe(1);
    expect(odd.output()).toContain('--frsh');
  });
});

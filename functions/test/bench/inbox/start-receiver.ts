import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Kind } from './kinds.ts';

export interface Receiver {
  kind: Kind;
  port: number;
  pid: number;
  stop(): Promise<void>;
}

export const WEBHOOK_SECRET = 'whsec_bench_bench_bench';
/** Nobody listens there: Salesforce, Stripe and QuickBooks are all down. */
const NOWHERE = 'http://127.0.0.1:9';

const SETTINGS = {
  TRUEUP_FUNCTION_SECRETS: 'bench-bench-bench-bench',
  TRUEUP_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  TRUEUP_ORG_ID: '00D000000000001EAA',
  STRIPE_SECRET_KEY: 'sk_test_bench',
  STRIPE_WEBHOOK_SECRETS: WEBHOOK_SECRET,
  STRIPE_API_BASE: NOWHERE,
  QUICKBOOKS_CLIENT_ID: 'bench',
  QUICKBOOKS_CLIENT_SECRET: 'bench-bench-bench-bench',
  QUICKBOOKS_REALM_ID: '9130',
  QUICKBOOKS_WEBHOOK_VERIFIER: 'bench-bench-bench-bench',
  QUICKBOOKS_API_BASE: NOWHERE,
  QUICKBOOKS_TOKEN_URL: `${NOWHERE}/token`,
  HEROKU_APPLINK_API_URL: NOWHERE,
  HEROKU_APPLINK_TOKEN: 'bench',
  HEROKU_APP_ID: 'bench',
};

/** Starts one receiver as a process of its own; resolves when it listens. */
export async function startReceiver(kind: Kind, databaseUrl: string, logDir: string): Promise<Receiver> {
  const log = fs.openSync(path.join(logDir, `${kind}.log`), 'a');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'receiver.ts'), kind], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...SETTINGS, DATABASE_URL: databaseUrl },
    stdio: ['ignore', log, log, 'ipc'],
  });
  fs.closeSync(log);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', () =>
      reject(new Error(`the receiver "${kind}" stopped at once: ${fs.readFileSync(path.join(logDir, `${kind}.log`), 'utf8')}`)),
    );
  });
  return { kind, port, pid: child.pid ?? 0, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await gone;
}

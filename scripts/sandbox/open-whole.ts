import fs from 'node:fs';
import path from 'node:path';
import { erasePostgres } from './postgres/index.ts';
import { type SandboxState, openState } from './state.ts';

/** Compiled components are the same for every story; the lock is its holder's to give back; what a killed sandbox left running is ended by it. */
const KEPT = new Set(['cache', 'sandbox.pid', 'functions.pid']);

/** Forgets all data of a sandbox that does not run, so that the next start begins anew. */
async function forget(dataDir: string): Promise<void> {
  await erasePostgres({ dataDir: path.join(dataDir, 'postgres') });
  for (const entry of fs.existsSync(dataDir) ? fs.readdirSync(dataDir) : []) {
    if (!KEPT.has(entry)) fs.rmSync(path.join(dataDir, entry), { recursive: true, force: true });
  }
}

interface Opening {
  dataDir: string;
  fresh?: boolean;
  log: (line: string) => void;
}

/** The state of the last start; anew where asked, and where that start ended before its story was whole. */
export async function openWhole({ dataDir, fresh = false, log }: Opening): Promise<SandboxState> {
  if (fresh) await forget(dataDir);
  const state = openState(dataDir);
  if (state.filling !== true) return state;
  log('  the last start was ended while it laid down its data: beginning anew');
  await forget(dataDir);
  return openState(dataDir);
}

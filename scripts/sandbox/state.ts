import fs from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';

/** What the sandbox remembers between starts: credentials it made up once, and how far its clock was moved. */
export interface SandboxState {
  version: 1;
  clockOffsetMs: number;
  /** How far the clock of a stand-in is ahead of the sandbox's. */
  skewMs?: { org: number; stripe: number; quickbooks: number };
  /** Which of them has the story already. */
  seeded: { org: boolean; stripe: boolean };
  /** The story is being laid down: found so at a start, the one before did not live to see its end. */
  filling?: boolean;
  secrets: {
    functionSecret: string;
    encryptionKey: string;
    stripeSecretKey: string;
    stripeWebhookSecret: string;
    quickbooksVerifier: string;
  };
}

/** A failure that a person can mend: what happened and what to do. */
export class SandboxError extends Error {
  override name = 'SandboxError';
  readonly whatToDo: string;

  constructor(message: string, whatToDo: string) {
    super(message);
    this.whatToDo = whatToDo;
  }
}

export const FRESH = 'Begin anew with: npm start -- --fresh';

const stateFile = (dataDir: string) => path.join(dataDir, 'state.json');
const lockFile = (dataDir: string) => path.join(dataDir, 'sandbox.pid');

/** Reads the state, or makes it on the first start. */
export function openState(dataDir: string): SandboxState {
  fs.mkdirSync(dataDir, { recursive: true });
  if (!fs.existsSync(stateFile(dataDir)))
    return { version: 1, clockOffsetMs: 0, seeded: { org: false, stripe: false }, secrets: makeSecrets() };
  try {
    const state = JSON.parse(fs.readFileSync(stateFile(dataDir), 'utf8')) as SandboxState;
    // Folders of earlier versions hold one answer for both.
    if (typeof state.seeded === 'boolean') state.seeded = { org: state.seeded, stripe: state.seeded };
    if (state.version === 1 && state.secrets.functionSecret && typeof state.clockOffsetMs === 'number') return state;
  } catch {
    // Falls through: not readable is the same as half written.
  }
  throw new SandboxError(`${stateFile(dataDir)} is damaged: the sandbox was probably stopped while it wrote it.`, FRESH);
}

/** Written beside and renamed, so that it is whole or the old one. */
export function saveState(dataDir: string, state: SandboxState): void {
  const file = stateFile(dataDir);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

function makeSecrets(): SandboxState['secrets'] {
  const word = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    functionSecret: word(24),
    encryptionKey: randomBytes(32).toString('base64'),
    stripeSecretKey: `sk_test_${word(16)}`,
    stripeWebhookSecret: `whsec_${word(16)}`,
    quickbooksVerifier: word(16),
  };
}

/** One sandbox per folder: two would write over each other. Returns the function that gives the folder free. */
export function lockFolder(dataDir: string): () => void {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = lockFile(dataDir);
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  if (holder && holder !== process.pid && isRunning(holder)) {
    throw new SandboxError(
      `A sandbox runs on ${dataDir} already (process ${holder}).`,
      'Use that one, stop it with Ctrl-C, or set TRUEUP_DATA to another folder.',
    );
  }
  fs.writeFileSync(file, String(process.pid));
  return () => fs.rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(fs.existsSync(`/proc/${pid}/stat`) ? fs.readFileSync(`/proc/${pid}/stat`, 'utf8') : '');
  } catch {
    return false;
  }
}

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';

/** What earlier edits left is forgotten, but not what a sandbox that runs since yesterday may start again from. */
const KEPT = 5;
const IN_USE_MS = 86_400_000;
const LOOK_AGAIN_MS = 100;

/** Folder below `dir` for what is built from exactly these files as they stand now: the name of each below its base, and what it holds. */
export function folderBuiltFrom(dir: string, files: readonly { base: string; file: string }[]): string {
  const hash = createHash('sha256');
  for (const { base, file } of files)
    hash
      .update(`${path.relative(base, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  return path.join(dir, hash.digest('hex').slice(0, 16));
}

/** True when it need not be built again; its folder, which is whole, counts as used now. */
export function isBuilt(folder: string): boolean {
  if (!fs.existsSync(folder)) return false;
  const now = new Date();
  fs.utimesSync(folder, now, now);
  return true;
}

/**
 * Lets `build` fill a folder aside, which then gets its name: a folder of that name is whole. Who comes while another process builds
 * it waits for that. @returns whether it was built now
 */
export async function buildOnce(folder: string, build: (aside: string) => Promise<void>): Promise<boolean> {
  const claim = `${folder}.claim`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  for (;;) {
    if (isBuilt(folder)) return false;
    if (claims(claim)) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  const aside = `${folder}.${process.pid}-${threadId}`;
  try {
    if (isBuilt(folder)) return false;
    await build(aside);
    keep(aside, folder);
    forgetOldest(path.dirname(folder));
    return true;
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
    fs.rmSync(claim, { force: true });
  }
}

/** Two may have taken away the claim of one that was killed: then the first to end has the name. */
function keep(aside: string, folder: string): void {
  try {
    fs.renameSync(aside, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  }
}

/** False while a process that lives holds it; what a killed one left is taken away, for the next try. */
function claims(claim: string): boolean {
  try {
    fs.writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(claim)) fs.rmSync(claim, { force: true });
    return false;
  }
}

function isHeld(claim: string): boolean {
  try {
    const holder = Number(fs.readFileSync(claim, 'utf8'));
    // Empty for a moment after it was made.
    if (holder === 0) return Date.now() - fs.statSync(claim).mtimeMs < 5_000;
    process.kill(holder, 0);
    return true;
  } catch {
    return false;
  }
}

function forgetOldest(dir: string): void {
  const byAge = fs
    .readdirSync(dir)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, used: fs.statSync(path.join(dir, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  for (const { name, used } of byAge.slice(KEPT))
    if (Date.now() - used > IN_USE_MS) fs.rmSync(path.join(dir, name), { recursive: true, force: true });
}

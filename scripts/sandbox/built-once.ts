import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What earlier checkouts and edits left; what is in use is among the newest. */
const KEPT = 5;

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

/** Gives a folder that was built aside its name, unless another build was first, and forgets the oldest. */
export function keepBuilt(aside: string, folder: string): void {
  try {
    fs.renameSync(aside, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
    fs.rmSync(aside, { recursive: true, force: true });
  }
  const dir = path.dirname(folder);
  const byAge = fs
    .readdirSync(dir)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, used: fs.statSync(path.join(dir, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  for (const { name } of byAge.slice(KEPT)) fs.rmSync(path.join(dir, name), { recursive: true, force: true });
}

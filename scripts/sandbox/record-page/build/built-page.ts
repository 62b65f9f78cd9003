import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findPackageFiles } from './package-files.ts';

const RECORD_PAGE = path.resolve(import.meta.dirname, '..');
const LOCKFILE = path.resolve(RECORD_PAGE, '../../../package-lock.json');
/** Pages of other checkouts or of edits before; one that is served is among the newest. */
const KEPT = 5;

/**
 * Folder for the page as it is built from exactly what stands now in the package, in the page's own code and in the lockfile,
 * which pins what comes from others. A folder that exists is whole.
 */
export function folderOfPage(packageDirs: string[], cacheDir: string): string {
  const hash = createHash('sha256');
  const add = (base: string, file: string) =>
    hash
      .update(`${path.relative(base, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  for (const dir of packageDirs) for (const file of findPackageFiles([dir], '')) add(dir, file);
  for (const file of findPackageFiles([RECORD_PAGE], '')) add(RECORD_PAGE, file);
  if (fs.existsSync(LOCKFILE)) add(LOCKFILE, LOCKFILE);
  return path.join(cacheDir, 'page', hash.digest('hex').slice(0, 16));
}

/** True when the page need not be built again; its folder counts as used now. */
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
  const pages = path.dirname(folder);
  const byAge = fs
    .readdirSync(pages)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, used: fs.statSync(path.join(pages, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  for (const { name } of byAge.slice(KEPT)) fs.rmSync(path.join(pages, name), { recursive: true, force: true });
}

import fs from 'node:fs';
import path from 'node:path';
import { folderBuiltFrom } from '../../built-once.ts';
import { findPackageFiles } from './package-files.ts';

const RECORD_PAGE = path.resolve(import.meta.dirname, '..');
const LOCKFILE = path.resolve(RECORD_PAGE, '../../../package-lock.json');

/**
 * Folder for the page as it is built from exactly what stands now in the package, in the page's own code and in the lockfile,
 * which pins what comes from others.
 */
export function folderOfPage(packageDirs: string[], cacheDir: string): string {
  const below = (base: string) => findPackageFiles([base], '').map((file) => ({ base, file }));
  const lockfile = fs.existsSync(LOCKFILE) ? [{ base: LOCKFILE, file: LOCKFILE }] : [];
  return folderBuiltFrom(path.join(cacheDir, 'page'), [...packageDirs.flatMap(below), ...below(RECORD_PAGE), ...lockfile]);
}

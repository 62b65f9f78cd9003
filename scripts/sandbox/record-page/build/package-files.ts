import fs from 'node:fs';
import path from 'node:path';

/** Every file below the package directories whose name ends in `suffix`, sorted, so that builds do not depend on the disk's order. */
export function findPackageFiles(packageDirs: string[], suffix: string): string[] {
  return packageDirs.flatMap((dir) => walk(dir, (name, isFolder) => !isFolder && name.endsWith(suffix)));
}

/** Every `lwc` folder below the package directories: one per feature, together the namespace `c`. */
export function findLwcFolders(packageDirs: string[]): string[] {
  return packageDirs.flatMap((dir) => walk(dir, (name, isFolder) => isFolder && name === 'lwc'));
}

function walk(dir: string, wanted: (name: string, isFolder: boolean) => boolean): string[] {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(dir, entry.name);
      if (wanted(entry.name, entry.isDirectory())) return [full];
      return entry.isDirectory() && entry.name !== 'node_modules' ? walk(full, wanted) : [];
    });
}

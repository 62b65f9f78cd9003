import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';

const KEPT = path.resolve(import.meta.dirname, '../../../../node_modules/.cache/trueup');

/** Of everything a kept value depends on. */
export function digest(...parts: string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/** What an earlier start remembered as `name` in `kind/edition`; undefined when it has to be made. */
export function recall<T>(kind: string, edition: string, name: string): T | undefined {
  try {
    return deserialize(readFileSync(path.join(KEPT, kind, edition, name))) as T;
  } catch {
    return undefined;
  }
}

/**
 * Remembers a value for later starts; what other editions of this kind left is of no use any more. Written aside and renamed, so that
 * another start never reads half of it; a folder that cannot be written costs only time. The oldest above `most` go.
 */
export function remember(kind: string, edition: string, name: string, value: unknown, most = Infinity): void {
  const folder = path.join(KEPT, kind, edition);
  const half = path.join(folder, `${name}.${process.pid}`);
  try {
    if (!existsSync(folder)) {
      rmSync(path.join(KEPT, kind), { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(half, serialize(value));
    renameSync(half, path.join(folder, name));
    if (most < Infinity) dropOldest(folder, most);
  } catch {
    return;
  }
}

function dropOldest(folder: string, most: number): void {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  if (files.length <= most) return;
  const byAge = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { file } of byAge.slice(most)) rmSync(file, { force: true });
}

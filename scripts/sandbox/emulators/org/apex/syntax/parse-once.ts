import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { parseClassFile } from './parse.ts';

type Parsed = ReturnType<typeof parseClassFile>;

const KEPT = path.resolve(import.meta.dirname, '../../../../../../node_modules/.cache/trueup/apex');

/** Two seconds of every start went into parsing what had not changed: trees without problems are kept by content, on disk. */
export function parseOnce(file: string, source: string): Parsed {
  const kept = path.join(KEPT, grammar(), digest(file, source));
  const known = read(kept);
  if (known) return known;
  const parsed = parseClassFile(file, source);
  if (parsed.type && parsed.problems.length === 0) keep(kept, parsed);
  return parsed;
}

const digest = (...parts: string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
};

let grammarDigest: string | undefined;
/** What the tree depends on besides the source: this folder, the parser and Node's way to write a tree down. */
function grammar(): string {
  grammarDigest ??= digest(
    process.version,
    readFileSync(path.resolve(KEPT, '../../../@apexdevtools/apex-parser/package.json'), 'utf8'),
    ...readdirSync(import.meta.dirname)
      .sort()
      .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')),
  );
  return grammarDigest;
}

function read(kept: string): Parsed | undefined {
  try {
    return deserialize(readFileSync(kept)) as Parsed;
  } catch {
    return undefined;
  }
}

/** Written aside and renamed, so that another start never reads half of it; a folder that cannot be written costs only time. */
function keep(kept: string, parsed: Parsed): void {
  const half = `${kept}.${process.pid}`;
  try {
    if (!existsSync(path.dirname(kept))) makeOnlyFolder(path.dirname(kept));
    writeFileSync(half, serialize(parsed));
    renameSync(half, kept);
  } catch {
    return;
  }
}

/** What other grammars left is of no use any more. */
function makeOnlyFolder(folder: string): void {
  rmSync(KEPT, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { digest, recall, remember } from '../../../core/between-starts.ts';
import { parseClassFile } from './parse.ts';

type Parsed = ReturnType<typeof parseClassFile>;

const PARSER = path.resolve(import.meta.dirname, '../../../../../../node_modules/@apexdevtools/apex-parser/package.json');

/** Two seconds of every start went into parsing what had not changed: trees without problems are kept by content, on disk. */
export function parseOnce(file: string, source: string): Parsed {
  const name = digest(file, source);
  const known = recall<Parsed>('apex', grammar(), name);
  if (known) return known;
  const parsed = parseClassFile(file, source);
  if (parsed.type && parsed.problems.length === 0) remember('apex', grammar(), name, parsed);
  return parsed;
}

let grammarDigest: string | undefined;
/** What the tree depends on besides the source: this folder, the parser and Node's way to write a tree down. */
function grammar(): string {
  grammarDigest ??= digest(
    readFileSync(PARSER, 'utf8'),
    ...readdirSync(import.meta.dirname)
      .sort()
      .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')),
  );
  return grammarDigest;
}

import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';

/** Text and instants in full, the literals that differ from one statement of a program to its next. */
const LITERAL = /'(?:\\.|[^'\\])*'|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
/** What stands for the nth of them while the parser reads; an instant has to stay one. */
const TEXT_MARK = '\u0002';
const standIn = (literal: string, index: number): string =>
  literal.startsWith("'") ? `'${TEXT_MARK}${index}${TEXT_MARK}'` : `0001-01-01T00:00:00.${String(index).padStart(3, '0')}Z`;
const STAND_IN = /'\u0002(\d+)\u0002'|\u0002(\d+)\u0002|0001-01-01T00:00:00\.(\d{3})Z/g;
const MOST_LITERALS = 1000;
const KEPT = 1000;

const shapes = new Map<string, Query>();

/**
 * The syntax tree of a statement. The parser takes longer than most statements run, so one that was read already with other literals
 * is copied with these. Throws what the parser throws.
 */
export function readTree(text: string): Query {
  if (text.includes(TEXT_MARK) || text.includes('0001-01-01T')) return parseQuery(text);
  const literals: string[] = [];
  const shape = text.replace(LITERAL, (literal) => standIn(literal, literals.push(literal) - 1));
  if (literals.length > MOST_LITERALS) return parseQuery(text);
  let tree = shapes.get(shape);
  if (!tree) {
    try {
      tree = parseQuery(shape);
    } catch {
      // The complaint is to name what was written.
      return parseQuery(text);
    }
    if (shapes.size >= KEPT) shapes.delete(shapes.keys().next().value ?? '');
    shapes.set(shape, tree);
  }
  return withLiterals(tree, literals) as Query;
}

function withLiterals(tree: unknown, literals: readonly string[]): unknown {
  if (typeof tree === 'string')
    return tree.includes(TEXT_MARK) || tree.includes('0001-01-01T')
      ? tree.replace(STAND_IN, (_all, quoted?: string, bare?: string, instant?: string) =>
          bare === undefined ? (literals[Number(quoted ?? instant)] ?? '') : (literals[Number(bare)] ?? '').slice(1, -1),
        )
      : tree;
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((item: unknown) => withLiterals(item, literals));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(tree)) copy[name] = withLiterals((tree as Record<string, unknown>)[name], literals);
  return copy;
}

import type { Query } from '@jetstreamapp/soql-parser-js';
import { OrgFault, notImplemented } from '../errors.ts';
import { readTree } from './read-tree.ts';

const LONGEST = 100_000;

/** A parsed statement; `limitBind` and `offsetBind` name the variables of `LIMIT :n` and `OFFSET :n`. */
export interface ParsedQuery {
  text: string;
  ast: Query;
  limitBind?: string;
  offsetBind?: string;
}

/** SOQL text to its syntax tree. Throws MALFORMED_QUERY as the org words it. */
export function parseSoql(text: string): ParsedQuery {
  if (text.length > LONGEST)
    throw new OrgFault(400, 'MALFORMED_QUERY', `SOQL statements can not be longer than ${String(LONGEST)} characters`);
  const binds: { limitBind?: string; offsetBind?: string } = {};
  let plain = text;
  const tail = /\b(LIMIT|OFFSET)\s*:\s*([A-Za-z_][\w.()]*)/gi;
  // Bound limits only occur after the last string literal, so text inside quotes is safe.
  const from = text.lastIndexOf("'") + 1;
  plain =
    text.slice(0, from) +
    text.slice(from).replace(tail, (_all, word: string, name: string) => {
      if (word.toUpperCase() === 'LIMIT') binds.limitBind = name;
      else binds.offsetBind = name;
      return `${word} 1`;
    });
  if (/\bALL\s+ROWS\s*$/i.test(plain)) throw notImplemented('ALL ROWS in SOQL');
  try {
    return { text, ast: readTree(maskBinds(plain)), ...binds };
  } catch (error) {
    throw new OrgFault(400, 'MALFORMED_QUERY', worded(plain, (error as Error).message));
  }
}

/** What a bind variable looks like to the parser, and how `values.ts` knows it again. */
export const BIND_MARK = '\u0001:';

/**
 * Bind variables as marked text literals: the parser builds itself anew (some 30 ms) for each text with real ones.
 * A colon before a digit belongs to a date literal or a time.
 */
function maskBinds(text: string): string {
  return text.replace(
    /'(?:\\.|[^'\\])*'|(?:\b(IN\s*))?:\s*([A-Za-z_]\w*(?:\([^()]*\))?(?:\s*\.\s*\w+(?:\([^()]*\))?)*)/gi,
    (all, list: string | undefined, name: string | undefined) => {
      if (name === undefined) return all;
      const literal = `'${BIND_MARK}${name.replaceAll(/\s/g, '')}'`;
      return list === undefined ? literal : `${list}(${literal})`;
    },
  );
}

/** The parser's complaint in the org's words. Recorded: "unexpected token: SELEKT". */
function worded(text: string, message: string): string {
  const found = /(?:but found -->\s*'([^']*)'|but found:\s*'([^']*)'|redundant input[^']*'([^']*)'|found:\s*(\S+))/i.exec(message);
  const token = (found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4] ?? '').trim().replaceAll(BIND_MARK, ':');
  if (token === '') return text.trim() === '' ? 'A query string has to be specified' : "unexpected token: '<EOF>'";
  return `unexpected token: ${token}`;
}

/** Where an error is, as the org shows it: the line, a caret, row and column. */
export function located(text: string, token: string, message: string, place: 'anywhere' | 'filter' = 'anywhere'): string {
  const at = position(text, token, place === 'filter' ? Math.max(text.search(/\bWHERE\b/i), 0) : 0);
  const before = text.slice(0, at);
  const row = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const line = text.split('\n')[row - 1] ?? text;
  return `\n${line}\n${' '.repeat(Math.max(column - 1, 0))}^\nERROR at Row:${String(row)}:Column:${String(column)}\n${message}`;
}

function position(text: string, token: string, from: number): number {
  const escaped = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`(?<![\\w.])${escaped}(?![\\w])`, 'i').exec(text.slice(from));
  return match ? from + match.index : 0;
}

export const noSuchColumn = (text: string, token: string, column: string, object: string): OrgFault =>
  new OrgFault(
    400,
    'INVALID_FIELD',
    located(
      text,
      token,
      `No such column '${column}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    ),
  );

export const noSuchRelation = (text: string, token: string, name: string): OrgFault =>
  new OrgFault(
    400,
    'INVALID_FIELD',
    located(
      text,
      token,
      `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    ),
  );

export const noSuchObject = (text: string, name: string): OrgFault =>
  new OrgFault(
    400,
    'INVALID_TYPE',
    located(
      text,
      name,
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    ),
  );

import { faults } from '../errors.ts';

export interface Token {
  kind: 'identifier' | 'string' | 'number' | 'symbol' | 'end';
  /** Identifiers as written, strings unescaped. */
  text: string;
  /** 1-based. */
  column: number;
}

const SYMBOLS = ['<=', '>=', '=', '<', '>', '(', ')', ',', '*'];

/** Splits a query. Strings are in single quotes; a backslash escapes the character after it (documented for quotes). */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const character = query[at]!;
    const column = at + 1;
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === "'") {
      const { text, end } = readString(query, at);
      tokens.push({ kind: 'string', text, column });
      at = end;
    } else if (/[A-Za-z_]/.test(character)) {
      const text = /^[A-Za-z_][A-Za-z0-9_.]*/.exec(query.slice(at))![0];
      tokens.push({ kind: 'identifier', text, column });
      at += text.length;
    } else if (/[0-9-]/.test(character) && /^-?\d/.test(query.slice(at))) {
      const text = /^-?\d+(\.\d+)?/.exec(query.slice(at))![0];
      tokens.push({ kind: 'number', text, column });
      at += text.length;
    } else {
      const symbol = SYMBOLS.find((each) => query.startsWith(each, at));
      if (!symbol)
        throw faults.queryUnparsed(
          `Lexical error at line 1, column ${column}.  Encountered: "${character}" (${character.codePointAt(0)}), after : ""`,
        );
      tokens.push({ kind: 'symbol', text: symbol, column });
      at += symbol.length;
    }
  }
  tokens.push({ kind: 'end', text: '', column: query.length + 1 });
  return tokens;
}

function readString(query: string, start: number): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query[at]!;
    if (character === '\\' && at + 1 < query.length) text += query[(at += 1)];
    else if (character === "'") return { text, end: at + 1 };
    else text += character;
  }
  throw faults.queryUnparsed(`Lexical error at line 1, column ${query.length + 1}.  Encountered: <EOF> after : "${query.slice(start)}"`);
}

const KIND_NAMES = { identifier: '<IDENTIFIER>', string: '<STRING>', number: '<INTEGER>' };

/** "Encountered …" in the wording of QuickBooks' parser (recorded). */
export function encountered(token: Token): string {
  if (token.kind === 'end') return `Encountered "<EOF>" at line 1, column ${token.column}.`;
  const isNull = token.kind === 'identifier' && token.text.toUpperCase() === 'NULL';
  const kind = token.kind === 'symbol' ? `"${token.text}"` : isNull ? '"null"' : KIND_NAMES[token.kind];
  return `Encountered " ${kind} "${isNull ? 'NULL' : token.text} "" at line 1, column ${token.column}.`;
}

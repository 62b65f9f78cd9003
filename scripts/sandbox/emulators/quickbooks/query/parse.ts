import { faults } from '../errors.ts';
import { encountered, tokenize } from './tokenize.ts';
import type { Token } from './tokenize.ts';

export type Operator = '=' | '<' | '>' | '<=' | '>=' | 'LIKE' | 'IN';

export interface Condition {
  field: string;
  operator: Operator;
  /** One value, several for IN. Strings are unescaped; booleans are real ones. */
  values: (string | boolean)[];
}

export interface Query {
  select: 'all' | 'count' | string[];
  from: string;
  where: Condition[];
  orderBy: { field: string; descending: boolean }[];
  startPosition: number;
  maxResults: number;
}

const DEFAULT_RESULTS = 100;
const MOST_RESULTS = 1000;

/** Parses a query as Intuit documents it: AND only, no OR, no joins. Anything else is 4000, numbers out of range 4001. */
export function parseQuery(text: string): Query {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at]!;
  const fail = (token: Token = peek()): never => {
    throw faults.queryUnparsed(encountered(token));
  };
  const isWord = (word: string) => peek().kind === 'identifier' && peek().text.toUpperCase() === word;
  const acceptWord = (word: string) => (isWord(word) ? (at += 1) > 0 : false);
  const expectWord = (word: string) => acceptWord(word) || fail();
  const acceptSymbol = (symbol: string) => (peek().kind === 'symbol' && peek().text === symbol ? (at += 1) > 0 : false);
  const expectSymbol = (symbol: string) => acceptSymbol(symbol) || fail();
  const identifier = (): string => {
    // What the parser waited for is recorded here, and only here.
    if (peek().kind !== 'identifier' || RESERVED.has(peek().text.toUpperCase()))
      throw faults.queryUnparsed(`${encountered(peek())}\nWas expecting:\n    <IDENTIFIER> ...\n    `);
    return tokens[at++]!.text;
  };
  /** Values are quoted; only true and false may stand alone. */
  const value = (): string | boolean => {
    const token = peek();
    at += 1;
    if (token.kind === 'string') return token.text;
    if (token.kind === 'identifier' && /^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
    return fail(token);
  };

  expectWord('SELECT');
  const select = selection();
  expectWord('FROM');
  const query: Query = { select, from: identifier(), where: [], orderBy: [], startPosition: 1, maxResults: DEFAULT_RESULTS };
  if (acceptWord('WHERE')) {
    do query.where.push(condition());
    while (acceptWord('AND'));
  }
  if (acceptWord('ORDERBY') || (isWord('ORDER') && (at += 1) > 0 && expectWord('BY'))) {
    do {
      const field = identifier();
      const descending = acceptWord('DESC');
      if (!descending) acceptWord('ASC');
      query.orderBy.push({ field, descending });
    } while (acceptSymbol(','));
  }
  for (;;) {
    if (acceptWord('STARTPOSITION')) query.startPosition = position(1, Number.MAX_SAFE_INTEGER);
    else if (acceptWord('MAXRESULTS')) query.maxResults = position(1, MOST_RESULTS);
    else break;
  }
  if (peek().kind !== 'end') fail();
  return query;

  function selection(): Query['select'] {
    if (acceptSymbol('*')) return 'all';
    if (isWord('COUNT')) {
      at += 1;
      expectSymbol('(');
      expectSymbol('*');
      expectSymbol(')');
      return 'count';
    }
    const fields: string[] = [];
    do fields.push(identifier());
    while (acceptSymbol(','));
    return fields;
  }

  function condition(): Condition {
    const field = identifier();
    if (acceptWord('IN')) {
      expectSymbol('(');
      const values: (string | boolean)[] = [];
      do values.push(value());
      while (acceptSymbol(','));
      expectSymbol(')');
      return { field, operator: 'IN', values };
    }
    if (acceptWord('LIKE')) return { field, operator: 'LIKE', values: [value()] };
    const operator = peek();
    if (operator.kind !== 'symbol' || !['=', '<', '>', '<=', '>='].includes(operator.text)) fail();
    at += 1;
    return { field, operator: operator.text as Operator, values: [value()] };
  }

  function position(min: number, max: number): number {
    const token = peek();
    if (token.kind !== 'number' || !/^-?\d+$/.test(token.text)) fail();
    at += 1;
    const number = Number(token.text);
    if (number < min) throw faults.queryInvalid(`value ${number} is too small. Min allowed value is ${min}`);
    if (number > max) throw faults.queryInvalid(`value ${number} is too large. Max allowed value is ${max}`);
    return number;
  }
}

const RESERVED = new Set(['SELECT', 'FROM', 'WHERE', 'AND', 'IN', 'LIKE', 'ORDERBY', 'STARTPOSITION', 'MAXRESULTS', 'NULL']);

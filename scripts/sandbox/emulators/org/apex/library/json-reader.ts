import { systemException } from '../values/exceptions.ts';

/** A JSON value that keeps the digits of numbers and the order of keys. */
export type JsonNode =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'number'; text: string }
  | { kind: 'string'; value: string }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'object'; entries: [string, JsonNode][] };

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '/': '/', '\\': '\\', '"': '"' };

/** Reads JSON text. Throws JSONException, worded as Jackson does. */
export function readJson(text: string): JsonNode {
  const reader = new Reader(text);
  return reader.document();
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    this.space();
    if (this.at >= this.text.length) throw systemException('JSONException', 'No content to map to Object due to end of input');
    const node = this.node();
    this.space();
    if (this.at < this.text.length) throw this.unexpected();
    return node;
  }

  private unexpected(): Error {
    const letter = this.text[this.at];
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    const column = this.at - before.lastIndexOf('\n');
    const what = letter === undefined ? 'Unexpected end-of-input' : `Unexpected character ('${letter}' (code ${letter.charCodeAt(0)}))`;
    return systemException('JSONException', `${what} at input location [${line},${column}]`);
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private node(): JsonNode {
    this.space();
    const letter = this.text[this.at];
    if (letter === '{') return this.object();
    if (letter === '[') return this.array();
    if (letter === '"') return { kind: 'string', value: this.string() };
    const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 400));
    if (number) {
      this.at += number[0].length;
      return { kind: 'number', text: number[0] };
    }
    return this.word();
  }

  private word(): JsonNode {
    for (const word of ['true', 'false', 'null'] as const) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return word === 'null' ? { kind: 'null' } : { kind: 'boolean', value: word === 'true' };
    }
    throw this.unexpected();
  }

  private expect(letter: string): void {
    this.space();
    if (this.text[this.at] !== letter) throw this.unexpected();
    this.at += 1;
  }

  private follows(letter: string): boolean {
    this.space();
    if (this.text[this.at] !== letter) return false;
    this.at += 1;
    return true;
  }

  private object(): JsonNode {
    this.expect('{');
    const entries: [string, JsonNode][] = [];
    if (this.follows('}')) return { kind: 'object', entries };
    do {
      this.space();
      if (this.text[this.at] !== '"') throw this.unexpected();
      const key = this.string();
      this.expect(':');
      entries.push([key, this.node()]);
    } while (this.follows(','));
    this.expect('}');
    return { kind: 'object', entries };
  }

  private array(): JsonNode {
    this.expect('[');
    const items: JsonNode[] = [];
    if (this.follows(']')) return { kind: 'array', items };
    do items.push(this.node());
    while (this.follows(','));
    this.expect(']');
    return { kind: 'array', items };
  }

  private string(): string {
    let value = '';
    this.at += 1;
    for (;;) {
      const letter = this.text[this.at];
      if (letter === undefined || letter < ' ') throw this.unexpected();
      this.at += 1;
      if (letter === '"') return value;
      value += letter === '\\' ? this.escape() : letter;
    }
  }

  private escape(): string {
    const letter = this.text[this.at] ?? '';
    this.at += 1;
    if (letter !== 'u') {
      const plain = ESCAPES[letter];
      if (plain === undefined) throw this.unexpected();
      return plain;
    }
    const code = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(code)) throw this.unexpected();
    this.at += 4;
    return String.fromCharCode(parseInt(code, 16));
  }
}

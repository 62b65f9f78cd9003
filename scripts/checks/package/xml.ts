import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of a metadata file. */
export interface XmlElement {
  name: string;
  /** 1-based. */
  line: number;
  /** Its text, trimmed, entities resolved; empty when it holds elements. */
  text: string;
  attributes: Record<string, string>;
  elements: XmlElement[];
}

type Raw = Record<string, unknown>;
const POSITION = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: true,
  captureMetaData: true,
});

/** Parses one XML document. Throws with the line when it is not well formed. */
export function parseXml(source: string): XmlElement {
  const valid = XMLValidator.validate(source);
  if (valid !== true) throw new MalformedXml(valid.err.msg, valid.err.line);
  const lineAt = lineCounter(source);
  const root = (parser.parse(source) as Raw[]).map((raw) => element(raw, lineAt)).find((found) => found && found.name !== '?xml');
  if (!root) throw new MalformedXml('there is no element', 1);
  return root;
}

export class MalformedXml extends Error {
  line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** The children called `name`. */
export const children = (of: XmlElement, name: string): XmlElement[] => of.elements.filter((child) => child.name === name);

/** The first child called `name`. */
export const child = (of: XmlElement, name: string): XmlElement | undefined => of.elements.find((found) => found.name === name);

/** The text of the first child called `name`; undefined when there is none. */
export const textOf = (of: XmlElement, name: string): string | undefined => child(of, name)?.text;

/** The element and everything below it. */
export function* everyElement(of: XmlElement): Generator<XmlElement> {
  yield of;
  for (const inner of of.elements) yield* everyElement(inner);
}

function element(raw: Raw, lineAt: (index: number) => number): XmlElement | undefined {
  const name = Object.keys(raw).find((key) => key !== ':@' && key !== '#text');
  if (!name) return undefined;
  const inner = raw[name] as Raw[];
  const attributes = Object.entries((raw[':@'] ?? {}) as Record<string, string>).map(([key, value]) => [key.replace(/^@_/, ''), value]);
  const position = (raw as Record<symbol, { startIndex?: number } | undefined>)[POSITION];
  return {
    name,
    line: lineAt(position?.startIndex ?? 0),
    text: inner.map((part) => (part['#text'] as string | undefined) ?? '').join(''),
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    elements: inner.flatMap((part) => element(part, lineAt) ?? []),
  };
}

/** Turns a position into a line. Positions are asked for in ascending order, as the document is read. */
function lineCounter(source: string): (index: number) => number {
  const breaks: number[] = [];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) breaks.push(at);
  return (index) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

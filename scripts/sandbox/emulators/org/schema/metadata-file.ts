import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { digest, recall, remember } from '../../core/between-starts.ts';

/** Something the package holds that the local org cannot honour; it stops the org at start. */
export interface SchemaProblem {
  file: string;
  line: number;
  message: string;
}

/** One metadata file: its root element's name and its content, every child element as a list. */
export interface MetadataFile {
  path: string;
  root: string;
  body: XmlNode;
  /** 1-based line of the first `<tag>` whose text is `value` (any text when absent). */
  line(tag: string, value?: string): number;
}

/** Element name to its occurrences; a leaf is its text. */
export interface XmlNode {
  [tag: string]: (XmlNode | string)[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  isArray: (_name, path) => String(path).includes('.'),
});

/** By the text of the file: a process that opens several orgs parses a package once. Nobody changes what was parsed. */
const parsedBefore = new Map<string, Record<string, unknown>>();

/** Of the product, of the tests, and of the last edits. */
const PACKAGES_KEPT = 60;

/**
 * Reads many files with one parse for all starts as long as none of them changes: `read` may ask for any of them. Files that are not
 * well formed are parsed each time, for their problems.
 */
export function parsingOnce(paths: string[], read: () => void): void {
  const texts = paths.map((path) => readFileSync(path, 'utf8'));
  const name = digest(readFileSync(import.meta.filename, 'utf8'), ...texts);
  const known = recall<Record<string, unknown>[]>('metadata', 'parsed', name);
  if (known) texts.forEach((text, index) => parsedBefore.set(text, known[index] ?? {}));
  read();
  const parsed = texts.map((text) => parsedBefore.get(text));
  if (!known && parsed.every(Boolean)) remember('metadata', 'parsed', name, parsed, PACKAGES_KEPT);
}

/** Reads a `*-meta.xml` file. Throws a SchemaProblem when it is not well formed. */
export function readMetadata(path: string): MetadataFile {
  const text = readFileSync(path, 'utf8');
  let parsed = parsedBefore.get(text);
  try {
    parsed ??= parser.parse(text, true) as Record<string, unknown>;
    parsedBefore.set(text, parsed);
  } catch (error) {
    const problem: SchemaProblem = { file: path, line: 1, message: `is not well-formed XML: ${(error as Error).message}` };
    throw Object.assign(new Error(`${path}: ${problem.message}`), { problem });
  }
  const root = Object.keys(parsed)[0] ?? '';
  const content = parsed[root];
  const lines = text.split('\n');
  return {
    path,
    root,
    body: (typeof content === 'object' && content !== null ? content : {}) as XmlNode,
    line: (tag, value) => {
      const wanted = value === undefined ? `<${tag}` : `<${tag}>${escapeXml(value)}</${tag}>`;
      const at = lines.findIndex((line) => line.includes(wanted));
      return at < 0 ? 1 : at + 1;
    },
  };
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text of the first such child, or undefined. */
export function textOf(node: XmlNode, tag: string): string | undefined {
  const first = node[tag]?.[0];
  return typeof first === 'string' ? first : undefined;
}

export const isTrue = (node: XmlNode, tag: string): boolean => textOf(node, tag) === 'true';

/** Child elements that have children of their own. */
export function nodesOf(node: XmlNode, tag: string): XmlNode[] {
  return (node[tag] ?? []).filter((child): child is XmlNode => typeof child !== 'string');
}

export function textsOf(node: XmlNode, tag: string): string[] {
  return (node[tag] ?? []).filter((child): child is string => typeof child === 'string');
}

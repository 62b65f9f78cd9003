import fs from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** One element of a metadata file: text, or children by tag name. */
export type Xml = string | { [tag: string]: Xml | Xml[] };

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true, ignoreAttributes: true });

/** The root element of a metadata file. */
export function readXml(file: string): Xml {
  const document = parser.parse(fs.readFileSync(file, 'utf8')) as Record<string, Xml>;
  const root = Object.values(document)[0];
  if (root === undefined) throw new Error(`${file} is not a metadata file.`);
  return root;
}

/** Children called `tag`, none when there are none. */
export function children(node: Xml, tag: string): Xml[] {
  if (typeof node === 'string') return [];
  const found = node[tag];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** Text of the child called `tag`. */
export function text(node: Xml, tag: string): string | undefined {
  const [first] = children(node, tag);
  return typeof first === 'string' ? first : undefined;
}

/** Texts of all children called `tag`. */
export function texts(node: Xml, tag: string): string[] {
  return children(node, tag).filter((child) => typeof child === 'string');
}

/** API name of a metadata file: `Trueup_Home` of `Trueup_Home.flexipage-meta.xml`. */
export function apiName(file: string): string {
  return decodeURIComponent(path.basename(file).replace(/\.[^.]+-meta\.xml$/, ''));
}

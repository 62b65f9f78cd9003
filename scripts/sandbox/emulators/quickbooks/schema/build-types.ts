/**
 * Builds types.json from Intuit's XSD set (as published in QuickBooks-V3-PHP-SDK, Apache-2.0):
 * `node schema/build-types.ts <folder with the .xsd files>`. Only types that the covered entities reach are kept.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { ENTITY_NAMES } from '../entities.ts';

interface XsdNode {
  [key: string]: unknown;
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: () => false });
const list = (node: unknown): XsdNode[] => (node === undefined ? [] : Array.isArray(node) ? node : [node as XsdNode]);

export interface Types {
  /** Members of each type: string, decimal, integer, boolean, date, dateTime, an enumeration or another type; `[]` marks lists. */
  types: Record<string, Record<string, string>>;
  enums: Record<string, string[]>;
}

/** Reads the .xsd files of a folder. */
export function buildTypes(folder: string): Types {
  const complex = new Map<string, XsdNode>();
  const simple = new Map<string, XsdNode>();
  const elements = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xsd'))) {
    const schema = parser.parse(readFileSync(path.join(folder, file), 'utf8'))['xs:schema'] as XsdNode;
    for (const node of list(schema['xs:complexType'])) complex.set(String(node['@name']), node);
    for (const node of list(schema['xs:simpleType'])) simple.set(String(node['@name']), node);
    for (const node of list(schema['xs:element'])) elements.set(String(node['@name']), String(node['@type']));
  }

  const types: Record<string, Record<string, string>> = {};
  const enums: Record<string, string[]> = {};

  /** Reduces an XSD type to string, decimal, boolean, date, dateTime, integer, an enum's name or a complex type's name. */
  function kindOf(type: string): string {
    const local = type.replace(/^xs:/, '');
    if (type.startsWith('xs:'))
      return /int|long|short|byte/i.test(local)
        ? 'integer'
        : ['decimal', 'boolean', 'date', 'dateTime'].includes(local)
          ? local
          : ['double', 'float'].includes(local)
            ? 'decimal'
            : 'string';
    if (complex.has(local)) {
      collect(local);
      return local;
    }
    const restriction = simple.get(local)?.['xs:restriction'] as XsdNode | undefined;
    const values = list(restriction?.['xs:enumeration']).map((value) => String(value['@value']));
    if (values.length === 0) return restriction ? kindOf(String(restriction['@base'])) : 'string';
    enums[local] = values;
    return local;
  }

  function membersOf(name: string): Record<string, string> {
    const node = complex.get(name) as XsdNode;
    const members: Record<string, string> = {};
    const walk = (part: XsdNode) => {
      for (const [key, value] of Object.entries(part)) {
        if (key === 'xs:annotation') continue;
        if (key === 'xs:extension') {
          const base = String((value as XsdNode)['@base']);
          if (complex.has(base)) Object.assign(members, membersOf(base));
          else members['value'] = kindOf(base);
        }
        if (key === 'xs:element') {
          for (const element of list(value)) {
            const reference = element['@ref'] as string | undefined;
            const type = reference ? elements.get(reference) : (element['@type'] as string | undefined);
            const many =
              element['@maxOccurs'] === 'unbounded' || (element['@maxOccurs'] !== undefined && element['@maxOccurs'] !== '1') ? '[]' : '';
            members[String(element['@name'] ?? reference)] = (type ? kindOf(type) : 'string') + many;
          }
        } else if (key === 'xs:attribute') {
          for (const attribute of list(value)) members[String(attribute['@name'])] = kindOf(String(attribute['@type'] ?? 'xs:string'));
        } else if (key.startsWith('xs:')) {
          for (const child of list(value)) if (typeof child === 'object') walk(child);
        }
      }
    };
    walk(node);
    return members;
  }

  function collect(name: string) {
    if (types[name]) return;
    types[name] = {};
    types[name] = membersOf(name);
  }

  for (const name of ENTITY_NAMES) if (complex.has(name)) collect(name);
  return { types, enums };
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2];
  if (!folder) throw new Error('Name the folder that holds the .xsd files.');
  const { types, enums } = buildTypes(folder);
  const sorted = (record: object) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const file = path.join(import.meta.dirname, 'types.json');
  const line = ([name, value]: [string, unknown]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const block = (record: object) => `{\n${Object.entries(sorted(record)).map(line).join(',\n')}\n  }`;
  writeFileSync(file, `{\n  "types": ${block(types)},\n  "enums": ${block(enums)}\n}\n`);
  process.stdout.write(`${Object.keys(types).length} types and ${Object.keys(enums).length} enumerations written to ${file}\n`);
}

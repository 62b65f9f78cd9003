import { XMLParser } from 'fast-xml-parser';
import type { Draft } from '../../emulators/quickbooks/entities.ts';
import { memberKind } from '../../emulators/quickbooks/schema/check.ts';

type Node = Record<string, unknown>;
const list = (node: unknown): unknown[] => (node === undefined ? [] : Array.isArray(node) ? node : [node]);

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false });

/** An element of an XML answer by its name, wherever it is; several of a name in order. */
export function elementsOf(xml: string): [name: string, node: Node][] {
  const found: [string, Node][] = [];
  const walk = (node: Node) => {
    for (const [name, value] of Object.entries(node)) {
      if (name.startsWith('@') || name.startsWith('?') || name === '#text') continue;
      for (const one of list(value)) {
        const element = typeof one === 'object' && one !== null ? (one as Node) : { '#text': one };
        if (ENVELOPES.has(name)) walk(element);
        else found.push([name, element]);
      }
    }
  };
  walk(parser.parse(xml) as Node);
  return found;
}

const ENVELOPES = new Set(['IntuitResponse', 'QueryResponse', 'CDCResponse', 'BatchItemResponse', 'AttachableResponse']);

/** The JSON form of an XML entity, as Intuit's own binding makes it from the schema: lists, numbers, booleans, references. */
export function toJson(type: string, node: Node): Draft {
  const result: Draft = {};
  for (const [name, value] of Object.entries(node)) {
    if (name === '#text') continue;
    if (name.startsWith('@')) {
      const attribute = name.slice(1);
      if (attribute === 'domain' || attribute === 'status') result[attribute] = value;
      if (attribute === 'sparse') result['sparse'] = value === 'true';
      continue;
    }
    const kind = memberKind(type, name) ?? 'string';
    const convert = (one: unknown) => valueOf(kind.replace('[]', ''), one);
    result[name] = kind.endsWith('[]') ? list(value).map(convert) : convert(list(value)[0]);
  }
  return result;
}

function valueOf(kind: string, value: unknown): unknown {
  const text = typeof value === 'object' && value !== null ? String((value as Node)['#text'] ?? '') : String(value);
  switch (kind) {
    case 'decimal':
    case 'integer':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'ReferenceType': {
      const attributes = typeof value === 'object' && value !== null ? (value as Node) : {};
      const named = ['name', 'type'].flatMap((name) => (attributes[`@${name}`] === undefined ? [] : [[name, attributes[`@${name}`]]]));
      return { value: text, ...Object.fromEntries(named as [string, unknown][]) };
    }
    case 'MemoRef':
    case 'IdType':
      return kind === 'MemoRef' ? { value: text } : text;
    default:
      return typeof value === 'object' && value !== null && !('#text' in value) ? toJson(kind, value as Node) : text;
  }
}

import type { Finding } from '../finding.ts';
import { MetadataTypes } from '../package/metadata-types.ts';
import type { ElementType } from '../package/metadata-types.ts';
import { readPackage } from '../package/source.ts';
import type { XmlElement } from '../package/xml.ts';

export const name = 'metadata-schema';
export const shows = 'every metadata file has the elements and values its type allows';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
/** The types leave out that targetConfigs of a component holds free XML. */
const FREE_XML = new Set(['LightningComponentBundle/targetConfigs']);

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  if (source.metadata.length === 0) throw new Error('force-app holds no metadata file.');
  const types = new MetadataTypes();
  const findings: Finding[] = source.malformed.map(({ file, line, message }) => ({
    file,
    line,
    message: `not well-formed XML: ${message}`,
  }));
  for (const { file, root: element } of source.metadata) {
    const add = (at: XmlElement, message: string) => findings.push({ file, line: at.line, message });
    if (!types.get(element.name)) add(element, `there is no metadata type ${element.name}`);
    else if (element.attributes.xmlns !== NAMESPACE) add(element, `the namespace must be ${NAMESPACE}`);
    else checkElement(types, element, element.name, add);
  }
  return findings;
}

type Add = (at: XmlElement, message: string) => void;

function checkElement(types: MetadataTypes, element: XmlElement, typeName: string, add: Add): void {
  const type = types.get(typeName);
  if (!type) return;
  const seen = new Set<string>();
  let before = '';
  for (const inner of element.elements) {
    const expected = type.elements.get(inner.name);
    if (!expected) add(inner, `<${inner.name}> is not an element of ${typeName}`);
    else {
      if (seen.has(inner.name) && !expected.many) add(inner, `<${inner.name}> may stand once in ${typeName}`);
      // A deployment fails with "Element x is duplicated at this location" when equal elements are apart.
      else if (seen.has(inner.name) && before !== inner.name) add(inner, `all <${inner.name}> of ${typeName} must stand together`);
      if (!FREE_XML.has(`${typeName}/${inner.name}`)) checkValue(types, inner, expected, add);
    }
    seen.add(inner.name);
    before = inner.name;
  }
  for (const [name, { required }] of type.elements) if (required && !seen.has(name)) add(element, `${typeName} needs <${name}>`);
}

function checkValue(types: MetadataTypes, element: XmlElement, { type }: ElementType, add: Add): void {
  const { text } = element;
  if (type === 'boolean' && !/^(true|false)$/.test(text)) add(element, `<${element.name}> must be true or false, not "${text}"`);
  else if (type === 'number' && (text === '' || Number.isNaN(Number(text))))
    add(element, `<${element.name}> must be a number, not "${text}"`);
  else if (type === 'string' && element.elements.length > 0) add(element, `<${element.name}> must hold text`);
  const values = types.get(type)?.values;
  if (values && !values.has(text))
    add(element, `<${element.name}> cannot be "${text}"; it is one of ${[...values].slice(0, 8).join(', ')}${values.size > 8 ? ' …' : ''}`);
  else if (!values) checkElement(types, element, type, add);
}

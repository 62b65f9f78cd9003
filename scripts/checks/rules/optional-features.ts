import type { Finding } from '../finding.ts';
import { apexCode } from '../package/apex-signatures.ts';
import { readPackage } from '../package/source.ts';
import { everyElement } from '../package/xml.ts';

export const name = 'optional-features';
export const shows = 'the main package installs where Orders, Quotes, currencies or person accounts are switched off';

const OBJECTS = String.raw`(?:Order|OrderItem|Quote|QuoteLineItem|CurrencyType|DatedConversionRate)`;
const FIELDS = String.raw`(?:CurrencyIsoCode|IsPersonAccount|PersonEmail|PersonContactId|BillingStateCode|BillingCountryCode)`;
const METADATA = new RegExp(String.raw`^(?:standard-)?${OBJECTS}(?:\.|$)|\b${FIELDS}\b`);
const APEX = new RegExp(
  String.raw`\b(?:new\s+|List<|Map<\w+,\s*|\()${OBJECTS}\b|\bFROM\s+${OBJECTS}\b|^\s*(?:public\s+|private\s+|static\s+)*${OBJECTS}\s+\w+\s*[=;]|\b${FIELDS}\b`,
  'i',
);
const COMPONENT = new RegExp(String.raw`@salesforce/schema/(?:${OBJECTS}\b|\w+\.${FIELDS}\b)`);

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const findings: Finding[] = [];
  const add = (file: string, line: number, what: string) =>
    findings.push({
      file,
      line,
      message: `${what} cannot be named in the main package: an org may lack it. Find it out at run time, or use force-app/extensions`,
    });
  const main = (file: string) => file.startsWith('force-app/main/') || file.startsWith('force-app/tests/');
  for (const { file, name: called, root: element } of source.metadata) {
    if (!main(file)) continue;
    if (METADATA.test(called)) add(file, 1, called);
    for (const inner of everyElement(element))
      if (inner.elements.length === 0 && NAMES_THINGS.test(inner.name) && METADATA.test(inner.text)) add(file, inner.line, inner.text);
  }
  for (const file of source.files.filter(main)) {
    const pattern = file.endsWith('.cls') ? APEX : file.endsWith('.js') && !file.includes('/__tests__/') ? COMPONENT : undefined;
    if (!pattern) continue;
    const text = file.endsWith('.cls') ? apexCode(source.text(file)) : source.text(file);
    for (const [index, line] of text.split('\n').entries()) {
      const found = pattern.exec(line);
      if (found) add(file, index + 1, found[0].trim());
    }
  }
  return findings;
}

/** Elements whose text is a name, so that prose may speak of orders. */
const NAMES_THINGS =
  /^(object|field|fields|referenceTo|tabs|tab|sobjectType|pageOrSobjectType|columns|column|relatedList|baseObject|table|formula|errorConditionFormula|targetObject|queriedFields|elementReference)$/;

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classFields } from './class-fields.ts';
import { openZip } from './zip.ts';

/** Where apex-ls and PMD live, and with them Salesforce's standard objects as Java classes. */
export const javaLibrary = path.resolve(import.meta.dirname, '../../../node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib');

/** Objects that permission sets may name although Apex does not know them. https://developer.salesforce.com/docs/platform/named-credentials/guide/nc-create-permission-set.html */
const WITHOUT_APEX = new Map([['userexternalcredential', 'UserExternalCredential']]);

let archive: ((name: string) => Buffer | undefined) | undefined;
const known = new Map<string, Map<string, string> | undefined>();

/** Fields of a standard object, name to type (`Id`, `String`, or the name of another object); undefined when there is no such object. */
export function standardFields(object: string): Map<string, string> | undefined {
  if (WITHOUT_APEX.has(object.toLowerCase())) return new Map([['Id', 'Id']]);
  if (!known.has(object)) {
    archive ??= openZip(readFileSync(path.join(javaLibrary, sobjectTypes())));
    const bytes = archive(`com/nawforce/runforce/SObjects/${object}.class`);
    known.set(object, bytes && classFields(bytes));
  }
  return known.get(object);
}

function sobjectTypes(): string {
  const jar = readdirSync(javaLibrary).find((file) => file.startsWith('sobject-types-'));
  if (!jar) throw new Error(`No sobject-types jar in ${javaLibrary}: run npm install.`);
  return jar;
}

import path from 'node:path';
import { differences } from '../compare.ts';
import type { JsonObject } from '../compare.ts';
import { filesIn, readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { startReferenceOrg } from './reference-org.ts';
import type { ReferenceOrg } from './reference-org.ts';

interface Described extends JsonObject {
  fields: JsonObject[];
}

/** Describes that say nothing of a modelled object. */
const NOT_APPLICABLE: Record<string, string> = {
  'Case.json': 'Case is not modelled: unknown to the org, refused as NOT_FOUND',
  'Event.json': 'Event is not modelled: unknown to the org, refused as NOT_FOUND',
  'Lead.json': 'Lead is not modelled: unknown to the org, refused as NOT_FOUND',
  'Custom__c.json': 'a custom setting of another package',
};

/** Every attribute of every field that the recorded orgs and the local one both have. */
export async function compareDescribes(folder: string): Promise<Finding[]> {
  const describes = path.join(folder, 'salesforce/describe');
  const [plain, people] = await Promise.all([startReferenceOrg(), startReferenceOrg({ personAccounts: true })]);
  try {
    const findings: Finding[] = [];
    for (const file of filesIn(describes)) {
      if (NOT_APPLICABLE[file]) findings.push(notApplicable(file, NOT_APPLICABLE[file]));
      else if (file === 'Global.json') findings.push(...(await compareGlobal(plain, readJson(describes, file))));
      else if (file === 'Organization.json') findings.push(...(await compareOrganization(plain, readJson(describes, file))));
      else {
        const isPerson = file === 'Account_PersonAccount.json';
        const name = isPerson ? 'Account' : file.replace('.json', '');
        findings.push(...(await compareObject(isPerson ? people : plain, name, file, readJson<Described>(describes, file))));
      }
    }
    return findings;
  } finally {
    await Promise.all([plain.org.stop(), people.org.stop()]);
  }
}

async function compareObject({ call }: ReferenceOrg, name: string, file: string, recorded: Described): Promise<Finding[]> {
  const ours = (await call('GET', `/sobjects/${name}/describe`)).body as Described;
  const keys = Object.keys(recorded).filter((key) => !(key in ours));
  const findings = [
    judge(
      `${file}: keys of the object`,
      keys.map((key) => `${key}: missing here`),
    ),
  ];
  for (const field of recorded.fields) {
    const item = `${file}: ${String(field['name'])}`;
    const twin = ours.fields.find((one) => one['name'] === field['name']);
    if (twin) findings.push(compareField(item, file, twin, field));
    else findings.push(notApplicable(item, reasonMissing(field)));
  }
  return findings;
}

/** Values of an unrestricted picklist are the recorded org's own: ours must be among them. */
function compareField(item: string, file: string, ours: JsonObject, theirs: JsonObject): Finding {
  const isOpen = theirs['type'] === 'picklist' && theirs['restrictedPicklist'] === false;
  const values = (field: JsonObject) => (field['picklistValues'] as JsonObject[]).map((one) => JSON.stringify(one));
  const isWithin = isOpen && values(ours).every((one) => values(theirs).includes(one));
  const found = differences(isWithin ? { ...ours, picklistValues: theirs['picklistValues']! } : ours, theirs);
  if (file === 'Account.json' && isOpen && found.length > 0 && found.every((one) => /^(byteL|l)ength:/.test(one)))
    return notApplicable(item, 'recorded at API 48 with length 40; the describe of API 59 has 255, as here');
  return judge(item, found);
}

const reasonMissing = (field: JsonObject): string =>
  field['custom'] === true ? 'a custom field of the recorded org' : 'not modelled: the org refuses it as an unknown field';

async function compareGlobal({ call }: ReferenceOrg, recorded: JsonObject): Promise<Finding[]> {
  const ours = (await call('GET', '/sobjects')).body as { sobjects: JsonObject[] };
  const theirs = recorded['sobjects'] as JsonObject[];
  const keys = Object.keys(recorded).filter((key) => !(key in ours));
  const findings = [
    judge(
      'Global.json: keys',
      keys.map((key) => `${key}: missing here`),
    ),
  ];
  for (const object of theirs) {
    const twin = ours.sobjects.find((one) => one['name'] === object['name']);
    const item = `Global.json: ${String(object['name'])}`;
    if (!twin) findings.push(notApplicable(item, 'not modelled: unknown to the org'));
    else findings.push(judge(item, differences({ ...twin, urls: null }, { ...object, urls: null })));
  }
  return findings;
}

/** Values are that org's own; the fields are there and have the recorded kinds. */
async function compareOrganization({ call }: ReferenceOrg, recorded: JsonObject): Promise<Finding[]> {
  const describe = (await call('GET', '/sobjects/Organization/describe')).body as Described;
  return Object.keys(recorded)
    .filter((name) => name !== 'attributes')
    .map((name) => {
      const item = `Organization.json: ${name}`;
      const known = describe.fields.some((field) => field['name'] === name);
      return known ? judge(item, []) : notApplicable(item, 'not modelled: the org refuses it as an unknown field');
    });
}

import path from 'node:path';
import { readJson } from '../fixtures.ts';
import { exact, differs, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { startReferenceOrg } from './reference-org.ts';

interface DescribedField {
  name: string;
  type: string;
  custom: boolean;
  relationshipName: string | null;
}

/** Apex types of describe's types. */
const APEX: Record<string, string[]> = {
  id: ['Id'],
  reference: ['Id', 'String'],
  boolean: ['Boolean'],
  int: ['Integer'],
  double: ['Decimal', 'Double'],
  currency: ['Decimal'],
  percent: ['Decimal'],
  date: ['Date'],
  datetime: ['Datetime', 'DateTime'],
  time: ['Time'],
  address: ['Address'],
  base64: ['Blob'],
};

/** Every standard field of the org's schema exists in Salesforce's own types, with a type that fits. Multi-currency and person accounts on. */
export async function compareKnownFields(folder: string): Promise<Finding[]> {
  const types = readJson<Record<string, Record<string, string>>>(path.join(folder, 'salesforce'), 'std.json');
  const { org, call } = await startReferenceOrg({ multiCurrency: true, personAccounts: true });
  try {
    const { sobjects } = (await call('GET', '/sobjects')).body as { sobjects: { name: string; custom: boolean }[] };
    const findings: Finding[] = [];
    for (const { name, custom } of sobjects) {
      if (custom) continue;
      const described = (await call('GET', `/sobjects/${name}/describe`)).body as { fields: DescribedField[] };
      findings.push(...compareObject(name, described.fields, types[name]));
    }
    return findings;
  } finally {
    await org.stop();
  }
}

function compareObject(name: string, fields: DescribedField[], types: Record<string, string> | undefined): Finding[] {
  if (!types) return [differs(name, 'unknown to Salesforce’s types')];
  const known = new Map(Object.entries(types).map(([field, type]) => [field.toLowerCase(), type]));
  return fields
    .filter((field) => !field.custom)
    .map((field) => {
      const item = `${name}.${field.name}`;
      const type = known.get(field.name.toLowerCase());
      if (field.name === 'CurrencyIsoCode' && !type) return notApplicable(item, 'the types are those of an org with one currency');
      if (type === undefined) return differs(item, 'unknown to Salesforce’s types');
      const wanted = APEX[field.type] ?? ['String'];
      return wanted.includes(type) ? exact(item) : differs(item, `type: here ${field.type}, in Apex ${type}`);
    });
}

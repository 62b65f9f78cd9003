import path from 'node:path';
import type { Draft, EntityName } from '../../emulators/quickbooks/entities.ts';
import { entityNamed, ENTITY_NAMES } from '../../emulators/quickbooks/entities.ts';
import { QuickbooksFault } from '../../emulators/quickbooks/errors.ts';
import { buildTypes } from '../../emulators/quickbooks/schema/build-types.ts';
import { checkShape, memberKind } from '../../emulators/quickbooks/schema/check.ts';
import { checkLimits } from '../../emulators/quickbooks/schema/limits.ts';
import { differences } from '../compare.ts';
import { readJson } from '../fixtures.ts';
import { differs, exact, judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';

const codeOf = (run: () => void): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof QuickbooksFault) return error.code;
    throw error;
  }
};

/** Intuit's XSD against the types the stand-in checks requests with: every member, kind and enumeration; then an unknown property per entity. */
export function compareXsd(folder: string): Finding[] {
  const official = buildTypes(path.join(folder, 'quickbooks/xsd/php-sdk'));
  const ours = readJson<typeof official>(import.meta.dirname, '../../emulators/quickbooks/schema/types.json');
  const names = (record: object, other: object) => [...new Set([...Object.keys(record), ...Object.keys(other)])].sort();
  return [
    ...names(official.types, ours.types).map((name) =>
      judge(`type ${name}`, differences(ours.types[name] ?? null, official.types[name] ?? null)),
    ),
    ...names(official.enums, ours.enums).map((name) =>
      judge(`enumeration ${name}`, differences(ours.enums[name] ?? null, official.enums[name] ?? null)),
    ),
    ...ENTITY_NAMES.map((name) => {
      const code = codeOf(() => checkShape(name, { NoSuchProperty: 1 }));
      return code === '2010'
        ? exact(`unknown property of ${name}`)
        : differs(`unknown property of ${name}`, `answered ${String(code)}, not 2010`);
    }),
  ];
}

interface DumpAttribute {
  name: string;
  type: string;
  metaData?: string;
}

/** Entities that this stand-in only reads: nothing can be sent, so nothing can be too long. */
const READ_ONLY: EntityName[] = ['CompanyInfo', 'Preferences', 'TaxCode', 'TaxRate'];

/** Attribute tables of Intuit's reference: members exist, and what is one character too long is refused (2050) while the longest is not. */
export function compareTypesDump(folder: string): Finding[] {
  const dump = readJson<{ Types: Record<string, { attributes: DumpAttribute[] }> }>(folder, 'quickbooks/docs-scrape/qbTypesDump.json');
  return Object.entries(dump.Types).flatMap(([type, { attributes }]) => {
    const [root, ...parts] = type.split('_');
    const entity = entityNamed(root!);
    if (!entity) return [];
    return attributes.flatMap((attribute): Finding[] => {
      const item = `${type}.${attribute.name}`;
      const limit = lengthOf(attribute);
      if (parts.length === 0) {
        const known = memberKind(entity, attribute.name) !== undefined || ['domain', 'sparse', 'status'].includes(attribute.name);
        const member = known ? exact(`${item} is a member`) : unknownMember(item, attribute);
        return limit === undefined
          ? [member]
          : [member, lengthFinding(`${item} at most ${String(limit)}`, entity, parts, attribute.name, limit)];
      }
      return limit === undefined ? [] : [lengthFinding(`${item} at most ${String(limit)}`, entity, parts, attribute.name, limit)];
    });
  });
}

/** The reference of 2023 names members that the schemas of 2026 do not have. */
function unknownMember(item: string, { name, type }: DumpAttribute): Finding {
  return notApplicable(`${item} is a member`, `${name} (${type.split('_').at(-1)!}) is not in Intuit's schemas of 2026`);
}

/** "maximum of 100 chars" and its like; ranges and digits are no lengths. */
function lengthOf({ type, metaData = '' }: DumpAttribute): number | undefined {
  if (type !== 'String') return undefined;
  const found = /max[a-z ]*(?:length of this field is )?(\d[\d,]*)\s*char/i.exec(metaData.replace(/max character:/i, ''));
  return found ? Number(found[1]!.replaceAll(',', '')) : undefined;
}

/** Lines are lists, told apart by their detail; other parts are members named like the type's path. */
function lengthFinding(item: string, entity: EntityName, parts: string[], name: string, limit: number): Finding {
  if (READ_ONLY.includes(entity)) return notApplicable(item, `${entity} is read only here: nothing of it can be sent`);
  const member = parts[0];
  if (member !== undefined && !REACHED.has(member)) return notApplicable(item, `${member} is refused as a whole: it is not modelled`);
  if (member === 'Line' && parts.length > 2)
    return notApplicable(item, 'lines within a bundle are refused as a whole: they are not modelled');
  const values = (length: number): Draft => wrap(member, name, name === 'Address' ? email(length) : 'x'.repeat(length));
  if (codeOf(() => checkLimits(entity, values(limit))) !== undefined) return differs(item, `${String(limit)} characters are refused`);
  const code = codeOf(() => checkLimits(entity, values(limit + 1)));
  return code === '2050' ? exact(item) : differs(item, `${String(limit + 1)} characters are not refused`);
}

const REACHED = new Set([
  'Line',
  'BillAddr',
  'ShipAddr',
  'PrimaryAddr',
  'BillEmail',
  'BillEmailCc',
  'BillEmailBcc',
  'CustomerMemo',
  'PrimaryEmailAddr',
  'PrimaryPhone',
  'AlternatePhone',
  'Mobile',
  'Fax',
  'WebAddr',
]);

const email = (length: number): string => `${'x'.repeat(length - 4)}@x.y`;

function wrap(member: string | undefined, name: string, value: string): Draft {
  if (member === undefined) return { [name]: value };
  return { [member]: member === 'Line' ? [{ [name]: value }] : { [name]: value } };
}

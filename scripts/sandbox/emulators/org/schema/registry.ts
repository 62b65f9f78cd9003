import { addField } from './load-object.ts';
import { loadPackage } from './load-package.ts';
import type { PackageContents } from './load-package.ts';
import type { SchemaProblem } from './metadata-file.ts';
import type { ChildRelationship, OrgFeatures, OrgField, OrgObject, OrgSchema, PermissionGrant } from './model.ts';
import { personAccountFields } from './standard/account.ts';
import { STANDARD_OBJECTS } from './standard/index.ts';
import { shareFields } from './standard/share.ts';
import { currencyField, metadataTypeFields, systemFields } from './system-fields.ts';
import { resolveRollups } from './resolve.ts';
import { assignKeyPrefixes } from './key-prefix.ts';
import type { StandardObject } from './standard/builders.ts';

/** The joined schema, and the page metadata read along with it. */
export interface LoadedSchema {
  schema: OrgSchema;
  contents: PackageContents;
  problems: SchemaProblem[];
}

export interface SchemaOptions {
  directories: string[];
  features: OrgFeatures;
  /** Currencies active in a multi-currency org; the first is the corporate one. */
  currencies: string[];
  /** Org-wide defaults that differ from the standard objects' own. */
  sharing?: Record<string, OrgObject['sharingModel']>;
}

/** Joins the standard objects with what the package's directories hold. */
export function loadSchema(options: SchemaOptions): LoadedSchema {
  const contents = loadPackage(options.directories);
  const objects = new Map<string, OrgObject>();
  for (const standard of STANDARD_OBJECTS) {
    if (standard.feature && !options.features[standard.feature]) continue;
    const object = fromStandard(standard, options);
    objects.set(object.name.toLowerCase(), object);
  }
  for (const object of contents.objects.values()) {
    completeCustom(object, options);
    objects.set(object.name.toLowerCase(), object);
  }
  for (const object of [...contents.objects.values()].filter((one) => one.kind === 'custom' && one.sharingModel !== 'ControlledByParent')) {
    const share = customShare(object);
    objects.set(share.name.toLowerCase(), share);
  }
  attachParts(objects, contents);
  dropUnresolvable(objects);
  assignKeyPrefixes([...objects.values()]);
  resolveRollups(objects, contents.problems);
  return { schema: createSchema(objects, contents, options.features), contents, problems: contents.problems };
}

function fromStandard(standard: StandardObject, options: SchemaOptions): OrgObject {
  const object: OrgObject = {
    name: standard.name,
    label: standard.label,
    labelPlural: standard.labelPlural,
    keyPrefix: standard.keyPrefix,
    kind: 'standard',
    sharingModel: options.sharing?.[standard.name] ?? standard.sharing,
    ...(standard.sharingParent ? { sharingParent: standard.sharingParent } : {}),
    fields: new Map(),
    validationRules: [],
    listViews: [],
    compactLayout: standard.compactLayout ?? [],
    ...(standard.describe ? { describe: standard.describe } : {}),
    source: standard.source,
    ...(standard.writable ? {} : { readOnly: true }),
  };
  if (standard.audit !== false)
    for (const field of systemFields(standard.owner, standard.idLabel ?? `${standard.label} ID`))
      addField(object, standard.without?.includes(field.name) ? { ...field, internal: true } : field);
  for (const field of standard.fields) addField(object, { ...field });
  if (standard.name === 'Account' && options.features.personAccounts) {
    for (const field of personAccountFields) addField(object, { ...field });
    const name = object.fields.get('name');
    // A person's name is given in parts (recorded).
    if (name) name.describe = { ...name.describe, nillable: true };
  }
  if (standard.currency && options.features.multiCurrency) addField(object, currencyField(options.currencies));
  return object;
}

function completeCustom(object: OrgObject, options: SchemaOptions): void {
  const own = [...object.fields.values()];
  const master = own.filter((field) => field.masterDetail).sort((a, b) => (a.masterDetail?.order ?? 0) - (b.masterDetail?.order ?? 0))[0];
  if (object.kind === 'metadata') for (const field of metadataTypeFields()) addField(object, field);
  if (object.kind !== 'custom') return;
  if (master) {
    object.sharingModel = 'ControlledByParent';
    object.sharingParent = master.name;
  }
  object.fields = new Map();
  for (const field of [...systemFields(!master), ...own]) addField(object, field);
  if (options.features.multiCurrency) addField(object, currencyField(options.currencies));
}

function customShare(object: OrgObject): OrgObject {
  const share: OrgObject = {
    name: object.name.replace(/__c$/, '__Share'),
    label: `Share: ${object.label}`,
    labelPlural: `Share: ${object.label}`,
    keyPrefix: '',
    kind: 'custom',
    sharingModel: 'ReadWrite',
    fields: new Map(),
    validationRules: [],
    listViews: [],
    compactLayout: [],
    source: 'documented',
  };
  for (const field of [...systemFields(false), ...shareFields('ParentId', object.name, 'AccessLevel')]) addField(share, field);
  return share;
}

function attachParts(objects: Map<string, OrgObject>, contents: PackageContents): void {
  const find = (name: string): OrgObject | undefined => objects.get(name.toLowerCase());
  for (const { object, field } of contents.fields) {
    const target = find(object);
    if (!target)
      contents.problems.push({
        file: field.origin?.split(':')[0] ?? '',
        line: 1,
        message: `adds a field to ${object}, which the local org does not have`,
      });
    else if (target.kind === 'standard') addField(target, field);
  }
  for (const { object, rule } of contents.rules) find(object)?.validationRules.push(rule);
  for (const { object, view } of contents.listViews) find(object)?.listViews.push(view);
  for (const { object, fields } of contents.compactLayouts) {
    const target = find(object);
    if (target?.kind === 'custom') target.compactLayout = fields;
  }
}

/** References to objects that a switch turned off go with them. */
function dropUnresolvable(objects: Map<string, OrgObject>): void {
  for (const object of objects.values())
    for (const [key, field] of object.fields)
      if (field.referenceTo && field.source !== 'package' && !field.referenceTo.some((name) => objects.has(name.toLowerCase())))
        object.fields.delete(key);
}

function createSchema(objects: Map<string, OrgObject>, contents: PackageContents, features: OrgFeatures): OrgSchema {
  const children = new Map<string, ChildRelationship[]>();
  const prefixes = new Map<string, OrgObject>();
  for (const object of objects.values()) {
    if (!prefixes.has(object.keyPrefix)) prefixes.set(object.keyPrefix, object);
    for (const field of object.fields.values()) for (const target of field.referenceTo ?? []) addChild(children, target, object, field);
  }
  return {
    objects: () => [...objects.values()],
    object: (name) => objects.get(name.toLowerCase()),
    field: (object, field) => objects.get(object.toLowerCase())?.fields.get(field.toLowerCase()),
    relationship: (object, name) => {
      const wanted = name.toLowerCase();
      return [...(objects.get(object.toLowerCase())?.fields.values() ?? [])].find(
        (field) => field.relationshipName?.toLowerCase() === wanted,
      );
    },
    children: (object) => children.get(object.toLowerCase()) ?? [],
    byKeyPrefix: (prefix) => prefixes.get(prefix),
    permissionSets: (): PermissionGrant[] => contents.permissionSets,
    labels: contents.labels,
    customPermissions: contents.customPermissions,
    features,
  };
}

function addChild(children: Map<string, ChildRelationship[]>, target: string, object: OrgObject, field: OrgField): void {
  const list = children.get(target.toLowerCase()) ?? [];
  list.push({
    name: field.childRelationshipName ?? null,
    childObject: object.name,
    field: field.name,
    cascadeDelete: field.onDelete === 'cascade',
    restrictedDelete: field.onDelete === 'restrict',
  });
  children.set(target.toLowerCase(), list);
}

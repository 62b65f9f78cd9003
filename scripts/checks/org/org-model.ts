import { readPackage } from '../package/source.ts';
import type { MetadataFile } from '../package/source.ts';
import { child, children, textOf } from '../package/xml.ts';
import { standardFields } from './standard-objects.ts';

/** What the checks know of a field. */
export interface FieldModel {
  name: string;
  /** Metadata type (`Text`, `Lookup`) of ours, Apex type of a standard one. */
  type: string;
  /** Object a lookup, or its relationship, leads to. */
  refersTo?: string | undefined;
  /** Required or master-detail: permission sets must not list it. */
  required: boolean;
  /** Roll-up or formula. */
  calculated: boolean;
  /** Values of a restricted picklist. */
  values?: Set<string> | undefined;
}

/** What the checks know of an object. */
export interface ObjectModel {
  name: string;
  ours: boolean;
  /** Field names and relationship names (`Account__r`), in lower case. */
  fields: Map<string, FieldModel>;
  /** Child relationship names (`Trueup_Lines__r`), in lower case, to the child object. */
  childRelationships: Map<string, string>;
}

const SYSTEM = [
  'Id',
  'Name',
  'OwnerId',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'IsDeleted',
  'RecordTypeId',
  'CurrencyIsoCode',
];
const SYSTEM_RELATIONS: [string, string][] = [
  ['Owner', 'User'],
  ['CreatedBy', 'User'],
  ['LastModifiedBy', 'User'],
];
const SHARE = ['ParentId', 'UserOrGroupId', 'AccessLevel', 'RowCause'];

/** The objects of the package joined with the standard ones. */
export class OrgModel {
  private ours = new Map<string, ObjectModel>();
  private standard = new Map<string, ObjectModel | undefined>();

  constructor(root: string) {
    const source = readPackage(root);
    for (const { name, object } of source.ofType('CustomObject')) if (object === name) this.addObject(name);
    for (const file of source.ofType('CustomField')) this.addField(file);
  }

  /** Names of the package's own objects. */
  get ownObjects(): string[] {
    return [...this.ours.values()].map(({ name }) => name);
  }

  /** An object by its name, whatever its case; undefined when neither the package nor Salesforce has it. */
  object(name: string): ObjectModel | undefined {
    return this.ours.get(name.toLowerCase()) ?? this.standardObject(name);
  }

  /** Resolves `Account__r.Name` from an object. Returns the field, or what is wrong in words. */
  field(objectName: string, path: string): FieldModel | string {
    let object = this.object(objectName);
    if (!object) return `there is no object ${objectName}`;
    const parts = path.split('.');
    for (const [index, part] of parts.entries()) {
      const field: FieldModel | undefined = object.fields.get(part.toLowerCase());
      if (!field) return `${object.name} has no field ${part}`;
      if (index === parts.length - 1) return field;
      const next: ObjectModel | undefined = field.refersTo ? this.object(field.refersTo) : undefined;
      if (!next) return `${part} of ${object.name} leads to no object`;
      object = next;
    }
    return `there is no field ${path}`;
  }

  private addObject(name: string): void {
    const fields = new Map<string, FieldModel>();
    const plain = (field: string, type: string, refersTo?: string) =>
      fields.set(field.toLowerCase(), { name: field, type, refersTo, required: false, calculated: false });
    for (const field of name.endsWith('__mdt') ? ['Id', 'DeveloperName', 'MasterLabel', 'QualifiedApiName'] : SYSTEM)
      plain(field, 'String');
    for (const [relation, target] of SYSTEM_RELATIONS) plain(relation, target, target);
    this.ours.set(name.toLowerCase(), { name, ours: true, fields, childRelationships: new Map() });
    if (name.endsWith('__c')) this.addShare(name.replace(/__c$/, '__Share'));
  }

  private addShare(name: string): void {
    const fields = new Map(
      [...SHARE, 'Id'].map((field) => [field.toLowerCase(), { name: field, type: 'String', required: false, calculated: false }]),
    );
    this.standard.set(name.toLowerCase(), { name, ours: false, fields, childRelationships: new Map() });
  }

  private addField({ object, name, root }: MetadataFile): void {
    // The package may add fields to standard objects.
    const owner = this.object(object);
    if (!owner) return;
    const type = textOf(root, 'type') ?? '';
    const refersTo = textOf(root, 'referenceTo');
    const definition = child(root, 'valueSet') && child(child(root, 'valueSet')!, 'valueSetDefinition');
    const restricted = textOf(child(root, 'valueSet') ?? root, 'restricted') === 'true';
    owner.fields.set(name.toLowerCase(), {
      name,
      type,
      refersTo,
      required: textOf(root, 'required') === 'true' || type === 'MasterDetail',
      calculated: type === 'Summary' || child(root, 'formula') !== undefined,
      values: definition && restricted ? new Set(children(definition, 'value').map((value) => textOf(value, 'fullName') ?? '')) : undefined,
    });
    if (!refersTo) return;
    const relation = name.replace(/__c$/, '__r');
    owner.fields.set(relation.toLowerCase(), { name: relation, type: refersTo, refersTo, required: false, calculated: false });
    this.object(refersTo)?.childRelationships.set(`${textOf(root, 'relationshipName') ?? ''}__r`.toLowerCase(), owner.name);
  }

  private standardObject(name: string): ObjectModel | undefined {
    const key = name.toLowerCase();
    if (!this.standard.has(key)) {
      const found = standardFields(name);
      const fields = new Map(
        [...(found ?? [])].map(([field, type]) => [
          field.toLowerCase(),
          { name: field, type, refersTo: type, required: false, calculated: false },
        ]),
      );
      this.standard.set(key, found && { name, ours: false, fields, childRelationships: new Map() });
    }
    return this.standard.get(key);
  }
}

const models = new Map<string, OrgModel>();

/** The model of the package below `root`, built once per process. */
export function orgModel(root: string): OrgModel {
  let model = models.get(root);
  if (!model) models.set(root, (model = new OrgModel(root)));
  return model;
}

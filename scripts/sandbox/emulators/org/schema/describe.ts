import type { Rights } from '../access/rights.ts';
import { isPermissionable } from '../access/permissionable.ts';
import type { OrgField, OrgObject, OrgSchema } from './model.ts';

const SOAP: Partial<Record<OrgField['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
  base64: 'xsd:base64Binary',
};
const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);
const isLong = (field: OrgField): boolean => field.type === 'textarea' && (field.length ?? 0) > 255;

/** One field as describe gives it: the 57 attributes recorded, in their order. */
export function describeField(object: OrgObject, field: OrgField, rights: Rights): Record<string, unknown> {
  const number = NUMBERS.has(field.type);
  const editable = rights.object(object).edit && rights.editField(object, field);
  return {
    aggregatable: !isLong(field) && field.type !== 'boolean' && field.type !== 'address',
    aiPredictionField: false,
    autoNumber: field.autoNumber !== undefined,
    byteLength: byteLength(field),
    calculated: field.formula !== undefined || field.rollup !== undefined,
    calculatedFormula: field.formula ?? null,
    cascadeDelete: field.masterDetail !== undefined,
    caseSensitive: field.caseSensitive ?? false,
    compoundFieldName: compoundOf(object, field),
    controllerName: null,
    createable: field.createable && editable,
    custom: field.custom,
    defaultValue:
      field.type === 'boolean'
        ? (field.defaultValue ?? false)
        : field.picklist
          ? null
          : typeof field.defaultValue === 'string'
            ? field.defaultValue
            : null,
    defaultValueFormula: field.defaultFormula ?? null,
    defaultedOnCreate: field.type === 'boolean' || isFilled(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.precision ?? 9) : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId ?? false,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: !isLong(field),
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: field.formulaBlanksAsZero ?? false,
    groupable:
      !isLong(field) && !['currency', 'double', 'percent', 'datetime', 'address'].includes(field.type) && field.formula === undefined,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup:
      field.type === 'id' ||
      field.externalId === true ||
      (field.nameField === true && field.autoNumber === undefined && object.kind === 'custom'),
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: number || ['boolean', 'date', 'datetime', 'address'].includes(field.type) ? 0 : (field.length ?? 0),
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField ?? false,
    namePointing: false,
    nillable: field.nillable,
    permissionable: isPermissionable(object, field),
    picklistValues: (field.picklist ?? []).map(({ active, isDefault, label, value }) => ({
      active,
      defaultValue: isDefault,
      label,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: false,
    precision: number && field.type !== 'int' ? (field.precision ?? 0) : 0,
    queryByDistance: field.type === 'address',
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? field.masterDetail.order : null,
    restrictedDelete: field.onDelete === 'restrict',
    restrictedPicklist: field.restrictedPicklist ?? false,
    scale: number ? (field.scale ?? 0) : 0,
    searchPrefilterable: false,
    soapType: SOAP[field.type] ?? 'xsd:string',
    sortable: !isLong(field) && field.type !== 'address',
    type: field.type,
    unique: field.unique ?? false,
    updateable: field.updateable && editable,
    writeRequiresMasterRead: false,
    ...field.describe,
  };
}

const isFilled = (field: OrgField): boolean =>
  ['Id', 'OwnerId', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'].includes(field.name) ||
  field.autoNumber !== undefined ||
  field.picklist?.some((one) => one.isDefault) === true;

/** Three bytes a character for text; ids are their length. */
function byteLength(field: OrgField): number {
  if (field.type === 'id' || field.type === 'reference') return 18;
  return NUMBERS.has(field.type) || !field.length ? 0 : field.length * 3;
}

export function compoundOf(object: OrgObject, field: OrgField): string | null {
  if (field.compound) return null;
  for (const one of object.fields.values()) if (one.compound?.includes(field.name)) return one.name;
  return null;
}

const MASTER_RECORD_TYPE = '012000000000000AAA';

/** What describe global says of an object. */
export function describeSummary(object: OrgObject, rights: Rights, version: string): Record<string, unknown> {
  const right = rights.object(object);
  const event = object.kind === 'event';
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: right.create && object.readOnly !== true,
    custom: object.kind !== 'standard',
    customSetting: false,
    deepCloneable: false,
    deletable: right.delete && !event && object.readOnly !== true,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: !event,
    mergeable: object.name === 'Account' || object.name === 'Contact',
    mruEnabled: false,
    name: object.name,
    queryable: !event && right.read,
    replicateable: !event,
    retrieveable: !event,
    searchable: !event,
    triggerable: true,
    undeletable: !event,
    updateable: right.edit && !event && object.readOnly !== true,
    urls: {
      ...(event ? { eventSchema: `${base}/eventSchema` } : { compactLayouts: `${base}/describe/compactLayouts` }),
      rowTemplate: `${base}/{ID}`,
      describe: `${base}/describe`,
      layouts: `${base}/describe/layouts`,
      sobject: base,
    },
    ...object.describe,
  };
}

export function describeObject(schema: OrgSchema, object: OrgObject, rights: Rights, version: string): Record<string, unknown> {
  const layout = `/services/data/v${version}/sobjects/${object.name}/describe/layouts/${MASTER_RECORD_TYPE}`;
  const summary = describeSummary(object, rights, version);
  const described: Record<string, unknown> = {
    actionOverrides: [],
    ...summary,
    childRelationships: schema.children(object.name).map((child) => ({
      cascadeDelete: child.cascadeDelete,
      childSObject: child.childObject,
      deprecatedAndHidden: false,
      field: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.name,
      restrictedDelete: child.restrictedDelete,
    })),
    compactLayoutable: object.kind !== 'event',
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: [...object.fields.values()]
      .filter((field) => !field.internal && (rights.readField(object, field) || object.kind === 'event'))
      .map((field) => describeField(object, field, rights)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        master: true,
        name: 'Master',
        recordTypeId: MASTER_RECORD_TYPE,
        urls: { layout },
      },
    ],
    searchLayoutable: object.kind !== 'event',
    sobjectDescribeOption: 'FULL',
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }],
  };
  // Recorded describes have their keys in alphabetical order.
  return Object.fromEntries(Object.entries(described).sort(([one], [other]) => (one < other ? -1 : 1)));
}

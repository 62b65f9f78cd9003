import type { Rights } from '../access/rights.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';
import { compoundOf } from '../schema/describe.ts';
import { nameFieldOf } from './record.ts';

/** Describe types in UI API's words. */
const DATA_TYPES: Record<OrgField['type'], string> = {
  id: 'Reference',
  reference: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  address: 'Address',
  combobox: 'ComboBox',
  base64: 'Base64',
};

export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** `GET /ui-api/object-info/X`. Shape recorded in LWC Recipes' create defaults. */
export function objectInfo(schema: OrgSchema, object: OrgObject, rights: Rights): Record<string, unknown> {
  const right = rights.object(object);
  const readable = [...object.fields.values()].filter((field) => !field.internal && rights.readField(object, field));
  return {
    apiName: object.name,
    childRelationships: schema
      .children(object.name)
      .filter((child) => child.name && child.name !== 'Shares' && rights.object(schema.object(child.childObject) ?? object).read)
      .map((child) => ({
        childObjectApiName: child.childObject,
        fieldName: child.field,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: child.name,
      })),
    createable: right.create && object.readOnly !== true,
    custom: object.kind !== 'standard',
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: right.delete && object.readOnly !== true,
    dependentFields: {},
    eTag: `${object.name}-${rights.signature}`,
    feedEnabled: false,
    fields: Object.fromEntries(readable.map((field) => [field.name, fieldInfo(schema, object, field, rights)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mruEnabled: false,
    nameFields: nameFields(object),
    queryable: right.read,
    recordTypeInfos: {
      [MASTER_RECORD_TYPE]: {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: MASTER_RECORD_TYPE,
      },
    },
    searchable: true,
    themeInfo: { color: '7F8DE1', iconUrl: null },
    updateable: right.edit && object.readOnly !== true,
  };
}

function fieldInfo(schema: OrgSchema, object: OrgObject, field: OrgField, rights: Rights): Record<string, unknown> {
  const right = rights.object(object);
  const editable = rights.editField(object, field);
  const compound = compoundOf(object, field);
  return {
    apiName: field.name,
    calculated: field.formula !== undefined || field.rollup !== undefined,
    compound: field.compound !== undefined,
    compoundComponentName: compound ? field.name.replace(compound.replace(/Address$/, ''), '') : null,
    compoundFieldName: compound,
    controllerName: null,
    controllingFields: [],
    createable: field.createable && right.create && editable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    extraTypeInfo: null,
    filterable: true,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: false,
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: field.length ?? 0,
    nameField: field.nameField ?? false,
    polymorphicForeignKey: false,
    precision: field.precision ?? 0,
    reference: field.type === 'reference',
    referenceTargetField: null,
    referenceToInfos: (field.referenceTo ?? []).map((name) => ({ apiName: name, nameFields: nameFields(schema.object(name)) })),
    relationshipName: field.relationshipName ?? null,
    required: !field.nillable && field.type !== 'boolean' && field.createable,
    scale: field.scale ?? 0,
    searchPrefilterable: false,
    sortable: field.type !== 'address',
    unique: field.unique ?? false,
    updateable: field.updateable && right.edit && editable,
  };
}

/** Recorded: people have first name, last name and name; others their name field. */
function nameFields(object: OrgObject | undefined): string[] {
  if (!object) return [];
  if (object.fields.has('firstname') && object.name !== 'Account') return ['FirstName', 'LastName', 'Name'];
  const field = nameFieldOf(object);
  return field ? [field.name] : [];
}

/** Values of one picklist for a record type; there is only the master record type. */
export function picklistValues(field: OrgField, url: string): Record<string, unknown> {
  const values = (field.picklist ?? [])
    .filter((one) => one.active)
    .map(({ label, value }) => ({ attributes: null, label, validFor: [], value }));
  const initial = field.picklist?.find((one) => one.isDefault);
  return {
    controllerValues: {},
    defaultValue: initial ? { attributes: null, label: initial.label, validFor: [], value: initial.value } : null,
    eTag: `${field.name}-${String(values.length)}`,
    url,
    values,
  };
}

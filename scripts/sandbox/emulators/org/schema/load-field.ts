import { basename } from 'node:path';
import { isTrue, nodesOf, textOf } from './metadata-file.ts';
import type { MetadataFile, SchemaProblem, XmlNode } from './metadata-file.ts';
import { readRollup } from './load-rollup.ts';
import type { FieldType, OrgField, PicklistValue } from './model.ts';

/** Metadata field type to describe type. Source: developer.salesforce.com/docs Metadata API, CustomField. */
const TYPES: Record<string, FieldType> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Checkbox: 'boolean',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
  AutoNumber: 'string',
  Summary: 'currency',
};

/** Elements that change nothing the local org does. */
const INERT = new Set([
  'description',
  'trackHistory',
  'trackTrending',
  'trackFeedHistory',
  'visibleLines',
  'securityClassification',
  'complianceGroup',
  'businessStatus',
  'isFilteringDisabled',
  'isNameField',
  'isSortingDisabled',
  'stripMarkup',
  'fieldManageability',
  'writeRequiresMasterRead',
  'encryptionScheme',
  'deprecated',
  'populateExistingRows',
  'isConvertLeadDisabled',
]);

const KNOWN = new Set([
  'fullName',
  'label',
  'type',
  'length',
  'precision',
  'scale',
  'required',
  'unique',
  'externalId',
  'caseSensitive',
  'defaultValue',
  'formula',
  'formulaTreatBlanksAs',
  'inlineHelpText',
  'referenceTo',
  'relationshipLabel',
  'relationshipName',
  'relationshipOrder',
  'reparentableMasterDetail',
  'deleteConstraint',
  'valueSet',
  'displayFormat',
  'startingNumber',
  'summarizedField',
  'summaryForeignKey',
  'summaryOperation',
  'summaryFilterItems',
  'maskChar',
  'maskType',
]);

/** One `*.field-meta.xml` as a field; what it cannot mean here is a problem. */
export function loadField(file: MetadataFile, problems: SchemaProblem[]): OrgField | undefined {
  const body = file.body;
  const refuse = (tag: string, message: string): undefined => {
    problems.push({ file: file.path, line: file.line(tag), message });
    return undefined;
  };
  for (const tag of Object.keys(body))
    if (!KNOWN.has(tag) && !INERT.has(tag)) refuse(tag, `the local org does not support <${tag}> on a field`);
  const name = textOf(body, 'fullName') ?? basename(file.path).replace('.field-meta.xml', '');
  const declared = textOf(body, 'type');
  // A standard field's file (such as a help text for Account.Name) has no type: the standard schema rules.
  if (declared === undefined) return undefined;
  const type = TYPES[declared];
  if (!type) return refuse('type', `the local org does not support fields of type ${declared}`);
  const formula = textOf(body, 'formula');
  const field: OrgField = {
    name,
    label: textOf(body, 'label') ?? name,
    type,
    custom: true,
    nillable: !(isTrue(body, 'required') || declared === 'MasterDetail' || declared === 'Checkbox'),
    createable: true,
    updateable: true,
    source: 'package',
    origin: `${file.path}:1`,
    ...optional('helpText', textOf(body, 'inlineHelpText')),
  };
  addSize(field, declared, body);
  if (isTrue(body, 'unique')) field.unique = true;
  if (isTrue(body, 'externalId')) field.externalId = true;
  if (isTrue(body, 'caseSensitive')) field.caseSensitive = true;
  if (type === 'reference') addReference(field, declared, body);
  if (type === 'picklist' || type === 'multipicklist') if (!addPicklist(field, body, refuse)) return undefined;
  if (declared === 'AutoNumber')
    Object.assign(field, {
      length: 30,
      nillable: false,
      createable: false,
      updateable: false,
      autoNumber: { format: textOf(body, 'displayFormat') ?? '{0}', start: Number(textOf(body, 'startingNumber') ?? 1) },
    });
  if (declared === 'Summary') {
    const rollup = readRollup(body);
    if (!rollup) return refuse('summaryForeignKey', 'a roll-up summary needs summaryForeignKey and summaryOperation');
    Object.assign(field, { rollup, nillable: true, createable: false, updateable: false, precision: 18, scale: 2 });
  }
  if (formula !== undefined)
    Object.assign(field, {
      formula,
      nillable: true,
      createable: false,
      updateable: false,
      formulaBlanksAsZero: textOf(body, 'formulaTreatBlanksAs') !== 'BlankAsBlank',
    });
  const initial = textOf(body, 'defaultValue');
  if (initial !== undefined) {
    if (type === 'boolean') field.defaultValue = initial === 'true';
    else field.defaultFormula = initial;
  }
  return field;
}

const optional = (key: string, value: string | undefined): Record<string, string> => (value === undefined ? {} : { [key]: value });

function addSize(field: OrgField, declared: string, body: XmlNode): void {
  const fixed: Record<string, number> = { TextArea: 255, Email: 80, Phone: 40, Url: 255, Picklist: 255, MultiselectPicklist: 4099 };
  const length = Number(textOf(body, 'length') ?? fixed[declared] ?? (field.type === 'string' ? 255 : 0));
  if (length && !['double', 'currency', 'percent', 'boolean', 'date', 'datetime'].includes(field.type)) field.length = length;
  const precision = textOf(body, 'precision');
  if (precision !== undefined) {
    field.precision = Number(precision);
    field.scale = Number(textOf(body, 'scale') ?? 0);
  }
}

function addReference(field: OrgField, declared: string, body: XmlNode): void {
  const relation = textOf(body, 'relationshipName');
  field.length = 18;
  field.referenceTo = [textOf(body, 'referenceTo') ?? ''];
  field.relationshipName = field.name.replace(/__c$/, '__r');
  if (relation) field.childRelationshipName = `${relation}__r`;
  if (declared === 'MasterDetail') {
    field.masterDetail = { reparentable: isTrue(body, 'reparentableMasterDetail'), order: Number(textOf(body, 'relationshipOrder') ?? 0) };
    field.onDelete = 'cascade';
    if (!field.masterDetail.reparentable) field.updateable = false;
    return;
  }
  const constraint = textOf(body, 'deleteConstraint') ?? 'SetNull';
  field.onDelete = constraint === 'Restrict' ? 'restrict' : constraint === 'Cascade' ? 'cascade' : 'setNull';
}

function addPicklist(field: OrgField, body: XmlNode, refuse: (tag: string, message: string) => undefined): boolean {
  const set = nodesOf(body, 'valueSet')[0];
  const definition = set && nodesOf(set, 'valueSetDefinition')[0];
  if (!set || !definition) {
    refuse('valueSet', 'the local org supports picklists with their own values only (no global value set)');
    return false;
  }
  if (set['controllingField']) {
    refuse('controllingField', 'the local org does not support dependent picklists');
    return false;
  }
  field.restrictedPicklist = isTrue(set, 'restricted');
  field.picklist = nodesOf(definition, 'value').map((value): PicklistValue => ({
    value: textOf(value, 'fullName') ?? '',
    label: textOf(value, 'label') ?? textOf(value, 'fullName') ?? '',
    active: textOf(value, 'isActive') !== 'false',
    isDefault: isTrue(value, 'default'),
  }));
  return true;
}

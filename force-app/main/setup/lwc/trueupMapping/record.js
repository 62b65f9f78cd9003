/** Texts of a mapping by their names in the functions and in Trueup_Field_Mapping__mdt. */
const TEXTS = {
  name: 'DeveloperName',
  label: 'MasterLabel',
  targetObject: 'Target_Object__c',
  targetField: 'Target_Field__c',
  sourceKind: 'Source_Kind__c',
  sourceObject: 'Source_Object__c',
  sourceField: 'Source_Field__c',
  constantValue: 'Constant_Value__c',
  template: 'Template__c',
  transform: 'Transform__c',
  transformArgument: 'Transform_Argument__c',
  valueMap: 'Value_Map__c',
  defaultValue: 'Default_Value__c',
  companyKey: 'Company_Key__c',
};
const DEFAULTS = { sourceKind: 'Field', transform: 'None' };
const LONGEST_NAME = 40;

/** A saved record as the functions take a mapping. */
export function mappingOf(record) {
  const texts = Object.entries(TEXTS).map(([key, field]) => [key, record[field] ?? DEFAULTS[key] ?? '']);
  return { ...Object.fromEntries(texts), required: Boolean(record.Required__c), active: Boolean(record.Active__c) };
}

export const newMapping = () => ({ ...mappingOf({}), targetObject: 'QuickBooks Invoice', active: true });

/** Without what its kind and its transform do not use, so that nothing stale is saved. Empty texts are null, as Salesforce keeps them. */
export function tidied(mapping) {
  const { sourceKind, transform } = mapping;
  const unused = {
    ...(sourceKind === 'Field' ? {} : { sourceField: '' }),
    ...(sourceKind === 'Constant' ? { sourceObject: '' } : { constantValue: '' }),
    ...(sourceKind === 'Template' ? {} : { template: '' }),
    ...(transform === 'Value Map' ? {} : { valueMap: '' }),
    ...(['First Characters', 'Date', 'Number', 'Yes or No'].includes(transform) ? {} : { transformArgument: '' }),
  };
  const entries = Object.entries({ ...mapping, ...unused });
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value.trim() || null : value]));
}

const sorted = (mapping) => Object.entries(tidied(mapping)).sort(([a], [b]) => a.localeCompare(b));

export const isSame = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** A name of letters, digits and single underscores that no other mapping has. */
export function nameFor(label, taken) {
  const plain =
    label
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^[_\d]+|_+$/g, '') || 'Mapping';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '' : `_${count}`;
    const name = `${plain.slice(0, LONGEST_NAME - ending.length).replace(/_+$/, '')}${ending}`;
    if (!used.has(name.toLowerCase())) {
      return name;
    }
  }
}

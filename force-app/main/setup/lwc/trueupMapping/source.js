import { tidied } from './record';

const FIELDS = [
  ['targetObject', 'Target_Object__c'],
  ['targetField', 'Target_Field__c'],
  ['sourceKind', 'Source_Kind__c'],
  ['sourceObject', 'Source_Object__c'],
  ['sourceField', 'Source_Field__c'],
  ['constantValue', 'Constant_Value__c'],
  ['template', 'Template__c'],
  ['transform', 'Transform__c'],
  ['transformArgument', 'Transform_Argument__c'],
  ['valueMap', 'Value_Map__c'],
  ['defaultValue', 'Default_Value__c'],
  ['required', 'Required__c'],
  ['active', 'Active__c'],
  ['companyKey', 'Company_Key__c'],
];

const ENTITY = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text) => String(text).replace(/[&<>"]/g, (character) => ENTITY[character]);

/** Where the file of a mapping belongs in a project. */
export const fileOf = ({ name }) => `customMetadata/Trueup_Field_Mapping.${name}.md-meta.xml`;

/** The mapping as source, to be deployed by someone with the right to customize. */
export function sourceOf(mapping) {
  const tidy = tidied(mapping);
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>${escaped(tidy.label)}</label>
    <protected>false</protected>
${FIELDS.map(([key, field]) => valueOf(field, tidy[key])).join('\n')}
</CustomMetadata>
`;
}

function valueOf(field, value) {
  const type = typeof value === 'boolean' ? 'boolean' : 'string';
  const shown = value === null ? '<value xsi:nil="true"/>' : `<value xsi:type="xsd:${type}">${escaped(value)}</value>`;
  return `    <values>
        <field>${field}</field>
        ${shown}
    </values>`;
}

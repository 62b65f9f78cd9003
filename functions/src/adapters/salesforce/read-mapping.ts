import { type FieldMapping, INVOICE, SOURCE_KINDS, TARGET_OBJECTS, TRANSFORMS } from '../../domain/map-fields/mapping.ts';
import type { LinkedItem } from '../../ports/mappings.ts';
import type { Row } from './client.ts';
import { quote, toId18 } from './soql.ts';
import { text } from './translate.ts';

/** Custom metadata takes no filter on long texts, and there are few. */
export const MAPPINGS_QUERY = `SELECT DeveloperName, MasterLabel, Target_Object__c, Target_Field__c, Source_Kind__c, Source_Object__c, Source_Field__c,
  Constant_Value__c, Template__c, Transform__c, Transform_Argument__c, Value_Map__c, Default_Value__c, Required__c, Active__c, Company_Key__c
  FROM Trueup_Field_Mapping__mdt WHERE Active__c = true ORDER BY DeveloperName`;

/** The picklists are restricted: what is not in them is one of their defaults. */
export function toFieldMapping(row: Row): FieldMapping {
  const oneOf = <T extends string>(field: string, values: readonly [T, ...T[]]): T =>
    values.find((each) => each === row[field]) ?? values[0];
  return {
    name: text(row, 'DeveloperName') ?? '',
    label: text(row, 'MasterLabel') ?? text(row, 'DeveloperName') ?? '',
    targetObject: oneOf('Target_Object__c', TARGET_OBJECTS),
    targetField: text(row, 'Target_Field__c') ?? '',
    sourceKind: oneOf('Source_Kind__c', SOURCE_KINDS),
    sourceObject: text(row, 'Source_Object__c') ?? INVOICE,
    sourceField: text(row, 'Source_Field__c'),
    constant: text(row, 'Constant_Value__c'),
    template: text(row, 'Template__c'),
    transform: oneOf('Transform__c', TRANSFORMS),
    argument: text(row, 'Transform_Argument__c'),
    valueMap: text(row, 'Value_Map__c'),
    defaultValue: text(row, 'Default_Value__c'),
    required: row.Required__c === true,
    active: row.Active__c === true,
    companyKey: text(row, 'Company_Key__c'),
  };
}

export const linkedItemsQuery = (companyKey: string): string =>
  `SELECT Product__c, Product__r.Name, External_Id__c FROM Trueup_Link__c
  WHERE Status__c = 'Linked' AND System__c = 'QuickBooks' AND Product__c != null AND Company__r.External_Key__c = ${quote(companyKey)} ORDER BY Id`;

export const toLinkedItem = (row: Row): LinkedItem => ({
  productId: toId18(String(row.Product__c)),
  productName: text((row.Product__r as Row | null) ?? {}, 'Name') ?? '',
  itemId: text(row, 'External_Id__c') ?? '',
});

import type { OrgField } from './model.ts';
import { datetime, describedAs, flag, picklist, readOnly, reference, text } from './standard/builders.ts';

const DOC = 'developer.salesforce.com/docs System Fields (object reference)';

/** Id, audit fields and, for objects with an owner, OwnerId. */
export function systemFields(owner: boolean, idLabel = 'Record ID'): OrgField[] {
  const id = { name: 'Id', label: idLabel, type: 'id' as const, custom: false, length: 18, nillable: false, ...readOnly };
  const by = { ...readOnly, nillable: false } as const;
  return describedAs(
    'documented',
    DOC,
    id,
    flag('IsDeleted', 'Deleted', readOnly),
    ...(owner ? [reference('OwnerId', 'Owner ID', 'User', null, { nillable: false, relationshipName: 'Owner' })] : []),
    datetime('CreatedDate', 'Created Date', by),
    reference('CreatedById', 'Created By ID', 'User', null, by),
    datetime('LastModifiedDate', 'Last Modified Date', by),
    reference('LastModifiedById', 'Last Modified By ID', 'User', null, by),
    datetime('SystemModstamp', 'System Modstamp', by),
  );
}

/** Present on every money-carrying object of a multi-currency org. */
export function currencyField(currencies: string[]): OrgField {
  const [field] = describedAs(
    'documented',
    DOC,
    picklist('CurrencyIsoCode', 'Currency ISO Code', currencies, { length: 3, nillable: false, restrictedPicklist: true }),
  );
  if (!field) throw new Error('unreachable: one field was described');
  return field;
}

/** Every custom metadata type has these; its records come from the package. */
export function metadataTypeFields(): OrgField[] {
  return describedAs(
    'documented',
    'developer.salesforce.com/docs Custom Metadata Types (object reference)',
    { name: 'Id', label: 'Custom Metadata Type ID', type: 'id' as const, custom: false, length: 18, nillable: false, ...readOnly },
    text('DeveloperName', 'Custom Metadata Record Name', 40, readOnly),
    text('MasterLabel', 'Label', 40, { ...readOnly, nameField: true }),
    text('Label', 'Label', 40, readOnly),
    text('Language', 'Master Language', 40, readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    text('QualifiedApiName', 'Qualified API Name', 70, readOnly),
  );
}

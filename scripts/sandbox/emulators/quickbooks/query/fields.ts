import type { EntityName } from '../entities.ts';
import { isNameEntity, isTransaction } from '../entities.ts';
import { faults } from '../errors.ts';
import { hasMember, memberKind } from '../schema/check.ts';

const COMMON = ['Id', 'SyncToken', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'];
const NAMES = ['DisplayName', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix', 'Title', 'PrintOnCheckName', 'Active'];
const TRANSACTION = ['TxnDate', 'DocNumber', 'TotalAmt'];

/** What can be filtered and sorted by, per entity: Intuit's entity pages mark no more than these; what they leave open is left out. */
const FILTERABLE: Partial<Record<EntityName, string[]>> = {
  Customer: ['FullyQualifiedName', 'CompanyName', 'Balance', 'PrimaryEmailAddr', 'ParentRef', 'Job'],
  Vendor: ['CompanyName', 'Balance', 'AcctNum'],
  Account: [
    'Name',
    'FullyQualifiedName',
    'AccountType',
    'AccountSubType',
    'Classification',
    'AcctNum',
    'CurrentBalance',
    'SubAccount',
    'Active',
    'CurrencyRef',
    'ParentRef',
  ],
  Item: ['Name', 'FullyQualifiedName', 'Sku', 'Type', 'UnitPrice', 'Active', 'ParentRef', 'Description'],
  Term: ['Name', 'Active', 'DueDays'],
  PaymentMethod: ['Name', 'Active', 'Type'],
  Class: ['Name', 'FullyQualifiedName', 'Active'],
  Department: ['Name', 'FullyQualifiedName', 'Active'],
  TaxCode: ['Name', 'Active'],
  TaxRate: ['Name', 'Active'],
  Invoice: ['CustomerRef', 'DueDate', 'Balance', 'SalesTermRef'],
  CreditMemo: ['CustomerRef', 'Balance'],
  SalesReceipt: ['CustomerRef', 'PaymentMethodRef'],
  RefundReceipt: ['CustomerRef', 'PaymentMethodRef'],
  Payment: ['CustomerRef', 'PaymentRefNum', 'PaymentMethodRef'],
  Purchase: ['PaymentType'],
  Attachable: [
    'FileName',
    'Note',
    'Category',
    'ContentType',
    'PlaceName',
    'Long',
    'Lat',
    'Tag',
    'Size',
    'AttachableRef.EntityRef.type',
    'AttachableRef.EntityRef.value',
  ],
  CompanyInfo: ['CompanyName'],
};

/** Known to have none of these although the type has them. */
const EXCEPT: Partial<Record<EntityName, string[]>> = {
  Deposit: ['DocNumber', 'TotalAmt'],
  Transfer: ['DocNumber', 'TotalAmt'],
  JournalEntry: ['TotalAmt'],
  Payment: ['DocNumber'],
};

/** The field as spelled in the entity, or a 4001: not found, or not queryable (both wordings quoted publicly). */
export function queryField(entity: EntityName, field: string): string {
  const known = [
    ...COMMON,
    ...(isNameEntity(entity) ? NAMES : []),
    ...(isTransaction(entity) ? TRANSACTION : []),
    ...(FILTERABLE[entity] ?? []),
  ].filter((name) => !EXCEPT[entity]?.includes(name));
  const found = known.find((name) => name.toLowerCase() === field.toLowerCase());
  if (found) return found;
  if (hasMember(entity, field.split('.')[0]!) && !EXCEPT[entity]?.includes(field) && field !== 'AccountRef')
    throw faults.queryInvalid(`property '${field}' is not queryable`);
  throw faults.queryInvalid(`Property ${field} not found for Entity ${entity}`);
}

/** A field of the select list: top-level members only, addresses and other objects are refused as reported. */
export function selectField(entity: EntityName, field: string): string {
  const top = field.split('.')[0]!;
  const kind = memberKind(entity, top);
  if (kind === undefined || kind === 'PhysicalAddress' || field === 'InvoiceLink')
    throw faults.queryInvalid(`Property ${field} not found for Entity ${entity}`);
  return top;
}

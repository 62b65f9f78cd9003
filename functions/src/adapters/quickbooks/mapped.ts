import { familyOf } from '../../domain/map-fields/target.ts';
import type { MappedValue } from '../../domain/map-fields/mapped-values.ts';
import type { LedgerInvoiceBody } from '../../ports/ledger.ts';

type Entity = Record<string, unknown>;

/** Members that wrap their text. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/customer */
const WRAPPED: Record<string, string> = { WebAddr: 'URI', Mobile: 'FreeFormNumber', Fax: 'FreeFormNumber' };

/** The entity with its mapped fields; a key that is there already is one of ours, which no mapping may name. */
export function withMapped(entity: object, mapped: readonly MappedValue[] = []): object {
  if (mapped.length === 0) return entity;
  const customFields = mapped.filter(({ field }) => familyOf(field)).map(customField);
  const others = mapped.filter(({ field }) => !familyOf(field)).map((each) => [each.field, memberOf(each)] as const);
  return { ...entity, ...Object.fromEntries(others), ...(customFields.length > 0 ? { CustomField: customFields } : {}) };
}

function memberOf({ field, value, id }: MappedValue): unknown {
  if (field.endsWith('Ref')) {
    if (id === null) throw new Error(`${field} "${value}" was not looked up`);
    return { value: id, name: value };
  }
  const wrapped = WRAPPED[field];
  return wrapped ? { [wrapped]: value } : value;
}

const customField = ({ field, value, id }: MappedValue) => ({
  DefinitionId: id,
  Name: familyOf(field)?.key,
  Type: 'StringType',
  StringValue: value,
});

/** Mapped fields that the answer does not hold: QuickBooks leaves out what its settings do not provide for, and says nothing. */
export function lostOf(body: LedgerInvoiceBody, answer: object): string[] {
  const invoice = answer as Entity & { Line?: Entity[] };
  const lines = (invoice.Line ?? []).filter((line) => line['DetailType'] === 'SalesItemLineDetail');
  return [
    ...(body.mapped ?? []).filter((each) => !holds(invoice, each)),
    ...body.lines.flatMap((line, index) =>
      (line.mapped ?? []).filter((each) => !holds((lines[index]?.['SalesItemLineDetail'] ?? {}) as Entity, each)),
    ),
  ].map(({ field }) => field);
}

function holds(entity: Entity, { field, value, id }: MappedValue): boolean {
  if (familyOf(field)) {
    const fields = (entity['CustomField'] ?? []) as { DefinitionId?: string; StringValue?: string }[];
    return fields.some((each) => each.DefinitionId === id && each.StringValue === value);
  }
  const held = entity[field];
  return field.endsWith('Ref') ? (held as { value?: string } | undefined)?.value === id : held === value;
}

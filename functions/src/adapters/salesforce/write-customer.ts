import type { Conflict, ConflictReason } from '../../domain/conflict.ts';
import type { CustomerFact } from '../../domain/customer-facts.ts';
import { writeMemory } from '../../domain/link-memory.ts';
import type { CustomerWrite } from '../../ports/customer-records.ts';
import type { Row, Subrequest } from './client.ts';
import { id18, text } from './translate.ts';
import { at } from './write-fields.ts';
import { issueNode } from './write-issue.ts';

export const CONFLICT_FIELDS =
  'Id, Conflict_Key__c, Account__c, Contact__c, Field__c, Salesforce_Value__c, Stripe_Value__c, QuickBooks_Value__c, Reason__c, State__c, Chosen__c, Decided_By__c, Decided_At__c';

/** Values of the picklist Field__c. */
const FIELD_OF: Record<CustomerFact, string> = {
  name: 'Name',
  email: 'Email',
  phone: 'Phone',
  street: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'Postal Code',
  country: 'Country',
};
const FACT_OF = new Map(Object.entries(FIELD_OF).map(([fact, field]) => [field, fact as CustomerFact]));

export const toConflict = (row: Row): Conflict => ({
  key: text(row, 'Conflict_Key__c') ?? '',
  conflictId: id18(row, 'Id') ?? '',
  accountId: id18(row, 'Account__c') ?? '',
  contactId: id18(row, 'Contact__c'),
  fact: FACT_OF.get(text(row, 'Field__c') ?? '') ?? 'name',
  values: {
    salesforce: text(row, 'Salesforce_Value__c'),
    stripe: text(row, 'Stripe_Value__c'),
    quickbooks: text(row, 'QuickBooks_Value__c'),
  },
  reason: (text(row, 'Reason__c') ?? 'Unknown Who Changed') as ConflictReason,
  state: row.State__c === 'Decided' ? 'Decided' : 'Open',
  chosen: text(row, 'Chosen__c') as Conflict['chosen'],
  decidedBy: id18(row, 'Decided_By__c'),
  decidedAt: text(row, 'Decided_At__c'),
});

export function customerNodes({ memories, conflicts, issues, companyId }: CustomerWrite): Subrequest[] {
  return [
    ...memories.map(({ linkId, memory }, index): Subrequest => ({
      method: 'PATCH',
      path: `/sobjects/Trueup_Link__c/${linkId}`,
      referenceId: `link${index}`,
      body: { Remembered_Facts__c: writeMemory(memory) },
    })),
    ...conflicts.map((conflict, index): Subrequest => ({
      method: 'PATCH',
      path: at('Trueup_Conflict__c', 'Conflict_Key__c', conflict.key),
      referenceId: `conflict${index}`,
      body: {
        Company__c: companyId,
        Account__c: conflict.accountId,
        Contact__c: conflict.contactId,
        Field__c: FIELD_OF[conflict.fact],
        Salesforce_Value__c: conflict.values.salesforce,
        Stripe_Value__c: conflict.values.stripe,
        QuickBooks_Value__c: conflict.values.quickbooks,
        Reason__c: conflict.reason,
        State__c: conflict.state,
        Chosen__c: conflict.chosen,
        Decided_By__c: conflict.decidedBy,
        Decided_At__c: conflict.decidedAt,
      },
    })),
    ...issues.map((issue, index) => issueNode(issue, index, { companyId })),
  ];
}

import type { Conflict } from '../../domain/conflict.ts';
import { factsOf } from '../../domain/customer-facts.ts';
import { readMemory, writeMemory } from '../../domain/link-memory.ts';
import { done, rejected } from '../../domain/outcome.ts';
import type { CustomerRead, CustomerRecords } from '../../ports/customer-records.ts';
import type { Faults } from './faults.ts';
import { linksOf, type MemoryOrg } from './org.ts';

const MISSING = rejected({ code: 'record-not-found', severity: 'error', message: 'No such conflict.', action: 'Open it again.' });

/** Rows of the inbox by their key, which is their id too; what links remember by the links' ids. */
export function createCustomerRecords(faults: Faults, org: MemoryOrg): CustomerRecords {
  const read = (accountId: string): CustomerRead | null => {
    const account = org.accounts.find(({ id }) => id === accountId);
    const links = linksOf(org).filter((link) => link.recordId === accountId && link.status === 'Linked');
    if (!account || links.length === 0) return null;
    const contacts = org.contacts.filter((each) => each.accountId === accountId && each.email !== null);
    const [contact] = contacts.length === 1 ? contacts : [];
    return structuredClone({
      companyId: org.company.id,
      companyKey: org.company.key,
      accountId,
      contactId: contact?.id ?? null,
      ours: factsOf({ ...account, email: contact?.email ?? null }),
      links: links.map((link) => {
        const linkId = link.linkId ?? '';
        return { link: { ...link, linkId }, memory: readMemory(org.memories.get(linkId) ?? link.remembered ?? null) };
      }),
      conflicts: [...org.conflicts.values()].filter((conflict) => conflict.accountId === accountId),
    });
  };

  return {
    readCustomer: ({ accountId }) => faults.outcome('customerRecords.readCustomer', () => done(read(accountId))),
    readCustomersOf: ({ system, externalIds }) =>
      faults.outcome('customerRecords.readCustomersOf', () => {
        const linked = linksOf(org).filter((link) => link.system === system && externalIds.includes(link.externalId));
        return done([...new Set(linked.map(({ recordId }) => recordId))].flatMap((id) => read(id) ?? []));
      }),
    listChangedCustomers: () =>
      faults.outcome('customerRecords.listChangedCustomers', () =>
        done({ customers: [...new Set(org.accounts.map(({ id }) => id))].flatMap((id) => read(id) ?? []), next: null }),
      ),
    saveCustomer: ({ memories, conflicts, issues }) =>
      faults.outcome('customerRecords.saveCustomer', () => {
        for (const { linkId, memory } of memories) org.memories.set(linkId, writeMemory(memory));
        for (const conflict of conflicts) org.conflicts.set(conflict.key, { ...structuredClone(conflict), conflictId: conflict.key });
        for (const issue of issues) org.issues.set(issue.key, issue);
        return done(null);
      }),
    readConflict: ({ conflictId }) =>
      faults.outcome('customerRecords.readConflict', () => {
        const conflict: Conflict | undefined = org.conflicts.get(conflictId);
        return conflict ? done(structuredClone({ conflict, canEdit: org.rights.canEdit })) : MISSING;
      }),
  };
}

import type { Conflict } from '../domain/conflict.ts';
import type { CustomerFacts } from '../domain/customer-facts.ts';
import type { Link } from '../domain/link.ts';
import type { LinkMemory } from '../domain/link-memory.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Asking, SyncIssueWrite } from './records.ts';

/** A link in use, its id read, with what it remembers. */
export interface CustomerLink {
  link: Link & { linkId: string };
  memory: LinkMemory;
}

/** An account as Salesforce knows it, its customers in the other systems, and what was asked of people about it. */
export interface CustomerRead {
  companyId: string;
  companyKey: string;
  accountId: string;
  /** Whose e-mail is the account's: of the contact that was billed last, else of its only contact with one. */
  contactId: string | null;
  ours: CustomerFacts;
  links: CustomerLink[];
  conflicts: Conflict[];
}

export interface CustomerWrite {
  companyId: string;
  companyKey: string;
  memories: { linkId: string; memory: LinkMemory }[];
  /** Upserts by key. */
  conflicts: Conflict[];
  issues: SyncIssueWrite[];
}

export interface ConflictRead {
  conflict: Conflict;
  /** The asking user may change it. */
  canEdit: boolean;
}

/** Accounts that are linked to customers, what their links remember, and the conflict inbox. */
export interface CustomerRecords {
  /** null: the account is gone, or linked to nothing. */
  readCustomer(request: { accountId: string }): Promise<Outcome<CustomerRead | null>>;
  /** Accounts that are linked to these outside customers (<= 200). */
  readCustomersOf(request: { system: Link['system']; externalIds: readonly string[] }): Promise<Outcome<CustomerRead[]>>;
  /** Linked accounts that changed since then (ISO), or whose contacts did, or about whose e-mail a person is asked; pages, pass `next` back in. */
  listChangedCustomers(page: {
    since: string;
    cursor: string | null;
  }): Promise<Outcome<{ customers: CustomerRead[]; next: string | null }>>;
  /** All of it or none. */
  saveCustomer(write: CustomerWrite): Promise<Outcome<null>>;
  readConflict(request: { conflictId: string; asking: Asking }): Promise<Outcome<ConflictRead>>;
}

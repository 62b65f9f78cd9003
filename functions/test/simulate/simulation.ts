import type { OrgInProcess, QuickbooksEngine, SeededOrg, StripeEngine } from '../../../scripts/sandbox/index.ts';
import type { Running } from './company/boot.ts';
import type { Database } from './company/database.ts';
import type { Random } from './dice.ts';
import type { Time } from './time.ts';
import type { Trace } from './trace.ts';

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of foreign systems
export type Person = 'rep' | 'admin' | 'accountant' | 'automation';

/** One seed's world as the actors and the checks see it. People look at the systems themselves; only calls to the functions can fail. */
export interface Simulation {
  seed: number;
  time: Time;
  trace: Trace;
  random: Random;
  org: OrgInProcess;
  story: SeededOrg;
  stripe: StripeEngine;
  quickbooks: QuickbooksEngine;
  database: Database;
  intentions: Intentions;
  running(): Running | null;
  /** A person's click; null when no answer came: the process was down, died, or took too long. */
  call(person: Person, operation: string, body: object): Promise<Reply | null>;
}

export interface Reply {
  outcome: string;
  invoiceId?: string;
  operationKey?: string;
  problems?: { code: string; message: string }[];
  [member: string]: unknown;
}

/** What people meant, kept apart from what the systems hold. */
export interface Intentions {
  panels: Panel[];
  /** Clicks on "Send", by invoice. */
  sends: Map<string, number>;
  /** Every step of a status that was written to an invoice. */
  statusSteps: { invoiceId: string; from: string | null; to: string }[];
  /** QuickBooks invoices that somebody changed, voided or deleted there. */
  touched: Set<string>;
  /** Actions done, by name. */
  acted: Record<string, number>;
}

/** An issue panel that was opened, with the draft its person settled on. */
export interface Panel {
  sourceId: string;
  draft: Row;
  clicks: number;
  /** The best answer so far. */
  reply: Reply | null;
}

export interface Action {
  name: string;
  weight: number;
  /** False when there was nothing to do it on. */
  act(simulation: Simulation): Promise<boolean>;
}

/** Rows of the org, read with all rights. */
export function rows(simulation: Simulation, soql: string): Row[] {
  const { org, time } = simulation;
  return org.data.query(soql, { userId: org.users.admin, now: time.now(), accessLevel: 'system' });
}

/** Salesforce' invoices with what the checks need of them. */
export const invoicesOf = (simulation: Simulation, where = ''): Row[] =>
  rows(
    simulation,
    `SELECT Id, Name, Number__c, Status__c, Source_Id__c, Account__c, Currency_Code__c, Subtotal__c, Tax__c, Total__c, Paid__c, Credited__c,
      Amount_Due__c, Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c, Problem__c, Intent_Key__c, Delivery__c, Sent_At__c, Invoice_Date__c
     FROM Trueup_Invoice__c ${where} ORDER BY Id`,
  );

type Document = 'Invoice' | 'Payment' | 'Customer' | 'Account' | 'RefundReceipt' | 'CreditMemo' | 'JournalEntry' | 'Transfer' | 'Purchase';

/** All documents of a kind in QuickBooks. */
export const books = (simulation: Simulation, entity: Document): Row[] =>
  simulation.quickbooks.books
    .rows(entity)
    .all()
    .map((row) => row.body as Row);

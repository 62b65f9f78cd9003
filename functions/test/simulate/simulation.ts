import type { OrgInProcess, QuickbooksEngine, SeededOrg, StripeEngine } from '../../../scripts/sandbox/index.ts';
import type { Random } from './dice.ts';
import type { Time } from './time.ts';
import type { Trace } from './trace.ts';

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of foreign systems
export type Person = 'rep' | 'admin' | 'accountant' | 'automation';

/** One seed's world as the actors and the checks see it. People look at the systems themselves; only calls to the functions can fail. */
export interface Simulation {
  seed: number;
  time: Pick<Time, 'now' | 'sleep'>;
  trace: Trace;
  /** Choices of the step that is being played. */
  random: Random;
  org: Pick<OrgInProcess, 'orgId' | 'users' | 'data'>;
  story: SeededOrg;
  stripe: StripeEngine;
  stripeKey: string;
  quickbooks: QuickbooksEngine;
  database: HeldByFunctions;
  intentions: Intentions;
  /** A person's click; null when no answer came: the process was down, died, or took too long. */
  call(person: Person, operation: string, body: object): Promise<Reply | null>;
  /** The functions' process ends, and comes back after so long. */
  stopFunctions(forMs: number): void;
  /** For so long other work of the functions leaves few turns at QuickBooks. */
  keepQuickbooksBusy(forMs: number): void;
}

/** What the functions' database holds, as far as people and checks look into it. */
export interface HeldByFunctions {
  numbers: { given: ReadonlyMap<string, string>; gaps: readonly { number: string }[] };
  inbox: { objects: ReadonlyMap<string, { kind: string; id: string; parked: boolean; reason: string | null }> };
  jobs: ReadonlyMap<string, { id: string; state: string; error: unknown }>;
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
  /** Deals whose invoice a flow was promised. */
  asked: Set<string>;
  /** Stripe products that somebody archived. */
  archived: Set<string>;
  /** Products of Salesforce of which a person said what they are sold as. */
  decidedProducts: Set<string>;
  /** Clicks on "Send", by invoice. */
  sends: Map<string, number>;
  /** Every step of a status that was written to an invoice. */
  statusSteps: { invoiceId: string; from: string | null; to: string }[];
  /** When somebody voided an invoice in Stripe itself, by its id there. */
  voids: Map<string, number>;
  /** QuickBooks invoices that somebody changed, voided or deleted there. */
  touched: Set<string>;
  /** Telephone numbers and cities that people wrote. */
  customerEdits: CustomerEdit[];
  /** Conflicts about them that people decided. */
  decisions: { at: number; accountId: string; fact: CustomerEdit['fact'] }[];
  /** Versions under which a link remembered a write, by link and fact. */
  linkWrites: Map<string, Set<number>>;
  /** Actions done, by name. */
  acted: Record<string, number>;
}

export const noIntentions = (): Intentions => ({
  panels: [],
  asked: new Set(),
  archived: new Set(),
  decidedProducts: new Set(),
  sends: new Map(),
  statusSteps: [],
  voids: new Map(),
  touched: new Set(),
  customerEdits: [],
  decisions: [],
  linkWrites: new Map(),
  acted: {},
});

export interface CustomerEdit {
  at: number;
  where: 'salesforce' | 'stripe' | 'quickbooks';
  /** Of the account or customer. */
  id: string;
  fact: 'phone' | 'city';
  value: string;
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

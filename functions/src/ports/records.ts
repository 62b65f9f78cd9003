import type { DifferenceCause } from '../domain/find-differences.ts';
import type { Budget, MonthlyBudget } from '../domain/budget.ts';
import type { Company } from '../domain/company.ts';
import type { Calls, LoadCounts } from '../domain/first-load/load.ts';
import type { IntentIds, InvoiceOrder, InvoiceRecord, InvoiceStatus } from '../domain/invoice.ts';
import type { Link } from '../domain/link.ts';
import type { OperationKind, OperationState } from '../domain/operation.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PaymentRecord } from '../domain/payment.ts';
import type { Problem } from '../domain/problem.ts';
import type { Rights, SourceRead } from '../domain/source.ts';
import type { CreditMemoRecord, DisputeRecord, RefundRecord } from '../domain/stripe-money.ts';
import type { AskedOperation } from '../domain/timeline.ts';

/**
 * Whose rights are asked. The custom permissions come from the door, which learns them in the org (`FeatureManagement` in Apex, the
 * published operation's permission set in AppLink): reading them from outside would take the right to view all of Setup.
 */
export interface Asking {
  /** 18 characters. */
  userId: string;
  /** Developer names such as `Trueup_Issue_Invoice`. */
  permissions: readonly string[];
}

/** What the unique keys of Salesforce found in the way of an intent. */
export interface IntentCollision {
  collision: true;
  /** Every invoice that holds one of the intent's line keys or its intent key. */
  invoices: InvoiceRecord[];
}

/** An invoice with what a change to it needs: its company, links of its account, and the asking user's rights. */
export interface InvoiceRead {
  invoice: InvoiceRecord;
  company: Company;
  links: Link[];
  /** Null when no user asked (worker). */
  rights: Rights | null;
}

/** State of an operation as written to Trueup_Operation__c. Upsert by Operation_Key__c. */
export interface OperationWrite {
  key: string;
  kind: OperationKind;
  state: OperationState;
  step: string | null;
  attempts?: number;
  nextAttemptAt?: string | null;
  problems: Problem[];
  requestedBy?: string;
  requestedAt?: string;
  finishedAt?: string | null;
  correlationId?: string;
}

/** Fields of Trueup_Invoice__c the functions may set; absent ones stay as they are. Amounts: minor units of the currency. */
export interface InvoiceChange {
  status?: InvoiceStatus;
  number?: string;
  sentAt?: string;
  voidedAt?: string;
  /** The asking person's words, at most 255 characters. */
  voidReason?: string;
  stripeInvoiceId?: string;
  quickbooksInvoiceId?: string;
  quickbooksSyncToken?: string;
  payLink?: string | null;
  pdfLink?: string | null;
  stripeUrl?: string;
  quickbooksUrl?: string;
  /** ISO instants: when the state of that system was as shown. */
  stripeAsOf?: string;
  quickbooksAsOf?: string;
  /** Null empties it. */
  problem?: string | null;
  /** Monotonic: the adapter writes only over a smaller one (the lease makes it the only writer). */
  revision?: number;
  lineTaxes?: { lineKey: string; tax: number }[];
}

/** One write-back: all of it in ONE composite call, all or none, upserts on external ids, billing event published with it. */
export interface WriteBack {
  companyKey: string;
  companyId: string;
  quickbooksRealmId: string | null;
  invoiceId: string;
  /** Gets the payments and the operation too, so that whoever sees the invoice sees them; null leaves them with the writer. */
  ownerId: string | null;
  sourceId: string | null;
  accountId: string;
  currency: string;
  invoice: InvoiceChange;
  /** With its allocation to this invoice; upsert by payment key. */
  payments: PaymentRecord[];
  /** Refunds and disputes of these payments, and credit memos with their allocation to this invoice; upserts by Stripe id. */
  refunds?: RefundRecord[];
  disputes?: DisputeRecord[];
  creditMemos?: CreditMemoRecord[];
  /** Findings for a person, without waiting for a sync run. */
  issues?: SyncIssueWrite[];
  /** QuickBooks payments that were deleted there: they fail, and nothing of them counts against this invoice any more. */
  withdrawn?: string[];
  operation: OperationWrite | null;
  /** Publishes Trueup_Billing_Event__e; null for quiet writes (syncs of many). */
  event: { kind: OperationKind; state: OperationState; step: string } | null;
}

export interface SyncCounts {
  invoicesChecked: number;
  paymentsBooked: number;
  /** Entries for refunds, disputes, fees, payouts. */
  entriesBooked: number;
  statusesCorrected: number;
  changedDocuments: number;
  issues: number;
  callsSalesforce: number;
  callsStripe: number;
  callsQuickbooks: number;
}

/** Records of a first load, and the calls it has cost. */
export interface LoadedCounts extends LoadCounts {
  expected: number;
  calls: Calls;
}

export interface SyncIssueWrite {
  /** Stable per invoice and cause: a second run does not report it twice. */
  key: string;
  cause: DifferenceCause;
  invoiceId: string | null;
  recordId: string | null;
  message: string;
  fix: string;
  /** What was in the way is gone: the issue is closed. */
  resolved?: boolean;
  /** It was written together with what it is about, and may be closed since: only the run that found it is added. */
  written?: true;
}

export interface SyncRunWrite {
  key: string;
  companyId: string;
  kind: 'Nightly' | 'On Demand' | 'Full Compare' | 'First Load';
  state: 'Queued' | 'Running' | 'Paused' | 'Cancelled' | 'Completed' | 'Completed With Issues' | 'Failed';
  startedAt?: string;
  finishedAt?: string;
  counts?: SyncCounts;
  /** How far a first load has come. */
  loaded?: LoadedCounts;
  report?: string;
  requestedBy?: string;
  issues: SyncIssueWrite[];
  /** Keys of issues that are no longer so. */
  resolved?: string[];
  operation: OperationWrite | null;
}

/** What of an invoice is compared with the books in bulk. */
export type BriefInvoice = Pick<
  InvoiceRecord,
  'id' | 'number' | 'status' | 'currency' | 'invoiceDate' | 'total' | 'amountDue' | 'stripeInvoiceId' | 'quickbooksInvoiceId'
>;

/** How far each system is known, whether it is heard of, and what is used of what it allows: on the company's page. */
export interface FreshnessWrite {
  companyId: string;
  /** ISO instants: all that happened before was read and applied. Null: not known yet. */
  stripeReadTo: string | null;
  quickbooksReadTo: string | null;
  budgets: CompanyBudgets;
  issues: SyncIssueWrite[];
}

export interface CompanyBudgets {
  /** Metered reads of the running month. */
  quickbooks: MonthlyBudget;
  /** Calls of the last 24 hours. Null: not known; what is on the page stays. */
  salesforce: Budget | null;
}

/** What an unfinished operation of the org says, for taking it up again. */
export interface UnfinishedOperation {
  key: string;
  kind: OperationKind;
  state: OperationState;
  invoiceId: string | null;
  operationId: string;
  requestedAt: string;
}

/** A record that was asked about, and what is kept in step for it: an invoice that Trueup issued, or an account with a linked customer. */
export interface SyncedRecord {
  recordId: string;
  kind: 'invoice' | 'account';
  id: string;
}

/**
 * Salesforce, for the company this process serves. Reads answer `rejected` with code `record-not-found` for ids that
 * do not exist or cannot be seen, `wrong-org` when the company record names another org (the org fence).
 */
export interface Records {
  /** Everything preview and issue need, in ONE composite call. */
  readSource(request: { sourceId: string; asking: Asking }): Promise<Outcome<SourceRead>>;
  /**
   * Invoice, lines and operation created (never upserted) in ONE composite graph: all or none. A unique key in the way
   * is an expected answer, not a failure; reading what is in the way costs a second call.
   */
  createIntent(order: InvoiceOrder): Promise<Outcome<IntentIds | IntentCollision>>;
  readInvoice(request: { invoiceId: string; asking: Asking | null }): Promise<Outcome<InvoiceRead>>;
  /** By a provider's id; null when Salesforce has none that Trueup issued. */
  findInvoice(by: { stripeInvoiceId: string } | { quickbooksInvoiceId: string }): Promise<Outcome<{ invoiceId: string } | null>>;
  /** Invoices, payments (each of their invoices) and accounts among these ids of 18 characters; what is not kept in step is left out. */
  findSynced(recordIds: readonly string[]): Promise<Outcome<SyncedRecord[]>>;
  writeBack(write: WriteBack): Promise<Outcome<null>>;
  /** The company and the asking user's rights, for operations without a source. */
  readCompany(request: { asking: Asking | null }): Promise<Outcome<{ company: Company; rights: Rights | null }>>;
  /** Invoices that Trueup issued and that can still change: Open, Partially Paid, Uncollectible, Voiding; and those changed since `paidSince` (ISO). 200 a page. */
  listOpenInvoices(page: {
    cursor: string | null;
    paidSince: string;
  }): Promise<Outcome<{ invoices: InvoiceRecord[]; next: string | null }>>;
  /** Every invoice that Trueup issued but the rejected, without lines; 2,000 a page, pass `next` back in. */
  listBriefly(page: { cursor: string | null }): Promise<Outcome<{ invoices: BriefInvoice[]; next: string | null }>>;
  /**
   * Upsert by run key, with issues (by issue key) and operation; answers with the run's id. All or none up to 400 issues; with more, the
   * state and the operation are written last.
   */
  writeSyncRun(write: SyncRunWrite): Promise<Outcome<{ runId: string }>>;
  writeFreshness(write: FreshnessWrite): Promise<Outcome<null>>;
  /** Findings that belong to no run and no write-back; upsert by key. */
  writeIssues(write: { companyId: string; issues: SyncIssueWrite[] }): Promise<Outcome<null>>;
  /** Everything that was asked of an invoice, oldest first. */
  listOperations(invoiceId: string): Promise<Outcome<AskedOperation[]>>;
  /** Operations asked for before `before` (ISO) and not settled. */
  listUnfinishedOperations(before: string): Promise<Outcome<UnfinishedOperation[]>>;
}

import type { BalanceRow } from '../../domain/balance-row.ts';
import type { Company } from '../../domain/company.ts';
import type { Conflict } from '../../domain/conflict.ts';
import type { InvoiceRecord, InvoiceOrder } from '../../domain/invoice.ts';
import type { ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import type { MatchReview } from '../../domain/match-review.ts';
import type { PaymentRecord } from '../../domain/payment.ts';
import type { BillAccount, BillContact, Rights, SourceLine, SourceRead } from '../../domain/source.ts';
import type { CreditMemoRecord, DisputeRecord, PayoutRecord, RefundRecord } from '../../domain/stripe-money.ts';
import type {
  CompanyBudgets,
  FreshnessWrite,
  InvoiceChange,
  OperationWrite,
  SyncIssueWrite,
  SyncRunWrite,
  WriteBack,
} from '../../ports/records.ts';

/** The org's rows, open to tests. */
export interface MemoryOrg {
  company: Company;
  org: SourceRead['org'];
  rights: Rights;
  accounts: BillAccount[];
  contacts: BillContact[];
  sources: Map<string, { source: SourceRead['source']; lines: SourceLine[] }>;
  links: Map<string, Link>;
  reviews: Map<string, MatchReview>;
  itemReviews: Map<string, ItemReview>;
  conflicts: Map<string, Conflict>;
  /** What links remember of their customers. */
  memories: Map<string, string>;
  /** Accounts that were merged away -> where to. */
  mergedInto: Map<string, { id: string; name: string }>;
  invoices: Map<string, InvoiceRecord>;
  /** Everything else the write-backs set on an invoice. */
  shown: Map<string, InvoiceChange>;
  orders: Map<string, InvoiceOrder>;
  payments: Map<string, PaymentRecord>;
  refunds: Map<string, RefundRecord>;
  disputes: Map<string, DisputeRecord>;
  creditMemos: Map<string, CreditMemoRecord>;
  /** Stripe id of a refund, dispute or credit note -> its invoice. */
  moneyOf: Map<string, string>;
  payouts: Map<string, PayoutRecord & { lines: Map<string, BalanceRow> }>;
  issues: Map<string, SyncIssueWrite>;
  operations: Map<string, OperationWrite & { invoiceId: string | null; operationId: string; requestedAt: string }>;
  syncRuns: Map<string, SyncRunWrite>;
  /** How far the company's page says that each system is known. */
  freshness: Pick<FreshnessWrite, 'stripeReadTo' | 'quickbooksReadTo'>;
  /** What it says is used of what the systems allow. */
  budgets: CompanyBudgets | null;
  events: NonNullable<WriteBack['event']>[];
}

/** Who is left of an account that was merged. */
export const leftOf = (org: MemoryOrg, accountId: string): string => org.mergedInto.get(accountId)?.id ?? accountId;

/** Links as they are read: each with the id of its row, and of the account that is left. */
export const linksOf = (org: MemoryOrg): Link[] =>
  [...org.links].map(([linkId, link]) => ({ linkId, ...link, recordId: leftOf(org, link.recordId) }));

export const reviewsOf = (org: MemoryOrg): MatchReview[] =>
  [...org.reviews.values()].map((review) => ({ ...review, recordId: leftOf(org, review.recordId) }));

/** The org knows products by the lines that sell them. */
export const productOf = (org: MemoryOrg, productId: string): SourceLine | undefined =>
  [...org.sources.values()].flatMap(({ lines }) => lines).find((line) => line.productId === productId);

import type { Company } from './company.ts';
import type { InvoiceStatus } from './invoice-status.ts';
import type { PostalAddress } from './postal-address.ts';
import type { ItemReview } from './item-review.ts';
import type { Link } from './link.ts';
import type { MatchReview } from './match-review.ts';

export type { PostalAddress } from './postal-address.ts';

export type SourceType = 'Opportunity' | 'Order' | 'Quote' | 'Account';

export interface BillAccount {
  id: string;
  name: string;
  currency: string | null;
  phone: string | null;
  address: PostalAddress | null;
}

export interface BillContact {
  id: string;
  accountId: string;
  name: string;
  email: string | null;
}

/** A line of the Opportunity, Order or Quote as sold. Quantity and prices are plain decimal strings. */
export interface SourceLine {
  id: string;
  productId: string | null;
  productName: string;
  /** Product2.ProductCode. */
  productCode: string | null;
  description: string | null;
  quantity: string;
  /** Per unit before the discount. */
  unitPrice: string;
  /** Percent folded into the unit price; null when none. */
  discountPercent: string | null;
  serviceDate: string | null;
  sortOrder: number;
}

/** An invoice line issued earlier for this source, whatever became of its invoice. */
export interface EarlierLine {
  lineKey: string;
  sourceLineId: string | null;
  productId: string | null;
  quantity: string;
  invoiceId: string;
  invoiceNumber: string | null;
  invoiceStatus: InvoiceStatus;
}

/** What the calling user may do, as the org says. */
export interface Rights {
  canRead: boolean;
  canEdit: boolean;
  issueInvoice: boolean;
  voidInvoice: boolean;
  editPrice: boolean;
  runSync: boolean;
}

/** Everything preview and issue need of Salesforce, from one composite call. */
export interface SourceRead {
  org: { id: string; multiCurrency: boolean; currency: string };
  company: Company;
  source: {
    id: string;
    type: SourceType;
    name: string;
    currency: string;
    accountId: string;
    contactId: string | null;
    opportunityId: string | null;
    ownerId: string;
    poNumber: string | null;
  };
  /** The source's account first, then others the invoice may be billed to (parent). */
  accounts: BillAccount[];
  contacts: BillContact[];
  lines: SourceLine[];
  earlierLines: EarlierLine[];
  /** Links of the accounts and of the lines' products; of the accounts the broken ones too. */
  links: Link[];
  /** What was or is asked of people about the accounts. */
  reviews: MatchReview[];
  /** The same about the lines' products. */
  itemReviews: ItemReview[];
  rights: Rights;
}

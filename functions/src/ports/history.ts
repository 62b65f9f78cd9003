import type { LoadObject } from '../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../domain/first-load/past.ts';
import type { Outcome } from '../domain/outcome.ts';

/** Which records: created before the load began, and documents from a day on. */
export interface PastRange {
  /** ISO instant. */
  upTo: string;
  /** `YYYY-MM-DD`; null: all. */
  since: string | null;
}

export interface PastPage<T> {
  records: T[];
  /** Records that make no sense to us, and why. */
  unreadable: { id: string; why: string }[];
  /** Null: that was the last one. */
  next: string | null;
}

export interface PageAsk extends PastRange {
  /** `next` of the page before; null: from the beginning. */
  cursor: string | null;
}

/** What one outside system holds from before Trueup came. One call a page; whatever happens meanwhile, no record is listed twice. */
export interface History {
  /** How many there are; `estimated` where the system does not say. */
  count(object: LoadObject, range: PastRange): Promise<Outcome<{ records: number; estimated: boolean }>>;
  listCustomers(page: PageAsk): Promise<Outcome<PastPage<PastCustomer>>>;
  listInvoices(page: PageAsk): Promise<Outcome<PastPage<PastInvoice>>>;
  listPayments(page: PageAsk): Promise<Outcome<PastPage<PastPayment>>>;
}

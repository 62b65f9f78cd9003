import type { LoadObject } from '../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../domain/first-load/past.ts';
import type { Outcome } from '../domain/outcome.ts';

/** Which records: customers whatever their age, and documents from a day on. Up to when is not asked: their clock is not ours. */
export interface PastRange {
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

/** What one outside system holds from before Trueup came. One call a page; whatever comes or goes meanwhile, no record is listed twice and none that stays is left out. */
export interface History {
  /** How many there are; `estimated` where the system does not say. */
  count(object: LoadObject, range: PastRange): Promise<Outcome<{ records: number; estimated: boolean }>>;
  listCustomers(page: PageAsk): Promise<Outcome<PastPage<PastCustomer>>>;
  listInvoices(page: PageAsk): Promise<Outcome<PastPage<PastInvoice>>>;
  listPayments(page: PageAsk): Promise<Outcome<PastPage<PastPayment>>>;
}

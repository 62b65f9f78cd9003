import type { Load, LoadSystem } from '../domain/first-load/load.ts';
import type { PastCustomer } from '../domain/first-load/past.ts';

/** What becomes of an outside customer, and so of its documents. `read`: not matched yet. */
export type CustomerStanding = 'read' | 'linked' | 'waiting' | 'refused';

export interface LoadedCustomer {
  system: LoadSystem;
  customer: PastCustomer;
  standing: CustomerStanding;
  accountId: string | null;
}

export interface CustomerChange {
  system: LoadSystem;
  id: string;
  standing: CustomerStanding;
  accountId: string | null;
}

/** Of a Stripe payment, what pays which invoice: told by the invoice, needed when the payment is read. */
export interface PaidPart {
  paymentId: string;
  invoiceId: string;
  amount: number;
}

/** What is learned together with a step forward. */
export interface Learned {
  customers?: LoadedCustomer[];
  changes?: CustomerChange[];
  parts?: PaidPart[];
}

/** First loads, each with its position: shared by all processes, and the only memory a load has. */
export interface Loads {
  /** Begins a load; while one of the company is not over, that one is the answer and nothing begins. What older loads learned is dropped. */
  open(load: Load): Promise<Load>;
  read(key: string): Promise<Load | null>;
  /** The newest of the company. */
  latest(companyKey: string): Promise<Load | null>;
  /** Those that run, or rest and go on by themselves, of whatever company. */
  running(): Promise<Load[]>;
  /** All or nothing, and counts the version up; what was learned is dropped once the load is over. Null when another process has saved since it was read. */
  save(load: Load, learned?: Learned): Promise<Load | null>;
  /** What becomes of these customers; none where it is not known. */
  customersOf(
    key: string,
    system: LoadSystem,
    ids: readonly string[],
  ): Promise<Map<string, Pick<CustomerChange, 'standing' | 'accountId'>>>;
  /** All that were read, in order of their ids. */
  listCustomers(key: string, system: LoadSystem, page: { after: string | null; limit: number }): Promise<LoadedCustomer[]>;
  partsOf(key: string, paymentIds: readonly string[]): Promise<PaidPart[]>;
}

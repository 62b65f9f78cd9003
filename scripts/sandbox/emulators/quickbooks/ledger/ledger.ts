import type { Store } from '../../core/store.ts';
import { scan } from '../scan.ts';

/** What reports filter and split by: ids of a customer, a class, a location. */
export interface Dimensions {
  customer?: string;
  class?: string;
  department?: string;
}

/** One side of an entry: debits are positive. */
export interface Posting {
  account: string;
  /** Hundredths of the entry's currency. */
  amount: number;
  /** Hundredths of the home currency. */
  home: number;
  /** On receivable accounts: whose debt it is. */
  customer?: string;
  /** Where they differ from the entry's. */
  dimensions?: Dimensions;
}

/** What one transaction means for the accounts; changing the transaction replaces it. */
export interface LedgerEntry {
  /** `<type>:<transaction id>` */
  id: string;
  type: string;
  txnId: string;
  date: string;
  number: string | null;
  currency: string;
  /** Customer or vendor shown in registers. */
  who: string | null;
  memo: string | null;
  dimensions?: Dimensions;
  postings: Posting[];
}

/** A running balance; `own` counts the account's own currency. */
export interface Balance {
  id: string;
  own: number;
  home: number;
}

/** What a customer owes in one currency. */
export interface Receivable {
  id: string;
  customer: string;
  currency: string;
  amount: number;
  home: number;
}

export interface Ledger {
  /** Replaces the transaction's entry. Throws when it does not balance: that is a bug of the stand-in. */
  post(entry: LedgerEntry): void;
  remove(id: string): void;
  entry(id: string): LedgerEntry | undefined;
  balance(account: string): Balance;
  receivable(customer: string, currency: string): Receivable;
  receivables(): Receivable[];
  /** Every account with a balance, in hundredths of the home currency. The sum is zero. */
  trialBalance(): Balance[];
  /** Every entry, in order of first posting. */
  entries(): Iterable<LedgerEntry>;
  /** The entries that touch an account, latest date first. */
  register(account: string): LedgerEntry[];
}

/** Opens the double-entry ledger. `currencyOf` tells the currency an account is kept in. */
export function openLedger(store: Store, currencyOf: (account: string) => string): Ledger {
  const entries = store.collection<LedgerEntry>('qbo_ledger');
  const balances = store.collection<Balance>('qbo_balances');
  const receivables = store.collection<Receivable>('qbo_receivables', { indexes: ['customer'] });

  const balance = (account: string): Balance => balances.get(account) ?? { id: account, own: 0, home: 0 };
  const receivable = (customer: string, currency: string): Receivable => {
    const id = `${customer}:${currency}`;
    return receivables.get(id) ?? { id, customer, currency, amount: 0, home: 0 };
  };

  const apply = (entry: LedgerEntry, sign: 1 | -1) => {
    for (const { account, amount, home, customer } of entry.postings) {
      const held = balance(account);
      const own = held.own + sign * (currencyOf(account) === entry.currency ? amount : home);
      balances.put({ ...held, own, home: held.home + sign * home });
      if (customer === undefined) continue;
      const owed = receivable(customer, entry.currency);
      receivables.put({ ...owed, amount: owed.amount + sign * amount, home: owed.home + sign * home });
    }
  };

  return {
    post(entry) {
      const home = entry.postings.reduce((sum, posting) => sum + posting.home, 0);
      if (home !== 0) throw new Error(`${entry.id} does not balance: ${home} hundredths of the home currency are left over.`);
      const before = entries.get(entry.id);
      if (before) apply(before, -1);
      apply(entry, 1);
      entries.put(entry);
    },
    remove(id) {
      const before = entries.get(id);
      if (!before) return;
      apply(before, -1);
      entries.delete(id);
    },
    entry: (id) => entries.get(id),
    balance,
    receivable,
    receivables: () => receivables.all(),
    trialBalance: () => balances.all().filter((held) => held.home !== 0 || held.own !== 0),
    entries: () => scan(entries),
    register: (account) =>
      [...scan(entries)]
        .filter((entry) => entry.postings.some((posting) => posting.account === account))
        .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)),
  };
}

/** Puts what rounding left over on the posting at `index`, so that the home side balances. */
export function balanced(postings: Posting[], index = 0): Posting[] {
  const rest = postings.reduce((sum, posting) => sum + posting.home, 0);
  return postings.map((posting, position) => (position === index ? { ...posting, home: posting.home - rest } : posting));
}

import { type HeldInvoice, isSettled, type MirrorAllocation, settledOf } from './mirror.ts';
import type { LoadSystem } from './load.ts';
import type { PastPayment } from './past.ts';

/** What of which invoice a payment pays, by the ids of their own system. */
export type Pays = readonly { invoiceId: string; amount: number }[];

/** A payment as it counts: what it pays, and the Salesforce ids of invoices that it is held to pay although it no longer does. */
export interface Counting {
  key: string;
  pays: Pays;
  heldOf: readonly string[];
}

/** What of loaded invoices is settled, and by what: never more by payments than their own system says. */
export class Settling {
  readonly #invoices: Map<string, HeldInvoice>;
  readonly #byId: Map<string, HeldInvoice>;
  /** By invoice, then payment key; amounts as they are to be. */
  readonly #amounts = new Map<string, Map<string, number>>();
  /** Payments that a copy was found of. */
  readonly #copied = new Set<string>();
  readonly #touched = new Set<HeldInvoice>();

  constructor(system: LoadSystem, invoices: readonly HeldInvoice[]) {
    const idOf = (each: HeldInvoice) => (system === 'stripe' ? each.stripeInvoiceId : each.quickbooksInvoiceId);
    this.#invoices = new Map(invoices.flatMap((each) => (idOf(each) === null ? [] : [[idOf(each) ?? '', each] as const])));
    this.#byId = new Map(invoices.map((each) => [each.id, each]));
    for (const { id, allocations } of invoices) {
      for (const { paymentKey, copiedAs } of allocations) if (paymentKey !== null && copiedAs !== null) this.#copied.add(paymentKey);
      this.#amounts.set(
        id,
        new Map(allocations.flatMap(({ paymentKey, amount }) => (paymentKey === null ? [] : [[paymentKey, amount] as const]))),
      );
    }
  }

  /** Trueup made it: nothing is counted against it here. */
  isIssued(invoiceId: string): boolean {
    return this.#invoices.get(invoiceId)?.loadedFrom === null;
  }

  /** The Stripe payment that this entry of the accountant's is a copy of: of the same invoice, and equal to the minor unit. Each once, over all loads. */
  findCopied(past: PastPayment, pays: Pays): string | null {
    const [only, more] = pays;
    const invoice = only && !more ? this.#invoices.get(only.invoiceId) : undefined;
    if (past.system !== 'quickbooks' || !only || invoice?.loadedFrom !== 'Stripe and QuickBooks' || past.amount !== only.amount)
      return null;
    for (const [key, amount] of this.#amounts.get(invoice.id) ?? []) {
      const id = key.startsWith('stripe:') ? key.slice('stripe:'.length) : null;
      if (id === null || amount !== only.amount || this.#copied.has(key)) continue;
      this.#copied.add(key);
      return id;
    }
    return null;
  }

  /**
   * It counts already as it should, and each invoice that it pays is settled to the last minor unit: a load that was killed may have
   * counted the payment and not yet reduced what is settled by none.
   */
  isAllocated(counting: Counting): boolean {
    return this.#partsOf(counting).every(
      ({ invoice, amount }) =>
        this.#amountOf(invoice, counting.key) === Math.min(amount, this.#free(invoice, counting.key)) && isSettled(invoice),
    );
  }

  /** Frees what the payment no longer pays: before any other of the part is counted in its place. */
  release(counting: Counting): void {
    for (const { invoice, amount } of this.#partsOf(counting))
      this.#amounts.get(invoice.id)?.set(counting.key, Math.min(amount, this.#amountOf(invoice, counting.key)));
  }

  settle(paymentId: string, counting: Counting): MirrorAllocation[] {
    return this.#partsOf(counting).map(({ invoice, amount }) => {
      const counts = Math.min(amount, this.#free(invoice, counting.key));
      this.#amounts.get(invoice.id)?.set(counting.key, counts);
      this.#touched.add(invoice);
      return { invoiceId: invoice.id, payment: { id: paymentId, key: counting.key }, amount: counts, currency: invoice.currency };
    });
  }

  /** Salesforce refused it: what was held before counts on. */
  takeBack({ invoiceId, payment }: MirrorAllocation): void {
    const held = this.#byId.get(invoiceId)?.allocations.find(({ paymentKey }) => paymentKey === payment?.key);
    if (payment) this.#amounts.get(invoiceId)?.set(payment.key, held?.amount ?? 0);
  }

  /** What is left of the settled amounts of invoices whose payments changed; below zero where payments are held that are no more. */
  rests(): MirrorAllocation[] {
    return [...this.#touched].flatMap((invoice) => {
      const rest = settledOf(invoice) - this.#others(invoice, null);
      const before = invoice.allocations.find(({ paymentKey }) => paymentKey === null)?.amount ?? 0;
      return rest === before ? [] : [{ invoiceId: invoice.id, payment: null, amount: rest, currency: invoice.currency }];
    });
  }

  /** Loaded invoices that it is to count against, those it no longer pays with nothing. */
  #partsOf({ pays, heldOf }: Counting): { invoice: HeldInvoice; amount: number }[] {
    const parts = new Map<HeldInvoice, number>();
    for (const { invoiceId, amount } of pays) {
      const invoice = this.#invoices.get(invoiceId);
      if (invoice) parts.set(invoice, amount);
    }
    for (const id of heldOf) {
      const invoice = this.#byId.get(id);
      if (invoice && !parts.has(invoice)) parts.set(invoice, 0);
    }
    return [...parts].flatMap(([invoice, amount]) => (invoice.loadedFrom === null ? [] : [{ invoice, amount }]));
  }

  #amountOf({ id }: HeldInvoice, key: string): number {
    return this.#amounts.get(id)?.get(key) ?? 0;
  }

  #free(invoice: HeldInvoice, key: string): number {
    return Math.max(0, settledOf(invoice) - this.#others(invoice, key));
  }

  /** What of it is settled by other payments than this. */
  #others({ id }: HeldInvoice, key: string | null): number {
    let others = 0;
    for (const [each, amount] of this.#amounts.get(id) ?? []) if (each !== key) others += amount;
    return others;
  }
}

import { type HeldInvoice, settledOf } from './mirror.ts';
import type { LoadSystem } from './load.ts';
import type { PastPayment } from './past.ts';

interface Allocation {
  invoiceId: string;
  payment: { id: string; key: string } | null;
  amount: number;
  currency: string;
}

type Pays = readonly { invoiceId: string; amount: number }[];

/** What of loaded invoices is settled, and by what: never more than their own system says. */
export class Settling {
  readonly #invoices: Map<string, HeldInvoice>;
  /** By invoice, then payment key; amounts as they are to be. */
  readonly #amounts = new Map<string, Map<string, number>>();
  /** Payments that a copy was found of. */
  readonly #copied = new Set<string>();
  readonly #touched = new Set<string>();

  constructor(system: LoadSystem, invoices: readonly HeldInvoice[]) {
    const idOf = (each: HeldInvoice) => (system === 'stripe' ? each.stripeInvoiceId : each.quickbooksInvoiceId) ?? '';
    this.#invoices = new Map(invoices.map((each) => [idOf(each), each]));
    for (const { id, allocations } of invoices)
      this.#amounts.set(
        id,
        new Map(allocations.flatMap(({ paymentKey, amount }) => (paymentKey === null ? [] : [[paymentKey, amount] as const]))),
      );
  }

  /** Trueup made it: nothing is counted against it here. */
  isIssued(invoiceId: string): boolean {
    return this.#invoices.get(invoiceId)?.loadedFrom === null;
  }

  /** The Stripe payment that this entry of the accountant's is a copy of: of the same invoice, and equal to the minor unit. Each once. */
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

  /** It counts already as it should against each loaded invoice that it pays. */
  isAllocated(key: string, pays: Pays): boolean {
    return pays.every(({ invoiceId, amount }) => {
      const invoice = this.#loaded(invoiceId);
      if (!invoice) return true;
      const held = this.#amounts.get(invoice.id)?.get(key) ?? 0;
      return held === Math.min(amount, this.#free(invoice, key));
    });
  }

  settle(payment: { id: string; key: string }, pays: Pays): Allocation[] {
    const allocations: Allocation[] = [];
    for (const { invoiceId, amount } of pays) {
      const invoice = this.#loaded(invoiceId);
      if (!invoice) continue;
      const counts = Math.min(amount, this.#free(invoice, payment.key));
      this.#amounts.get(invoice.id)?.set(payment.key, counts);
      this.#touched.add(invoiceId);
      allocations.push({ invoiceId: invoice.id, payment, amount: counts, currency: invoice.currency });
    }
    return allocations;
  }

  /** What is left of the settled amounts of invoices whose payments changed. */
  rests(): Allocation[] {
    return [...this.#touched].flatMap((invoiceId) => {
      const invoice = this.#invoices.get(invoiceId);
      if (!invoice) return [];
      const rest = this.#free(invoice, null);
      const before = invoice.allocations.find(({ paymentKey }) => paymentKey === null)?.amount ?? 0;
      return rest === before ? [] : [{ invoiceId: invoice.id, payment: null, amount: rest, currency: invoice.currency }];
    });
  }

  #loaded(invoiceId: string): HeldInvoice | null {
    const invoice = this.#invoices.get(invoiceId);
    return invoice && invoice.loadedFrom !== null ? invoice : null;
  }

  /** What of it is settled by others than this payment. */
  #free(invoice: HeldInvoice, key: string | null): number {
    let others = 0;
    for (const [each, amount] of this.#amounts.get(invoice.id) ?? []) if (each !== key) others += amount;
    return Math.max(0, settledOf(invoice) - others);
  }
}

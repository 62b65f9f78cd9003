import type { System } from './problem.ts';

/** `trueup`: the functions' own bookkeeping, such as the number they give and what they remember of the other systems. */
export type Owner = System | 'trueup';

/** Who owns which fact (docs: "Who owns which fact"). Only the owner's copy is true; the others receive it. */
export const OWNERSHIP = {
  'bill-to': 'salesforce', // who is billed: name, address, e-mail
  document: 'salesforce', // what is billed: lines, prices, dates, terms, currency, memo
  catalogue: 'salesforce', // what a product is called, in a Stripe product made for it
  number: 'trueup', // given per company, written to all three
  tax: 'trueup', // computed once by the engine the company chose, explicit everywhere else
  'stripe-money': 'stripe', // card, ACH and wallet payments, refunds, disputes, payouts, fees
  'ledger-money': 'quickbooks', // cheques, wires, cash: what the accountant books
  'ledger-setup': 'quickbooks', // accounts, items, classes, tax codes, closing date
  settlement: 'trueup', // status, derived from allocations
  remembrance: 'trueup', // ids, links, URLs, as-of times, problems, revision
} as const satisfies Record<string, Owner>;

export type Fact = keyof typeof OWNERSHIP;

/** Throws when a write would put a fact into the system that owns it: nobody writes what another one owns. */
export function assertMayWrite(to: System, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (OWNERSHIP[fact] === to) throw new Error(`${to} owns "${fact}": it may be read there, never written.`);
  }
}

/** Which fact each field is that the functions write to an invoice in Salesforce. */
const INVOICE_FIELD: Record<string, Fact> = {
  status: 'settlement',
  voidedAt: 'settlement',
  voidReason: 'settlement',
  sentAt: 'settlement',
  number: 'number',
  lineTaxes: 'tax',
  stripeInvoiceId: 'remembrance',
  quickbooksInvoiceId: 'remembrance',
  quickbooksSyncToken: 'remembrance',
  payLink: 'remembrance',
  pdfLink: 'remembrance',
  stripeUrl: 'remembrance',
  quickbooksUrl: 'remembrance',
  stripeAsOf: 'remembrance',
  quickbooksAsOf: 'remembrance',
  problem: 'remembrance',
  revision: 'remembrance',
  accountId: 'bill-to',
  contactId: 'bill-to',
  billToName: 'bill-to',
  billToEmail: 'bill-to',
  invoiceDate: 'document',
  dueDate: 'document',
  terms: 'document',
  currency: 'document',
  lines: 'document',
  memo: 'document',
  poNumber: 'document',
};

/** Throws when a write-back names a field of the invoice that Salesforce owns, or one nobody has placed in the table. */
export function assertInvoiceFields(fields: readonly string[]): void {
  assertMayWrite(
    'salesforce',
    fields.map((field) => {
      const fact = INVOICE_FIELD[field];
      if (!fact) throw new Error(`"${field}" has no owner in the ownership table.`);
      return fact;
    }),
  );
}

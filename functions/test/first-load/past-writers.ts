import type Stripe from 'stripe';
import { payInvoice, type startQuickbooks, type startStripe } from '../../../scripts/sandbox/index.ts';
import { createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { Secret } from '../../src/platform/secret.ts';

interface OutsideSystems {
  quickbooks: Awaited<ReturnType<typeof startQuickbooks>>;
  stripe: Awaited<ReturnType<typeof startStripe>>;
}

export interface StripeHow {
  number: string;
  then: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
}

/** People who wrote to both systems before Trueup came. */
export interface PastWriters {
  quickbooks: {
    create(entity: string, body: object): Promise<string>;
    /** Of an invoice with one line, as the accountant changes it. */
    changeInvoice(number: string, change: { DueDate: string; amount: number }): Promise<void>;
  };
  stripe: {
    customer(name: string, email: string): Promise<string>;
    invoice(customer: string, amount: number, how: StripeHow): Promise<string>;
    /** By card, as the customer does on the invoice's page. */
    pay(invoiceId: string): Promise<void>;
  };
}

export function writersOf({ quickbooks, stripe }: OutsideSystems): PastWriters {
  const sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const post = async (entity: string, body: object): Promise<Record<string, { Id: string }>> => {
    const url = `${quickbooks.baseUrl}/v3/company/${quickbooks.realmId}/${entity.toLowerCase()}?minorversion=75`;
    const headers = { authorization: `Bearer ${quickbooks.accessToken}`, 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${entity}: ${String(answer.status)} ${text}`);
    return JSON.parse(text) as Record<string, { Id: string }>;
  };
  const pay = (invoiceId: string): void => {
    const invoice = stripe.engine.db.invoices.get(invoiceId);
    if (invoice) payInvoice(stripe.engine, invoice, { method: 'card', number: '4242424242424242' });
  };
  return {
    quickbooks: {
      async create(entity, body) {
        const answer = await post(entity, body);
        return answer[entity]?.Id ?? '';
      },
      async changeInvoice(number, { DueDate, amount }) {
        const [row] = quickbooks.engine.books.rows('Invoice').where({ number });
        if (!row) throw new Error(`There is no invoice ${number}.`);
        const { Id, SyncToken, Line } = row.body as unknown as {
          Id: string;
          SyncToken: string;
          Line: { Id?: string; DetailType: string }[];
        };
        const lines = Line.filter((line) => line.DetailType === 'SalesItemLineDetail').map((line) => ({ ...line, Amount: amount }));
        await post('Invoice', { Id, SyncToken, sparse: true, DueDate, Line: lines });
      },
    },
    stripe: {
      customer: async (name, email) => (await sdk.customers.create({ name, email })).id,
      async invoice(customer, amount, { number, then }) {
        const draft = await sdk.invoices.create({
          ...{ customer, currency: 'usd', collection_method: 'send_invoice', days_until_due: 30, auto_advance: false, number },
          automatic_tax: { enabled: false },
        });
        await sdk.invoices.addLines(draft.id, { lines: [{ amount, description: 'Work' }] } as Stripe.InvoiceAddLinesParams);
        if (then !== 'draft') await sdk.invoices.finalizeInvoice(draft.id);
        if (then === 'void') await sdk.invoices.voidInvoice(draft.id);
        if (then === 'uncollectible') await sdk.invoices.markUncollectible(draft.id);
        if (then === 'paid') pay(draft.id);
        return draft.id;
      },
      pay: async (invoiceId) => pay(invoiceId),
    },
  };
}

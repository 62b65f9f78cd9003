import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startStripe } from '../../../scripts/sandbox/index.ts';
import { createWorld } from '../../src/adapters/memory/world.ts';
import { createBalance } from '../../src/adapters/stripe/balance.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createPayments } from '../../src/adapters/stripe/payments.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { Balance } from '../../src/ports/balance.ts';
import type { DraftLine, Payments, StripeInvoice } from '../../src/ports/payments.ts';
import { must } from './must.ts';

// The balance port: the same suite for the fake and for Stripe's SDK against the stand-in. What customers and banks do differs.

interface Stage {
  balance: Balance;
  payments: Payments;
  customerId: string;
  /** The customer pays; answers with the payment's id. */
  pay(invoice: StripeInvoice, method?: 'card' | 'bank'): Promise<string>;
  refund(paymentId: string, amount: number): Promise<string>;
  failRefund(id: string): Promise<void>;
  dispute(paymentId: string, bank?: boolean): Promise<string>;
  close(disputeId: string, outcome: 'won' | 'lost'): Promise<void>;
  credit(invoice: StripeInvoice, amount: number): Promise<string>;
  voidCredit(id: string): Promise<void>;
  /** Lets days pass, until Stripe has paid out and the money has arrived; the payout's id. */
  payOut(): Promise<string>;
  failPayout(id: string): Promise<void>;
  stop(): Promise<void>;
}

async function stripeStage(): Promise<Stage> {
  const clock = createClock();
  const stripe = await startStripe({ clock, faults: createFaultPlan(1) });
  const sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const client = createStripeClient({ sdk, bucket: 'test', budgets: { take: async () => true }, metrics: createMetrics() });
  const dashboard = { base: 'https://dashboard.stripe.com', live: false };
  const payments = createPayments(client, dashboard);
  const control = async (path: string, body: object) => {
    const answer = await fetch(`${stripe.baseUrl}/__ctl/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const who = { accountId: '001000000000001AAA', companyKey: 'main', name: 'Harbor Foods', email: null, phone: null, address: null };
  const chargeOf = async (paymentId: string) => String((await sdk.paymentIntents.retrieve(paymentId)).latest_charge);
  return {
    balance: createBalance(client, dashboard),
    payments,
    customerId: must(await payments.createCustomer(who, 'customer')).id,
    async pay(invoice, method = 'card') {
      const how = method === 'card' ? { method, number: '4242424242424242' } : { method, account: '000123456789' };
      await fetch(`${invoice.hostedUrl?.split('?')[0]}/pay`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(how),
      });
      if (method === 'bank') await control('settle', {});
      return must(await payments.readInvoice(invoice.id))?.payments[0]?.id ?? '';
    },
    refund: async (payment_intent, amount) => (await sdk.refunds.create({ payment_intent, amount })).id,
    failRefund: async (refund) => void (await control('refund', { refund, status: 'failed', reason: 'lost_or_stolen_card' })),
    dispute: async (paymentId) => (await control('dispute', { charge: await chargeOf(paymentId) })).dispute ?? '',
    close: async (dispute, outcome) => void (await control('dispute/close', { dispute, outcome })),
    credit: async (invoice, amount) => (await sdk.creditNotes.create({ invoice: invoice.id, amount, memo: 'Late delivery' })).id,
    voidCredit: async (id) => void (await sdk.creditNotes.voidCreditNote(id)),
    async payOut() {
      for (let day = 0; day < 7; day += 1) await clock.advance(86_400_000);
      return (await sdk.payouts.list({ limit: 1, status: 'paid' })).data[0]?.id ?? '';
    },
    failPayout: async (payout) => void (await control('payout/fail', { payout })),
    async stop() {
      await stripe.stop();
      clock.stop();
    },
  };
}

async function memoryStage(): Promise<Stage> {
  const { balance, payments, clock } = createWorld();
  const held = (paymentId: string) =>
    [...payments.invoices.values()].flatMap((invoice) => invoice.payments).find((payment) => payment.id === paymentId)!;
  const methods = new Map<string, string>();
  return {
    balance,
    payments,
    customerId: 'cus_known',
    async pay({ id }, method = 'card') {
      const payment = payments.pay(id);
      methods.set(payment.id, method === 'card' ? 'card' : 'us_bank_account');
      balance.charge(payment, 321);
      return payment.id;
    },
    refund: async (paymentId, amount) => balance.refund(held(paymentId), amount).id,
    failRefund: async (id) => balance.failRefund(id),
    dispute: async (paymentId) => balance.dispute(held(paymentId), methods.get(paymentId)).id,
    close: async (id, outcome) => balance.closeDispute(id, outcome === 'won' ? 'Won' : 'Lost'),
    credit: async ({ id }, amount) => balance.creditNote(id, { amount, reason: 'Late delivery' }).id,
    voidCredit: async (id) => balance.voidCreditNote(id),
    async payOut() {
      clock.advance(3 * 86_400_000);
      const { id } = balance.payOut('USD', new Date(clock.now()).toISOString().slice(0, 10));
      clock.advance(86_400_000);
      return balance.changePayout(id, { status: 'Paid' }).id;
    },
    failPayout: async (id) => balance.failPayout(id),
    stop: async () => undefined,
  };
}

describe.each([
  ['the fake', memoryStage],
  ['Stripe', stripeStage],
] as const)('the balance port on %s', (_name, start) => {
  let stage: Stage;
  let count = 0;
  beforeAll(async () => {
    stage = await start();
  });
  afterAll(() => stage?.stop());

  const everything = async () => must(await stage.balance.listRows({ createdFrom: '2020-01-01T00:00:00Z', cursor: null })).rows;
  const total = async () => must(await stage.balance.readTotals()).find(({ currency }) => currency === 'USD')?.amount ?? 0;
  async function issued(...amounts: number[]): Promise<StripeInvoice> {
    const invoiceId = `a0100000000${String(1000 + (count += 1))}AAA`;
    const { payments, customerId } = stage;
    const draft = must(
      await payments.createDraft(
        {
          invoiceId,
          operationKey: invoiceId,
          companyKey: 'main',
          accountId: '001000000000001AAA',
          customerId,
          currency: 'USD',
          number: `RR-${String(count).padStart(6, '0')}`,
          invoiceDate: '2026-11-24',
          dueDate: '2036-11-24',
          timeZone: 'America/New_York',
          memo: null,
          poNumber: null,
          automaticTax: false,
        },
        `draft-${invoiceId}`,
      ),
    );
    const lines = amounts.map((amount, index): DraftLine => ({
      lineKey: `${invoiceId}-${index}`,
      description: 'Thermal sensor',
      amount,
      tax: 0,
      quantity: null,
      unitPrice: null,
      serviceDate: null,
      stripeProductId: null,
    }));
    const body = { stripeInvoiceId: draft.id, currency: 'USD', automaticTax: false, lines };
    must(await payments.addLines(body, `lines-${invoiceId}`));
    return must(await payments.finalize({ stripeInvoiceId: draft.id }, `final-${invoiceId}`));
  }

  it('shows a payment as a row, gross, with its fee apart', async () => {
    const paymentId = await stage.pay(await issued(10_000));
    const [row] = await everything();
    expect(row).toMatchObject({ category: 'charge', amount: 10_000, fee: expect.any(Number), currency: 'USD', paymentId });
    expect(row?.net).toBe(10_000 - (row?.fee ?? 0));
    expect(await total()).toBe(row?.net);
    expect(must(await stage.balance.listRefunds(paymentId))).toEqual([]);
    expect(must(await stage.balance.listDisputes(paymentId))).toEqual([]);
  });

  it('tells of a refund, and of its failure, with the rows of both', async () => {
    const paymentId = await stage.pay(await issued(10_000));
    const before = await total();
    const id = await stage.refund(paymentId, 4_000);
    const [sent] = must(await stage.balance.listRefunds(paymentId));
    expect(sent).toMatchObject({
      id,
      paymentId,
      amount: 4_000,
      status: 'Succeeded',
      row: { category: 'refund', amount: -4_000, fee: 0, paymentId },
      failureRow: null,
    });
    expect(await total()).toBe(before - 4_000);
    expect(must(await stage.payments.findInvoicesOf({ type: 'refund', id }))).toHaveLength(1);
    await stage.failRefund(id);
    const [back] = must(await stage.balance.listRefunds(paymentId));
    expect(back).toMatchObject({
      status: 'Failed',
      failureReason: expect.any(String),
      failureRow: { category: 'refund_failure', amount: 4_000, paymentId },
    });
    expect((await everything()).map(({ id: row }) => row)).toContain(back?.failureRow?.id);
    expect(await total()).toBe(before);
  });

  it('tells of disputes that are won and lost, and of a bank debit that is returned', async () => {
    const [first, second, debit] = [
      await stage.pay(await issued(5_000)),
      await stage.pay(await issued(6_000)),
      await stage.pay(await issued(7_000), 'bank'),
    ];
    const won = await stage.dispute(first);
    expect(must(await stage.balance.listDisputes(first))).toMatchObject([
      {
        id: won,
        paymentId: first,
        status: 'Needs Response',
        method: 'card',
        closedAt: null,
        rows: [{ category: 'dispute', amount: -5_000, fee: 1_500 }],
      },
    ]);
    expect(must(await stage.payments.findInvoicesOf({ type: 'dispute', id: won }))).toHaveLength(1);
    await stage.close(won, 'won');
    expect(must(await stage.balance.listDisputes(first))[0]).toMatchObject({
      status: 'Won',
      rows: [{}, { category: 'dispute_reversal', amount: 5_000 }],
    });
    await stage.close(await stage.dispute(second), 'lost');
    expect(must(await stage.balance.listDisputes(second))[0]).toMatchObject({
      status: 'Lost',
      closedAt: expect.stringMatching(/^\d{4}-/),
      rows: [{ amount: -6_000 }],
    });
    await stage.dispute(debit);
    expect(must(await stage.balance.listDisputes(debit))[0]).toMatchObject({
      status: 'Lost',
      method: 'us_bank_account',
      rows: [{ amount: -7_000 }],
    });
  });

  it('tells of credit notes before and after payment, and of voided ones', async () => {
    const invoice = await issued(10_000, 2_000);
    const id = await stage.credit(invoice, 1_500);
    expect(must(await stage.balance.listCreditNotes(invoice.id))).toMatchObject([
      {
        id,
        stripeInvoiceId: invoice.id,
        amount: 1_500,
        prePayment: 1_500,
        postPayment: 0,
        outOfBand: 0,
        status: 'issued',
        reason: 'Late delivery',
        refunds: [],
        lines: [],
      },
    ]);
    expect(must(await stage.payments.readInvoice(invoice.id))).toMatchObject({ credited: 1_500, amountRemaining: 10_500 });
    expect(must(await stage.payments.findInvoicesOf({ type: 'credit_note', id }))).toEqual([
      { stripeInvoiceId: invoice.id, invoiceId: invoice.invoiceId },
    ]);
    expect(invoice.invoiceId, 'our mark').not.toBeNull();
    await stage.voidCredit(id);
    expect(must(await stage.balance.listCreditNotes(invoice.id))).toMatchObject([{ status: 'void' }]);
    expect(must(await stage.payments.readInvoice(invoice.id))).toMatchObject({ credited: 0, amountRemaining: 12_000 });
  });

  it('itemises a payout to its exact amount, and tells when the bank sends it back', async () => {
    await stage.pay(await issued(8_000));
    const id = await stage.payOut();
    const payout = must(await stage.balance.readPayout(id));
    expect(payout).toMatchObject({
      id,
      status: 'Paid',
      currency: 'USD',
      automatic: true,
      itemised: true,
      failureRow: null,
      arrivalDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect(payout?.row).toMatchObject({ category: 'payout', amount: -(payout?.amount ?? 0) });
    const { rows } = must(await stage.balance.listRowsOfPayout({ payoutId: id, cursor: null }));
    expect(rows.map((row) => row.category)).not.toContain('payout');
    expect(rows.reduce((all, row) => all + row.net, 0)).toBe(payout?.amount);
    expect(must(await stage.balance.listPayoutsUnderWay()).map((each) => each.id)).not.toContain(id);
    await stage.failPayout(id);
    expect(must(await stage.balance.readPayout(id))).toMatchObject({
      status: 'Failed',
      failureReason: expect.any(String),
      failureRow: { category: 'payout_reversal', amount: payout?.amount },
    });
    expect(must(await stage.balance.readPayout('po_of_nobody'))).toBeNull();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultPlan, type SandboxClock } from '../../../scripts/sandbox/index.ts';
import { createMoneyRecords } from '../../src/adapters/salesforce/money-records.ts';
import type { InvoiceOrder } from '../../src/domain/invoice.ts';
import type { SourceRead } from '../../src/domain/source.ts';
import type { Records, WriteBack } from '../../src/ports/records.ts';
import { must } from './must.ts';
import {
  type Org,
  type Seeded,
  asking as askingIn,
  callsOf as callsIn,
  client,
  openRecordsOrg,
  orderOf as orderIn,
  recordsOf,
  seed,
  soql,
  startRecordsOrg,
} from './records-org.ts';

// What the records port writes of an invoice, through jsforce and AppLink's SDK, against an org that holds the package, as the integration user.

const faults = createFaultPlan(1);
let org: Org;
let records: Records;
let ids: Seeded;
let clock: SandboxClock;
let stop: () => Promise<void>;

beforeAll(async () => ({ org, records, ids, clock, stop } = await openRecordsOrg({ faults })));
afterEach(() => faults.clear());
afterAll(() => stop());

const asking = (of = org, user: 'rep' | 'none' = 'rep') => askingIn(of, user);
const orderOf = (source: SourceRead, change: Partial<InvoiceOrder> = {}) => orderIn(org, ids, source, change);
const callsOf = (act: () => Promise<unknown>) => callsIn(org, act);
const readSource = async (sourceId: string): Promise<SourceRead> => must(await records.readSource({ sourceId, asking: asking() }));

describe('an intent', () => {
  it('is created whole in one call: invoice, lines and operation', async () => {
    const source = await readSource(ids.opportunity);
    const order = orderOf(source);
    let made: unknown;
    expect(await callsOf(async () => (made = must(await records.createIntent(order))))).toBe(1);
    const { invoiceId } = made as { invoiceId: string };
    const { invoice, rights } = must(await records.readInvoice({ invoiceId, asking: asking() }));
    expect(invoice).toMatchObject({
      intentKey: order.intentKey,
      operationKey: order.operationKey,
      status: 'Queued',
      number: null,
      currency: 'EUR',
      total: 3337,
      amountDue: 3337,
      accountId: ids.account,
    });
    expect(invoice.lines).toMatchObject([
      { lineKey: order.lines[0]?.lineKey, quantity: '0.3333333', unitPrice: '100.12345678', amount: 3337 },
    ]);
    expect(rights).toMatchObject({ canRead: true });
    const [row] = await soql<{ OwnerId: string; CurrencyIsoCode: string }>(
      org,
      `SELECT OwnerId, CurrencyIsoCode FROM Trueup_Invoice__c WHERE Id = '${invoiceId}'`,
    );
    expect(row).toMatchObject({ OwnerId: org.users.rep.id, CurrencyIsoCode: 'EUR' });
    expect((await readSource(ids.opportunity)).earlierLines.map((line) => line.lineKey)).toContain(order.lines[0]?.lineKey);
  });

  it('collides with another that holds one of its line keys, and nothing of it stays', async () => {
    const source = await readSource(ids.opportunity);
    const first = orderOf(source);
    const { invoiceId } = must(await records.createIntent(first)) as { invoiceId: string };
    const before = await soql(org, 'SELECT Id FROM Trueup_Invoice_Line__c');
    const second = orderOf(source, { intentKey: 'another-intent', lines: [{ ...orderOf(source).lines[0]! }, first.lines[0]!] });
    const answer = must(await records.createIntent(second));
    expect(answer).toMatchObject({ collision: true, invoices: [{ id: invoiceId, operationKey: first.operationKey }] });
    expect(await soql(org, 'SELECT Id FROM Trueup_Invoice_Line__c')).toHaveLength(before.length);
    expect(await soql(org, "SELECT Id FROM Trueup_Invoice__c WHERE Intent_Key__c = 'another-intent'")).toEqual([]);
  });

  it('whose answer is lost is unknown, and the same again collides with itself', async () => {
    const order = orderOf(await readSource(ids.opportunity));
    faults.add({ point: 'org.request', match: { path: '*/composite/graph' }, times: 1, fault: { kind: 'drop-answer' } });
    expect((await records.createIntent(order)).outcome).toBe('unknown-outcome');
    expect(must(await records.createIntent(order))).toMatchObject({ collision: true, invoices: [{ operationKey: order.operationKey }] });
  });
});

describe('a write-back', () => {
  async function written(change: Partial<WriteBack> = {}) {
    const { invoiceId } = must(await records.createIntent(orderOf(await readSource(ids.opportunity)))) as { invoiceId: string };
    const write: WriteBack = {
      companyKey: 'main',
      companyId: ids.company,
      quickbooksRealmId: '1',
      invoiceId,
      ownerId: org.users.rep.id,
      sourceId: ids.opportunity,
      accountId: ids.account,
      currency: 'EUR',
      invoice: {
        status: 'Open',
        number: `RR-${invoiceId.slice(-6)}`,
        stripeInvoiceId: `in_${invoiceId}`,
        quickbooksInvoiceId: invoiceId.slice(-6),
        quickbooksSyncToken: '0',
        payLink: 'https://pay.example',
        problem: null,
        revision: 1,
      },
      payments: [],
      operation: { key: `op.${invoiceId}`, kind: 'issue-invoice', state: 'done', step: 'written-back', problems: [] },
      event: { kind: 'issue-invoice', state: 'done', step: 'written-back' },
      ...change,
    };
    return { invoiceId, write, answer: await records.writeBack(write) };
  }

  it('shows refunds, disputes and credits beside their payment, and lists what is not final or not booked', async () => {
    const money = {
      amount: { minor: 1000, currency: 'EUR' },
      quickbooksId: '88',
      quickbooksUrl: 'https://q.example',
      stripeUrl: 'https://s.example',
    };
    const moneyRecords = createMoneyRecords(client(org), { companyKey: 'main', orgId: org.orgId });
    const { invoiceId, write, answer } = await written({
      payments: [
        {
          name: 'pi_money',
          sourceSystem: 'Stripe',
          status: 'Disputed',
          amount: { minor: 3000, currency: 'EUR' },
          method: 'card',
          receivedAt: new Date().toISOString(),
          stripePaymentId: 'pi_money',
          stripeChargeId: 'ch_money',
          quickbooksPaymentId: '78',
          stripeUrl: null,
          quickbooksUrl: null,
          booked: true,
          allocated: 3000,
        },
      ],
      refunds: [
        {
          ...money,
          stripeRefundId: 're_1',
          stripePaymentId: 'pi_money',
          status: 'Succeeded',
          reason: null,
          failureReason: null,
          refundedAt: '2026-11-24T15:00:00.000Z',
          booked: true,
        },
      ],
      disputes: [
        {
          ...money,
          stripeDisputeId: 'du_1',
          stripePaymentId: 'pi_money',
          kind: 'Dispute',
          status: 'Needs Response',
          reason: 'fraudulent',
          openedAt: '2026-11-24T15:00:00.000Z',
          respondBy: '2026-12-03T15:00:00.000Z',
          booked: true,
        },
      ],
      creditMemos: [
        {
          ...money,
          stripeCreditNoteId: 'cn_1',
          number: 'RR-1-CN-01',
          status: 'Applied',
          creditDate: '2026-11-24',
          reason: 'Late',
          applied: 337,
          booked: true,
        },
      ],
      issues: [
        { key: 're_1.failed', cause: 'Refund Failed', invoiceId: null, recordId: null, message: 'It came back.', fix: 'Pay again.' },
      ],
    });
    must(answer);
    must(await records.writeBack(write));
    const { invoice } = must(await records.readInvoice({ invoiceId, asking: null }));
    expect(invoice).toMatchObject({ paid: 3000, credited: 337, amountDue: 0 });
    expect(invoice.allocations).toContainEqual({ paymentKey: 'credit:cn_1', kind: 'Credit', amount: 337 });
    const [payment] = await soql<{ Trueup_Refunds__r: { totalSize: number }; Trueup_Disputes__r: { totalSize: number } }>(
      org,
      "SELECT (SELECT Id FROM Trueup_Refunds__r), (SELECT Id FROM Trueup_Disputes__r) FROM Trueup_Payment__c WHERE Stripe_Payment_Id__c = 'pi_money'",
    );
    expect([payment?.Trueup_Refunds__r.totalSize, payment?.Trueup_Disputes__r.totalSize]).toEqual([1, 1]);
    expect(
      await soql(org, "SELECT Id FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = 're_1.failed' AND Cause__c = 'Refund Failed'"),
    ).toHaveLength(1);
    expect(must(await moneyRecords.listUnsettledInvoices())).toEqual([invoiceId]);
    expect(must(await moneyRecords.listBookedPayments(['pi_money', 'pi_of_nobody']))).toEqual(['pi_money']);
    const disputes = (write.disputes ?? []).map((dispute) => ({ ...dispute, status: 'Won' as const }));
    must(await records.writeBack({ ...write, disputes }));
    expect(must(await moneyRecords.listUnsettledInvoices())).toEqual([]);
  });

  it('puts invoice, payment with allocation and operation into one call; the same again changes nothing', async () => {
    const { invoiceId, write, answer } = await written({
      payments: [
        {
          name: 'pi_1',
          sourceSystem: 'Stripe',
          status: 'Succeeded',
          amount: { minor: 3337, currency: 'EUR' },
          method: 'card',
          receivedAt: new Date().toISOString(),
          stripePaymentId: 'pi_1',
          stripeChargeId: 'ch_1',
          quickbooksPaymentId: '77',
          stripeUrl: 'https://s.example',
          quickbooksUrl: 'https://q.example',
          booked: true,
          allocated: 3337,
        },
      ],
    });
    must(answer);
    expect(await callsOf(async () => must(await records.writeBack(write)))).toBe(1);
    const { invoice } = must(await records.readInvoice({ invoiceId, asking: null }));
    expect(invoice).toMatchObject({
      status: 'Open',
      stripeInvoiceId: `in_${invoiceId}`,
      paid: 3337,
      amountDue: 0,
      revision: 1,
      allocations: [{ amount: 3337, kind: 'Payment' }],
    });
    expect(await soql(org, `SELECT Id FROM Trueup_Allocation__c WHERE Invoice__c = '${invoiceId}'`)).toHaveLength(1);
    expect(must(await records.findInvoice({ stripeInvoiceId: `in_${invoiceId}` }))).toEqual({ invoiceId });
    expect(must(await records.findInvoice({ stripeInvoiceId: `IN_${invoiceId}` }))).toBeNull();
    expect(must(await records.findInvoice({ quickbooksInvoiceId: invoiceId.slice(-6) }))).toEqual({ invoiceId });
    const [payment] = await soql<{ Id: string }>(org, "SELECT Id FROM Trueup_Payment__c WHERE Stripe_Payment_Id__c = 'pi_1'");
    const asked = [ids.opportunity, payment?.Id ?? '', ids.account, invoiceId];
    const synced = must(await records.findSynced(asked));
    expect(synced).toContainEqual({ recordId: invoiceId, kind: 'invoice', id: invoiceId });
    expect(synced).toContainEqual({ recordId: payment?.Id, kind: 'invoice', id: invoiceId });
    // Nobody is linked to the account yet, and an opportunity is a draft.
    expect(synced).toHaveLength(2);
  });

  it('all or none: one bad part keeps the rest out', async () => {
    const { invoiceId, answer } = await written({
      operation: { key: 'k'.repeat(300), kind: 'issue-invoice', state: 'done', step: null, problems: [] },
    });
    expect(answer.outcome).toBe('rejected');
    expect(must(await records.readInvoice({ invoiceId, asking: null })).invoice).toMatchObject({ status: 'Queued', number: null });
  });

  it('is shown in the pages of open invoices and of unfinished operations', async () => {
    const { invoiceId } = await written();
    const page = must(await records.listOpenInvoices({ cursor: null, paidSince: new Date(clock.now() + 3_600_000).toISOString() }));
    expect(page.invoices.map((each) => each.id)).toContain(invoiceId);
    expect(page.next).toBeNull();
    const unfinished = must(await records.listUnfinishedOperations(new Date(Date.now() + 60_000).toISOString()));
    expect(unfinished.every((each) => each.kind === 'issue-invoice' && each.state === 'accepted')).toBe(true);
    expect(unfinished.length).toBeGreaterThan(0);
    // The write's own operation is there too.
    expect(must(await records.listOperations(invoiceId))).toContainEqual(
      expect.objectContaining({
        kind: 'issue-invoice',
        requestedBy: expect.stringMatching(/\w/),
        requestedAt: expect.stringMatching(/Z$/),
        problem: null,
      }),
    );
  });
});

describe('when the org is difficult', () => {
  it('an ended session is renewed, unnoticed', async () => {
    org.expireSessions();
    const again = recordsOf(org);
    must(await again.readSource({ sourceId: ids.opportunity, asking: asking() }));
    faults.add({ point: 'org.request', match: { path: '*/composite' }, times: 1, fault: { kind: 'expire-token' } });
    must(await again.readSource({ sourceId: ids.opportunity, asking: asking() }));
  });

  it('a locked row passes by itself, a spent limit says so, a lost line is unavailable', async () => {
    const order = orderOf(await readSource(ids.opportunity));
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'lock-row' } });
    expect(await records.createIntent(order)).toMatchObject({ outcome: 'conflict', reason: 'locked' });
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'throttle' } });
    expect(await records.createIntent(order)).toMatchObject({ outcome: 'rate-limited' });
    faults.add({ point: 'org.request', times: 5, fault: { kind: 'drop-before' } });
    expect((await records.findInvoice({ stripeInvoiceId: 'in_x' })).outcome).toBe('unavailable');
  });

  it('a copy of the org cannot reach the books', async () => {
    const copy = recordsOf(org, '00D000000000009AAA');
    for (const ask of [() => copy.readSource({ sourceId: ids.opportunity, asking: asking() }), () => copy.readCompany({ asking: null })])
      expect(await ask()).toMatchObject({ outcome: 'rejected', problem: { code: 'wrong-org' } });
  });
});

describe('an org with one currency', () => {
  it('works without CurrencyIsoCode', async () => {
    const single = await startRecordsOrg({ clock, faults }, false);
    try {
      const there = await seed(single, {});
      const own = recordsOf(single);
      const source = must(await own.readSource({ sourceId: there.opportunity, asking: asking(single) }));
      expect(source).toMatchObject({ source: { currency: 'USD' }, org: { multiCurrency: false } });
      const order = {
        ...orderOf(source),
        companyId: there.company,
        accountId: there.account,
        contactId: there.contact,
        opportunityId: there.opportunity,
      };
      order.lines[0]!.productId = there.product;
      const { invoiceId } = must(await own.createIntent(order)) as { invoiceId: string };
      expect(must(await own.readInvoice({ invoiceId, asking: null })).invoice).toMatchObject({ currency: 'USD', total: 3337 });
    } finally {
      await single.stop();
    }
  });
});

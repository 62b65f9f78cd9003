import { beforeAll, expect, it } from 'vitest';
import { CARD, type Road, type Row } from '../road.ts';
import { until } from '../until.ts';

let road: Road;

const ask = async (method: string, params: object, as: 'rep' | 'admin' = 'rep') => {
  const { status, body } = await road.apex('TrueupTimelineController', method, params, as);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const texts = (timeline: Row, kind: string) => (timeline.entries as Row[]).filter((each) => each.kind === kind).map((each) => each.text);

/** The history of an invoice as people read it, and what they do about an operation that does not go its way. */
export function readHistory(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  it('tells who asked, each step, each call and each event; an event can be read again by an administrator', async () => {
    const invoice = await road.issued(120);
    await road.payOnPage(invoice.Pay_Link__c, CARD);
    await until(async () => (await road.invoice(invoice.Id)).Status__c === 'Paid', 10_000, 'the invoice is paid');
    const timeline = await ask('readTimeline', { invoiceId: invoice.Id });
    expect(texts(timeline, 'person')).toEqual(['Issue Invoice was asked for']);
    expect(texts(timeline, 'step')).toContain('Sent to the customer');
    expect(texts(timeline, 'event')).toContain('invoice.paid');
    const calls = (timeline.entries as Row[]).filter((each) => each.kind === 'call');
    expect(new Set(calls.map((each) => each.system))).toEqual(new Set(['stripe', 'quickbooks']));
    expect(calls.every((each) => each.state === 'done')).toBe(true);
    expect(timeline).toMatchObject({ canReplay: false, operations: [{ state: 'done', requestedBy: 'Rosa Reyes' }] });

    const paid = (timeline.entries as Row[]).find((each) => each.text === 'invoice.paid');
    expect(await ask('replayEvent', { provider: 'stripe', eventId: paid?.eventId }, 'admin')).toMatchObject({ outcome: 'done' });
    await road.settled();
    expect(road.books('Payment').filter((each) => each.TotalAmt === 120)).toHaveLength(1);
  });

  it('gives up an invoice that waits for Stripe: what QuickBooks has is voided, and its quantities are free', async () => {
    const deal = await road.deal({ price: 77 });
    const busy = road.sandbox.faults.add({
      point: 'stripe.request',
      match: { method: 'POST', path: '*/add_lines' },
      fault: { kind: 'throttle' },
    });
    const { draft } = await road.preview(deal);
    const { invoiceId, operationKey } = await road.call('issue-invoice', { sourceId: deal, draft, waitMs: 500 });
    await until(async () => (await ask('readTimeline', { invoiceId })).operations[0].canCancel, 10_000, 'the invoice waits');
    expect(await ask('cancelOperation', { invoiceId, operationKey })).toMatchObject({ outcome: 'accepted' });
    await until(async () => (await road.invoice(invoiceId)).Status__c === 'Rejected', 20_000, 'the invoice is given up');
    road.sandbox.faults.remove(busy);
    const over = await until(
      async () => {
        const { operations } = await ask('readTimeline', { invoiceId });
        return operations[0].state === 'compensated' && (operations[0] as Row);
      },
      5_000,
      'the operation is over',
    );
    expect(over.problem).toContain('cancelled');
    expect((await road.preview(deal)).lines).toMatchObject([{ quantityLeft: '1', billable: true }]);
    expect(road.books('Invoice').filter((each) => each.PrivateNote?.includes(invoiceId))).toMatchObject([{ TotalAmt: 0, Balance: 0 }]);
    expect((await road.trialBalance()).difference).toBe(0);
  });

  it('has an invoice whose e-mail Stripe refused tried again: Salesforce takes the new end of it', async () => {
    road.sandbox.faults.add({
      point: 'stripe.request',
      match: { method: 'POST', path: '*/send' },
      times: 1,
      fault: { kind: 'status', status: 400 },
    });
    const { outcome, invoiceId, operationKey } = await road.issue(await road.deal({ price: 78 }));
    expect(outcome).toBe('rejected');
    const operation = () => road.soql(`SELECT State__c, Problem__c FROM Trueup_Operation__c WHERE Operation_Key__c = '${operationKey}'`);
    expect(await operation()).toMatchObject([{ State__c: 'Needs Attention', Problem__c: expect.stringContaining('Stripe') }]);
    expect(await ask('retryOperation', { invoiceId, operationKey })).toMatchObject({ outcome: 'done' });
    expect(await operation()).toMatchObject([{ State__c: 'Done', Problem__c: null }]);
    expect(await road.invoice(invoiceId)).toMatchObject({ Status__c: 'Open', Sent_At__c: expect.any(String), Problem__c: null });
  });
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startOrg } from '../../../scripts/sandbox/index.ts';
import { createWorld } from '../../src/adapters/memory/world.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createMoneyRecords } from '../../src/adapters/salesforce/money-records.ts';
import type { BalanceRow } from '../../src/domain/balance-row.ts';
import type { PayoutRecord } from '../../src/domain/stripe-money.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { MoneyRecords } from '../../src/ports/money-records.ts';
import { must } from './must.ts';

// The port for money that belongs to no invoice: the same suite for the fake and for Salesforce's SDK at an org with the package.

interface Stage {
  records: MoneyRecords;
  companyId: string;
  /** Net of the lines, their number, and whether the payout is shown as itemised. */
  held(stripePayoutId: string): Promise<{ net: number; lines: number; itemised: boolean }>;
  issues(): Promise<string[]>;
  stop(): Promise<void>;
}

async function orgStage(): Promise<Stage> {
  const clock = createClock();
  const org = await startOrg({
    clock,
    faults: createFaultPlan(1),
    packageDir: new URL('../../../force-app/main', import.meta.url).pathname,
    features: { multiCurrency: true, personAccounts: false, orders: false, quotes: false },
  });
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: org.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  const call = async (method: string, path: string, body?: object) =>
    (
      await fetch(`${org.baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    ).json();
  const soql = async (query: string) =>
    ((await call('GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`)) as { records: Record<string, never>[] }).records;
  const [company] = (await call('POST', '/sandbox/seed', {
    records: [{ attributes: { type: 'Trueup_Company__c' }, Name: 'Ridgeline', External_Key__c: 'main', Org_Id__c: org.orgId }],
  })) as { id: string }[];
  const client = createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', createMetrics());
  return {
    records: createMoneyRecords(client, { companyKey: 'main', orgId: org.orgId }),
    companyId: company?.id ?? '',
    async held(id) {
      const [row] = await soql(`SELECT Lines_Net__c, Line_Count__c, Itemised__c FROM Trueup_Payout__c WHERE Stripe_Payout_Id__c = '${id}'`);
      return { net: Math.round(Number(row?.Lines_Net__c) * 100), lines: Number(row?.Line_Count__c), itemised: row?.Itemised__c === true };
    },
    issues: async () => (await soql('SELECT Issue_Key__c FROM Trueup_Sync_Issue__c')).map((row) => String(row.Issue_Key__c)),
    async stop() {
      await org.stop();
      clock.stop();
    },
  };
}

async function memoryStage(): Promise<Stage> {
  const { moneyRecords, org } = createWorld();
  return {
    records: moneyRecords,
    companyId: org.company.id,
    async held(id) {
      const payout = org.payouts.get(id);
      const lines = [...(payout?.lines.values() ?? [])];
      return { net: lines.reduce((all, line) => all + line.net, 0), lines: lines.length, itemised: payout?.itemised === true };
    },
    issues: async () => [...org.issues.keys()],
    stop: async () => undefined,
  };
}

const payout = (change: Partial<PayoutRecord> = {}): PayoutRecord => ({
  stripePayoutId: 'po_1',
  amount: { minor: 250 * 9_680, currency: 'USD' },
  status: 'In Transit',
  initiatedAt: '2026-11-24T15:00:00.000Z',
  arrivalDay: '2026-11-25',
  automatic: true,
  itemised: false,
  failureReason: null,
  quickbooksId: null,
  quickbooksUrl: null,
  booked: false,
  stripeUrl: 'https://dashboard.stripe.com/payouts/po_1',
  ...change,
});
const row = (index: number): BalanceRow => ({
  id: `txn_${index}`,
  category: 'charge',
  reportedAs: 'charge',
  amount: 10_000,
  fee: 320,
  net: 9_680,
  currency: 'USD',
  createdAt: '2026-11-22T15:00:00.000Z',
  availableAt: '2026-11-24T00:00:00.000Z',
  sourceId: `ch_${index}`,
  paymentId: `pi_${index}`,
  description: 'Invoice',
});

describe.each([
  ['the fake', memoryStage],
  ['Salesforce', orgStage],
] as const)('the port for the money of the account on %s', (_name, start) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await start();
  });
  afterAll(() => stage?.stop());

  it('writes a payout and its lines, more than a call takes, each once, and knows when nothing is left to do', async () => {
    const { records, companyId } = stage;
    const issue = {
      key: 'po_1.failed',
      cause: 'Needs Person' as const,
      invoiceId: null,
      recordId: null,
      message: 'It came back.',
      fix: 'Correct it.',
    };
    const { payoutId } = must(
      await records.writePayout({ companyId, asOf: '2026-11-24T10:00:00.000Z', payout: payout(), issues: [issue] }),
    );
    expect(must(await records.listOpenPayouts())).toEqual([{ stripePayoutId: 'po_1', status: 'In Transit' }]);
    const rows = Array.from({ length: 250 }, (_, index) => row(index));
    for (let twice = 0; twice < 2; twice += 1) must(await records.writePayoutLines({ payoutId, rows }));
    const after = payout({
      status: 'Paid',
      itemised: true,
      booked: true,
      quickbooksId: '77',
      quickbooksUrl: 'https://app.qbo.intuit.com/app/transfer?txnId=77',
    });
    expect(must(await records.writePayout({ companyId, asOf: '2026-11-24T10:00:00.000Z', payout: after, issues: [] }))).toEqual({
      payoutId,
    });
    expect(await stage.held('po_1')).toEqual({ net: 250 * 9_680, lines: 250, itemised: true });
    expect(must(await records.listOpenPayouts())).toEqual([]);
    expect(await stage.issues()).toEqual(['po_1.failed']);
  });

  it('knows of no payment or invoice that is not there', async () => {
    expect(must(await stage.records.listBookedPayments(['pi_1']))).toEqual([]);
    expect(must(await stage.records.listBookedPayments([]))).toEqual([]);
    expect(must(await stage.records.listUnsettledInvoices())).toEqual([]);
  });
});

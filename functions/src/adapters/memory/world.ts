import type { Ports } from '../../ports/ports.ts';
import { createBalance, type MemoryBalance } from './balance.ts';
import { createBookings, type MemoryBookings } from './bookings.ts';
import { createCallMeter } from './call-meter.ts';
import { createClock, type MemoryClock } from './clock.ts';
import { createCustomerRecords } from './customer-records.ts';
import { createCustomers } from './customers.ts';
import { createEffectLog } from './effect-log.ts';
import { createEngine, type MemoryEngine } from './engine.ts';
import { createFaults, type Faults } from './faults.ts';
import { createInbox } from './inbox.ts';
import { createInvoiceNumbers } from './invoice-numbers.ts';
import { createHistory, type MemoryHistory } from './history.ts';
import { createLedger, type MemoryLedger } from './ledger.ts';
import { createLoadRecords, type MemoryLoadRecords } from './load-records.ts';
import { createLoads } from './loads.ts';
import { createMappings, type MemoryMappings } from './mappings.ts';
import { createMatchRecords } from './match-records.ts';
import { createMoneyRecords } from './money-records.ts';
import { createPayments, type MemoryPayments } from './payments.ts';
import { createProgress } from './progress.ts';
import type { MemoryOrg } from './org.ts';
import { createRecords } from './records.ts';
import { createTimeline } from './timeline.ts';

export const ACCOUNT = '001000000000001AAA';
export const CONTACT = '003000000000001AAA';
export const OPPORTUNITY = '006000000000001AAA';
export const LINE_A = '00k000000000001AAA';
export const LINE_B = '00k000000000002AAA';
export const PRODUCT_A = '01t000000000001AAA';
export const PRODUCT_B = '01t000000000002AAA';
export const REP = { userId: '005000000000001AAA', correlationId: 'test-1', permissions: [] };

/** A fake of every port and one small story in it: an account and products known to both books, an opportunity with two lines. */
export interface World extends Ports {
  clock: MemoryClock;
  faults: Faults;
  engine: MemoryEngine;
  payments: MemoryPayments;
  balance: MemoryBalance;
  mappings: MemoryMappings;
  ledger: MemoryLedger;
  bookings: MemoryBookings;
  effects: ReturnType<typeof createEffectLog>;
  numbers: ReturnType<typeof createInvoiceNumbers>;
  progress: ReturnType<typeof createProgress>;
  inbox: ReturnType<typeof createInbox>;
  org: MemoryOrg;
  histories: { quickbooks: MemoryHistory; stripe: MemoryHistory };
  loadRecords: MemoryLoadRecords;
}

export function createWorld(currency = 'USD'): World {
  const clock = createClock();
  const faults = createFaults();
  const org = createOrg(currency);
  const payments = createPayments(clock, faults);
  const ledger = createLedger(clock, faults);
  payments.customers.set('cus_known', {
    id: 'cus_known',
    name: 'Acme Rockets',
    email: 'ann@acme.example',
    phone: null,
    address: null,
    accountId: ACCOUNT,
    currency,
    balance: 0,
    url: 'https://dashboard.stripe.com/customers/cus_known',
  });
  ledger.customers.set('58', {
    id: '58',
    displayName: 'Acme Rockets',
    email: 'ann@acme.example',
    phone: null,
    address: null,
    currency,
    active: true,
    accountId: ACCOUNT,
    url: 'https://qbo.intuit.com/app/customerdetail?nameId=58',
  });
  for (const [id, name, sku] of [
    ['11', 'Rocket', 'RKT'],
    ['12', 'Launch service', 'LNCH'],
    ['1', 'Services', null],
  ] as const)
    ledger.items.set(id, { id, name, sku, active: true, hasIncomeAccount: true });
  for (const [id, productId, name, code] of [
    ['prod_rocket', PRODUCT_A, 'Rocket', 'RKT'],
    ['prod_launch', PRODUCT_B, 'Launch service', 'LNCH'],
  ] as const)
    payments.products.set(id, { id, name, code, productId, active: true, url: `https://dashboard.stripe.com/products/${id}` });
  const effects = createEffectLog(faults, clock);
  const progress = createProgress();
  const inbox = createInbox(clock);
  return {
    clock,
    faults,
    org,
    payments,
    payloads: {
      quickbooksInvoice: (body) => body,
      quickbooksCustomer: (body) => body,
      stripeInvoice: (body) => body,
      stripeCustomer: (body) => body,
    },
    balance: createBalance(clock, faults, payments),
    ledger,
    bookings: createBookings(faults, ledger),
    records: createRecords(clock, faults, org),
    moneyRecords: createMoneyRecords(faults, org),
    matches: createMatchRecords(faults, org),
    customerRecords: createCustomerRecords(faults, org),
    customers: createCustomers(faults, payments, ledger),
    mappings: createMappings(faults),
    effects,
    numbers: createInvoiceNumbers(faults),
    engine: createEngine(clock),
    progress,
    inbox,
    timeline: createTimeline({ effects, progress, inbox }),
    calls: createCallMeter(faults),
    histories: { quickbooks: createHistory('quickbooks', faults), stripe: createHistory('stripe', faults) },
    loads: createLoads(faults),
    loadRecords: createLoadRecords(faults, org),
  };
}

const TYPE = {
  stripe: { Account: 'customer', Product2: 'product' },
  quickbooks: { Account: 'Customer', Product2: 'Item' },
} as const;

function createOrg(currency: string): MemoryOrg {
  const org: MemoryOrg = {
    company: {
      id: 'a00000000000001AAA',
      key: 'main',
      name: 'Trueup Test Inc.',
      orgId: '00D000000000001EAA',
      stripeAccountId: 'acct_1',
      quickbooksRealmId: '9130',
      mode: 'Test',
      homeCurrency: 'USD',
      timeZone: 'America/New_York',
      numberPrefix: 'TU-',
      taxEngine: 'None',
      taxRate: null,
      clearingAccount: 'Stripe Clearing',
      feeAccount: 'Stripe Fees',
      disputedFundsAccount: 'Stripe Disputed Funds',
      badDebtAccount: 'Bad debts',
      payoutAccount: 'Checking',
      booksFrom: '2026-11-01T00:00:00.000Z',
      defaultTerms: 'Net 30',
      active: true,
      connected: true,
    },
    org: { id: '00D000000000001EAA', multiCurrency: true, currency: 'USD' },
    rights: { canRead: true, canEdit: true, issueInvoice: true, voidInvoice: true, editPrice: false, runSync: true },
    accounts: [{ id: ACCOUNT, name: 'Acme Rockets', currency, phone: '+1 555 0100', address: null }],
    contacts: [{ id: CONTACT, accountId: ACCOUNT, name: 'Ann Ace', email: 'ann@acme.example' }],
    sources: new Map(),
    links: new Map(),
    reviews: new Map(),
    itemReviews: new Map(),
    conflicts: new Map(),
    memories: new Map(),
    mergedInto: new Map(),
    invoices: new Map(),
    shown: new Map(),
    orders: new Map(),
    payments: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    creditMemos: new Map(),
    moneyOf: new Map(),
    payouts: new Map(),
    issues: new Map(),
    operations: new Map(),
    syncRuns: new Map(),
    freshness: { stripeReadTo: null, quickbooksReadTo: null },
    budgets: null,
    events: [],
  };
  org.sources.set(OPPORTUNITY, {
    source: {
      id: OPPORTUNITY,
      type: 'Opportunity',
      name: 'Moon trip',
      currency,
      accountId: ACCOUNT,
      contactId: CONTACT,
      opportunityId: OPPORTUNITY,
      ownerId: REP.userId,
      poNumber: null,
    },
    lines: [
      {
        id: LINE_A,
        productId: PRODUCT_A,
        productName: 'Rocket',
        productCode: 'RKT',
        description: null,
        quantity: '5',
        unitPrice: '100',
        discountPercent: null,
        serviceDate: null,
        sortOrder: 1,
      },
      {
        id: LINE_B,
        productId: PRODUCT_B,
        productName: 'Launch service',
        productCode: 'LNCH',
        description: null,
        quantity: '2.5',
        unitPrice: '40',
        discountPercent: '10',
        serviceDate: null,
        sortOrder: 2,
      },
    ],
  });
  const link = (system: 'stripe' | 'quickbooks', recordId: string, recordType: 'Account' | 'Product2', externalId: string) =>
    org.links.set(`${system}:${recordId}`, {
      system,
      recordId,
      recordType,
      currency: recordType === 'Account' ? currency : null,
      externalId,
      externalType: TYPE[system][recordType],
      matchedBy: 'Person',
      status: 'Linked',
    });
  link('stripe', ACCOUNT, 'Account', 'cus_known');
  link('quickbooks', ACCOUNT, 'Account', '58');
  link('stripe', PRODUCT_A, 'Product2', 'prod_rocket');
  link('stripe', PRODUCT_B, 'Product2', 'prod_launch');
  link('quickbooks', PRODUCT_A, 'Product2', '11');
  link('quickbooks', PRODUCT_B, 'Product2', '12');
  return org;
}

import { describe, expect, test } from 'vitest';
import { createWorld, CONTACT, LINE_A, OPPORTUNITY, REP, type World } from '../../adapters/memory/world.ts';
import { issueInvoice } from '../../use-cases/issue-invoice.ts';
import { previewInvoice } from '../../use-cases/preview-invoice.ts';
import type { Draft } from '../draft.ts';
import { PREFLIGHT_PROBLEMS } from './problems.ts';

type Change = (world: World, draft: Draft) => void;

const source = (world: World) => {
  const held = world.org.sources.get(OPPORTUNITY);
  if (!held) throw new Error('no source');
  return held;
};
const line = (draft: Draft, index = 0) => {
  const held = draft.lines[index];
  if (!held) throw new Error('no line');
  return held;
};
const price =
  (amount: string): Change =>
  (w, d) => {
    source(w).lines.forEach((each) => Object.assign(each, { unitPrice: amount, discountPercent: null, quantity: '1' }));
    d.lines.forEach((each) => Object.assign(each, { unitPrice: amount, quantity: '1' }));
  };
const unlink = (w: World) => {
  for (const [key, link] of w.org.links) if (link.recordType === 'Account') w.org.links.delete(key);
};
const account = (w: World, name: string) => {
  unlink(w);
  w.payments.customers.clear();
  w.ledger.customers.clear();
  w.org.accounts.forEach((each) => Object.assign(each, { name }));
};

/** Every reason to refuse: what is wrong, under which code, beside which field. */
const REFUSALS: [title: string, code: keyof typeof PREFLIGHT_PROBLEMS, field: string | undefined, change: Change, currency?: string][] = [
  ['no access to the record', 'no-access', undefined, (w) => (w.org.rights.canRead = false)],
  ['read without edit', 'no-edit-access', undefined, (w) => (w.org.rights.canEdit = false)],
  ['no permission set', 'no-right-to-issue', undefined, (w) => (w.org.rights.issueInvoice = false)],
  ['not connected yet', 'company-not-connected', undefined, (w) => (w.org.company.connected = false)],
  ['a rate in Salesforce that nobody entered', 'tax-rate-missing', undefined, (w) => (w.org.company.taxEngine = 'Salesforce Rate')],
  ['a prefix with a blank', 'number-prefix-invalid', undefined, (w) => (w.org.company.numberPrefix = 'T U')],
  ['another account', 'account-unknown', 'billTo.accountId', (_w, d) => (d.accountId = '001000000000009AAA')],
  ['a contact of nobody here', 'contact-unknown', 'billTo.contactId', (_w, d) => (d.contactId = '003000000000009AAA')],
  ['no e-mail address', 'email-missing', 'billTo.contactId', (w) => w.org.contacts.forEach((each) => (each.email = null))],
  ['an e-mail address that is none', 'email-invalid', 'billTo.contactId', (w) => w.org.contacts.forEach((each) => (each.email = 'ann@'))],
  ['a day that does not exist', 'date-invalid', 'invoiceDate', (_w, d) => (d.invoiceDate = '2026-02-30')],
  ['a closed period', 'period-closed', 'invoiceDate', (_w, d) => (d.invoiceDate = '2026-09-30')],
  ['terms nobody knows', 'terms-unknown', 'terms', (_w, d) => (d.terms = 'Whenever')],
  ['a long PO number', 'po-number-too-long', 'poNumber', (_w, d) => (d.poNumber = 'P'.repeat(31))],
  ['a long memo', 'memo-too-long', 'memo', (_w, d) => (d.memo = 'm'.repeat(1001))],
  ['no line chosen', 'no-lines', 'lines', (_w, d) => d.lines.forEach((each) => (each.include = false))],
  [
    '251 lines',
    'too-many-lines',
    'lines',
    (_w, d) =>
      (d.lines = Array.from({ length: 251 }, (_, index) => ({
        ...line(d),
        lineKey: `free-${String(index).padStart(8, '0')}`,
        sourceLineId: null,
      }))),
  ],
  ['the same line twice', 'line-key-duplicate', 'lines[2]', (_w, d) => d.lines.push(line(d))],
  ['a line that is gone', 'line-changed', 'lines[0]', (_w, d) => (line(d).sourceLineId = '00k000000000009AAA')],
  ['a line key of the future', 'line-changed', 'lines[0]', (_w, d) => (line(d).lineKey = `${LINE_A}-7`)],
  ['a quantity too fine', 'quantity-invalid', 'lines[0].quantity', (_w, d) => (line(d).quantity = '1.12345678')],
  ['a price that is no number', 'price-invalid', 'lines[0].unitPrice', (_w, d) => (line(d).unitPrice = 'ten')],
  ["a price that is not the rep's to change", 'price-not-yours', 'lines[0].unitPrice', (_w, d) => (line(d).unitPrice = '99')],
  ['more than is left', 'quantity-above-left', 'lines[0].quantity', (_w, d) => (line(d).quantity = '5.0000001')],
  ['no description', 'description-empty', 'lines[0].description', (_w, d) => (line(d).description = ' ')],
  ['a long description', 'description-too-long', 'lines[0].description', (_w, d) => (line(d).description = 'd'.repeat(256))],
  ['an amount beyond counting', 'amount-too-large', 'lines[0]', price('99999999999999999')],
  ['a last digit that Stripe cannot hold', 'amount-too-fine', 'lines[0].unitPrice', price('1.234'), 'KWD'],
  ['a negative total', 'total-negative', 'lines', price('-1')],
  ["above Stripe's maximum charge", 'above-maximum-charge', 'lines', price('500000')],
  ["below Stripe's minimum charge", 'below-minimum-charge', 'lines', price('0.2')],
  ['below the minimum charge in yen', 'below-minimum-charge', 'lines', price('24'), 'JPY'],
  [
    'a negative line with Stripe Tax',
    'negative-line-with-stripe-tax',
    'lines[0]',
    (w, d) => {
      w.org.company.taxEngine = 'Stripe Tax';
      price('-1')(w, d);
    },
  ],
  [
    'a customer balance in Stripe',
    'customer-balance',
    'billTo.accountId',
    (w) => w.payments.customers.forEach((each) => (each.balance = -500)),
  ],
  [
    'several customers it could be',
    'customer-needs-review',
    'billTo.accountId',
    (w) => {
      unlink(w);
      w.ledger.customers.forEach((each) => (each.accountId = null));
      w.ledger.customers.set('59', {
        id: '59',
        displayName: 'Acme Rockets',
        email: 'ann@acme.example',
        phone: null,
        address: null,
        currency: 'USD',
        active: true,
        accountId: null,
        url: '',
      });
    },
  ],
  ['a customer deleted in Stripe', 'customer-gone', 'billTo.accountId', (w) => w.payments.customers.clear()],
  [
    'an inactive QuickBooks customer',
    'customer-inactive',
    'billTo.accountId',
    (w) => w.ledger.customers.forEach((each) => (each.active = false)),
  ],
  [
    'a customer billed in another currency',
    'customer-currency',
    'billTo.accountId',
    (w) => w.ledger.customers.forEach((each) => (each.currency = 'EUR')),
  ],
  ['a name of 501 characters', 'customer-name-too-long', 'billTo.accountId', (w) => account(w, 'N'.repeat(501))],
  ['a name with a colon', 'customer-name-illegal', 'billTo.accountId', (w) => account(w, 'Acme: Rockets')],
  ['a name with a tab', 'customer-name-illegal', 'billTo.accountId', (w) => account(w, 'Acme\tRockets')],
  ['no name at all', 'customer-name-empty', 'billTo.accountId', (w) => account(w, ' ')],
  [
    'a product without a mapping',
    'product-not-mapped',
    'lines[0].productId',
    (w) => {
      w.org.links.delete('quickbooks:01t000000000001AAA');
      w.ledger.items.delete('11');
    },
  ],
  [
    'a product that could be either of two items',
    'product-needs-review',
    'lines[0].productId',
    (w) => {
      w.org.links.delete('quickbooks:01t000000000001AAA');
      w.ledger.items.set('13', { id: '13', name: 'Rocket', sku: 'RKT', active: true, hasIncomeAccount: true });
    },
  ],
  [
    'a product that could be either of two in Stripe',
    'stripe-product-needs-review',
    'lines[0].productId',
    (w) => {
      w.org.links.delete('stripe:01t000000000001AAA');
      for (const id of ['p1', 'p2'])
        w.payments.products.set(id, { id, name: 'Rocket', code: null, productId: null, active: true, url: '' });
      w.payments.products.delete('prod_rocket');
    },
  ],
  ['an item that was deleted', 'item-gone', 'lines[0].productId', (w) => w.ledger.items.delete('11')],
  ['an inactive item', 'item-inactive', 'lines[0].productId', (w) => w.ledger.items.forEach((each) => (each.active = false))],
  [
    'an item without an income account',
    'item-without-income-account',
    'lines[0].productId',
    (w) => w.ledger.items.forEach((each) => (each.hasIncomeAccount = false)),
  ],
  ['multicurrency switched off', 'multicurrency-off', undefined, (w) => (w.ledger.reference.multicurrency = false), 'EUR'],
  ['an org of one currency', 'org-currency', undefined, (w) => (w.org.org.multiCurrency = false), 'EUR'],
  ["QuickBooks' own numbers", 'quickbooks-numbers-off', undefined, (w) => (w.ledger.reference.customTxnNumbers = false)],
  ["Stripe's key refused", 'system-not-connected', undefined, (w) => w.faults.plan('payments.readCustomer', 'unauthorized', 3)],
  ['QuickBooks refuses to be asked', 'system-refused', undefined, (w) => w.faults.plan('ledger.readForInvoice', 'rejected', 3)],
];

async function drafted(change: Change, currency?: string): Promise<{ world: World; draft: Draft }> {
  const world = createWorld(currency);
  const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
  if (preview.outcome !== 'done') throw new Error('no preview');
  expect(preview.value.problems).toEqual([]);
  change(world, preview.value.draft);
  return { world, draft: preview.value.draft };
}

describe('preflight refuses', () => {
  test.each(REFUSALS)('%s (%s)', async (_title, code, field, change, currency) => {
    const { world, draft } = await drafted(change, currency);
    const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 0 }, REP);
    if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
    const found = reply.value.problems.find((problem) => problem.code === code);
    expect(found, JSON.stringify(reply.value.problems)).toMatchObject({
      severity: 'error',
      message: expect.any(String),
      action: expect.stringMatching(/\.$/),
    });
    expect(found?.field).toBe(field);
    expect(reply.value.outcome).toBe('rejected');
    // No trace in any ledger.
    expect(world.org.invoices.size + world.payments.invoices.size + world.ledger.invoices.size + world.effects.rows.size).toBe(0);
  });

  test('every code of the table is met by a test', () => {
    const covered = new Set<string>(REFUSALS.map(([, code]) => code));
    const elsewhere = ['line-already-billed', 'system-unreachable', 'billed-line-gone'];
    expect(Object.keys(PREFLIGHT_PROBLEMS).filter((code) => !covered.has(code) && !elsewhere.includes(code))).toEqual([]);
  });
});

describe('preflight warns', () => {
  test('when a book does not answer: the invoice will be queued', async () => {
    const { world, draft } = await drafted((w) => w.faults.plan('payments.readCustomer', 'unavailable', 2));
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft }, REP);
    expect(preview).toMatchObject({
      outcome: 'done',
      value: {
        canIssue: true,
        problems: [{ code: 'system-unreachable', severity: 'warning' }],
        identity: { stripe: { status: 'linked', id: 'cus_known' } },
      },
    });
  });

  test('when a billed line is gone from the record; its quantity still counts, by product', async () => {
    const { world, draft } = await drafted(() => undefined);
    draft.lines = [{ ...line(draft), quantity: '2' }];
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 0 }, REP);
    const [first] = source(world).lines;
    if (first) first.id = '00k000000000008AAA';
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
    expect(preview).toMatchObject({
      outcome: 'done',
      value: { canIssue: true, problems: [{ code: 'billed-line-gone' }], draft: { lines: [{ quantity: '3' }, { quantity: '2.5' }] } },
    });
  });

  test('a stale panel is told that its line was just billed', async () => {
    const { world, draft } = await drafted(() => undefined);
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 0 }, REP);
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft }, REP);
    expect(preview).toMatchObject({
      outcome: 'done',
      value: { canIssue: false, problems: [{ code: 'line-already-billed' }, { code: 'line-already-billed' }] },
    });
  });
});

describe('preflight lets pass', () => {
  test.each<[string, Change, string?]>([
    ['no contact when nothing is sent', (_w, d) => Object.assign(d, { contactId: null, delivery: 'do-not-send' })],
    [
      'a negative line beside a larger positive one',
      (w, d) => {
        w.org.rights.editPrice = true;
        line(d, 1).unitPrice = '-1';
      },
    ],
    ['a zero line', (_w, d) => (line(d, 1).quantity = '0')],
    ['a name of 500 characters', (w) => account(w, 'N'.repeat(500))],
    ['fils that end in 0', price('1.23'), 'KWD'],
    ['the most that Stripe can charge', price('499999.99')],
    [
      'half a day in KWD, rounded to ten fils',
      (w, d) => {
        price('12.35')(w, d);
        d.lines.forEach((each) => Object.assign(each, { quantity: '0.5' }));
      },
      'KWD',
    ],
    ['yen', price('500'), 'JPY'],
    ["a product whose code is an item's SKU", (w) => w.org.links.delete('quickbooks:01t000000000001AAA')],
    [
      'a free line',
      (_w, d) => d.lines.push({ ...line(d), lineKey: 'free-0123456789', sourceLineId: null, productId: null, description: 'Travel' }),
    ],
    [
      'a changed price, with the right to',
      (w, d) => {
        w.org.rights.editPrice = true;
        line(d).unitPrice = '99.12345678';
      },
    ],
    [
      '250 lines',
      (w, d) => {
        void w;
        d.lines = Array.from({ length: 250 }, (_, index) => ({
          ...line(d),
          lineKey: `free-${String(index).padStart(8, '0')}`,
          sourceLineId: null,
          productId: null,
        }));
      },
    ],
    ['the contact of the account', (_w, d) => (d.contactId = CONTACT)],
  ])('%s', async (_title, change, currency) => {
    const { world, draft } = await drafted(change, currency);
    const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft }, REP);
    expect(preview).toMatchObject({ outcome: 'done', value: { problems: [], canIssue: true } });
  });
});

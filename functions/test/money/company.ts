import { createQuickbooksEngine, createStripeEngine, openStore, seedQuickbooks } from '../../../scripts/sandbox/index.ts';
import { createWorld, OPPORTUNITY, REP, type World } from '../../src/adapters/memory/world.ts';
import { createLedger } from '../../src/adapters/quickbooks/ledger.ts';
import { quickbooksPayloads } from '../../src/adapters/quickbooks/payloads.ts';
import { createPayments } from '../../src/adapters/stripe/payments.ts';
import { stripePayloads } from '../../src/adapters/stripe/payloads.ts';
import { FREE_LINE_ITEM } from '../../src/domain/match-item.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { registerWorkflows } from '../../src/use-cases/workflows.ts';
import { CURRENCIES, type MoneyCase } from './generate.ts';
import { type QuickbooksEngine, quickbooksInProcess } from './quickbooks-in-process.ts';
import { askStripe, type StripeEngine, stripeInProcess } from './stripe-in-process.ts';

const PRODUCT = '01t000000000001AAA';
const ITEM = 'Inspection robot';
const EMAIL = 'books@customer.example';
const serialId = (prefix: string, serial: number): string => `${prefix}${String(serial).padStart(12, '0')}AAA`;

/** One company without HTTP: Salesforce and the engine in memory, the real adapters over both stand-ins' own arithmetic. */
export interface Company {
  deps: Ports;
  org: World['org'];
  stripe: StripeEngine;
  quickbooks: QuickbooksEngine;
  /** Lays the case down as an opportunity and answers with its id. */
  sell(each: MoneyCase): string;
  /** The next case gets a customer of its own: this one was used up by what was sent past preflight. */
  renewCustomer(currency: string): void;
  /** Until every run has ended. */
  idle(): Promise<void>;
  close(): void;
}

export function openCompany(): Company {
  const world = createWorld();
  const clock = {
    now: () => world.clock.now(),
    advance: async () => undefined,
    onAdvance: () => () => undefined,
    setTimer: () => () => undefined,
    stop: () => undefined,
  };
  const stores = [openStore(), openStore()] as const;
  const stripe = createStripeEngine({ clock, store: stores[0] });
  const quickbooks = createQuickbooksEngine({ clock, store: stores[1], auth: false, limits: false });
  const seeded = seedQuickbooks(quickbooks, {
    items: [{ name: ITEM }, { name: FREE_LINE_ITEM }],
    customers: CURRENCIES.map((currency) => ({ displayName: `Customer ${currency}`, email: EMAIL, currency })),
  });
  const deps: Ports = {
    ...world,
    payments: createPayments(stripeInProcess(stripe), { base: 'https://dashboard.stripe.com', live: false }),
    payloads: { ...quickbooksPayloads, ...stripePayloads },
    ledger: createLedger(quickbooksInProcess(quickbooks), 'https://app.qbo.intuit.com', quickbooks.realmId),
  };
  registerWorkflows(deps);

  const { org } = world;
  org.links.clear();
  const link = (
    system: 'stripe' | 'quickbooks',
    recordId: string,
    currency: string | null,
    externalId: string,
    externalType: 'customer' | 'Customer' | 'Item',
  ) =>
    org.links.set(`${system}:${recordId}`, {
      system,
      recordId,
      recordType: currency ? 'Account' : 'Product2',
      currency,
      externalId,
      externalType,
      matchedBy: 'Person',
      status: 'Linked',
    });
  link('quickbooks', PRODUCT, null, seeded.items[ITEM] ?? '', 'Item');

  let accounts = 0;
  /** An account known to both books; with a balance of its own in Stripe when the case wants one. */
  const openAccount = (currency: string, balance: number): string => {
    const id = serialId('001', (accounts += 1));
    org.accounts.push({ id, name: `Customer ${currency}`, currency, phone: null, address: null });
    org.contacts.push({ id: serialId('003', accounts), accountId: id, name: 'Ann Ace', email: EMAIL });
    const customer = askStripe(stripe, 'POST', '/v1/customers', { name: `Customer ${currency}`, email: EMAIL });
    if (balance !== 0)
      askStripe(stripe, 'POST', `/v1/customers/${String(customer['id'])}/balance_transactions`, {
        amount: balance,
        currency: currency.toLowerCase(),
      });
    link('stripe', id, currency, String(customer['id']), 'customer');
    link('quickbooks', id, currency, seeded.customers[`Customer ${currency}`] ?? '', 'Customer');
    return id;
  };
  const accountOf: Record<string, string> = Object.fromEntries(CURRENCIES.map((currency) => [currency, openAccount(currency, 0)]));
  const template = org.sources.get(OPPORTUNITY);
  if (!template) throw new Error('the story lost its opportunity');
  let lines = 0;

  return {
    deps,
    org,
    stripe,
    quickbooks,
    sell(each) {
      const id = serialId('006', each.serial + 1000);
      const accountId = each.balance === 0 ? (accountOf[each.currency] ?? '') : openAccount(each.currency, each.balance);
      org.company.taxEngine = each.stripeTax ? 'Stripe Tax' : each.taxRate === null ? 'None' : 'Salesforce Rate';
      org.company.taxRate = each.taxRate;
      org.sources.set(id, {
        source: { ...template.source, id, currency: each.currency, accountId, contactId: null, opportunityId: id },
        lines: each.lines.map(({ quantity, unitPrice, discountPercent, hasProduct }, index) => ({
          id: serialId('00k', (lines += 1)),
          productId: hasProduct ? PRODUCT : null,
          productName: hasProduct ? ITEM : '',
          productCode: null,
          description: `Line ${index + 1}`,
          quantity,
          unitPrice,
          discountPercent,
          serviceDate: index % 7 === 0 ? '2026-11-20' : null,
          sortOrder: index,
        })),
      });
      return id;
    },
    renewCustomer: (currency) => void (accountOf[currency] = openAccount(currency, 0)),
    idle: () => world.engine.idle(),
    close() {
      stripe.stop();
      for (const store of stores) store.close();
    },
  };
}

export { REP };

import {
  type QuickbooksEngine,
  type SandboxClock,
  type StripeEngine,
  createNotifier,
  createQuickbooksEngine,
  createStripeEngine,
  createStripeWebhooks,
  openStore,
  putReceiver,
  seedQuickbooks,
  storyAccounts,
  storyCompany,
  storyCustomers,
  storyItems,
} from '../../../../scripts/sandbox/index.ts';
import { QUICKBOOKS_HOOK_PATH } from '../../../src/webhooks/quickbooks.ts';
import { STRIPE_HOOK_PATH } from '../../../src/webhooks/stripe.ts';
import type { Remote, SeededFaults } from '../fault-plan.ts';
import { CLIENT_ID } from '../roads/to-quickbooks.ts';
import { SECRET_KEY } from '../roads/to-stripe.ts';
import type { Time } from '../time.ts';
import { REALM } from './ground.ts';

/** How a stand-in hands a webhook over. */
type Post = NonNullable<Parameters<typeof createStripeWebhooks>[0]['post']>;

export const SECRETS = { stripe: 'whsec_simulated', quickbooks: 'verifier-simulated' };

/** Stripe and QuickBooks of one seed, each with a clock of its own. */
export interface StandIns {
  stripe: StripeEngine;
  quickbooks: QuickbooksEngine;
  refreshToken: string;
  close(): Promise<void>;
}

/** The one clock as a system sees it that is ahead or behind by so much, now more, now less. */
export function skewed(time: Time, byMs: () => number): SandboxClock {
  const now = () => time.now() + byMs();
  return {
    now,
    advance: () => Promise.reject(new Error('Only the simulation moves the clock.')),
    onAdvance: () => () => undefined,
    setTimer(at, fn) {
      let cancel: () => void;
      // Whoever moves the clock back meanwhile has it wait longer.
      const arm = () => {
        cancel = time.after(at - now(), () => (now() < at ? arm() : void fn()));
      };
      arm();
      return () => cancel();
    },
    stop: () => undefined,
  };
}

export function openStandIns(time: Time, faults: SeededFaults, post: Post): StandIns {
  const clockOf = (remote: Remote) => skewed(time, () => faults.skewMs[remote]);
  const stores = [openStore(), openStore()] as const;
  const stripe = createStripeEngine({
    clock: clockOf('stripe'),
    store: stores[0],
    secretKey: SECRET_KEY,
    baseUrl: () => 'https://pay.simulated',
    generates: (type) => faults.plan.next('stripe.event', { type })?.kind !== 'never-generate',
    onEvent: (event) => webhooks.publish(event),
    onBug: (error) => {
      throw error;
    },
  });
  const webhooks = createStripeWebhooks({ db: stripe.db, clock: clockOf('stripe'), faults: faults.plan, post });
  putReceiver(stripe.db, clockOf('stripe').now() / 1000, {
    url: `https://functions.simulated${STRIPE_HOOK_PATH}`,
    secret: SECRETS.stripe,
  });
  for (const account of storyAccounts.filter((each) => each.knownTo.includes('stripe'))) {
    const email = account.contacts[0]?.email;
    const params = { name: account.name, phone: account.phone, ...(email ? { email } : {}) };
    stripe.request('POST', '/v1/customers', params, { authorization: `Bearer ${SECRET_KEY}` });
  }

  const quickbooks = createQuickbooksEngine({
    clock: clockOf('quickbooks'),
    store: stores[1],
    realmId: REALM,
    limits: false,
    // A process killed between Intuit's new token and its store loses the connection: a person connects again, which is no actor here.
    rotateAfterMs: Number.MAX_SAFE_INTEGER,
  });
  seedQuickbooks(quickbooks, {
    items: storyItems,
    customers: storyCustomers,
    currencies: storyCompany.currencies.filter((currency) => currency !== storyCompany.homeCurrency),
    settings: { companyName: storyCompany.name },
  });
  const notifier = createNotifier({
    store: stores[1],
    clock: clockOf('quickbooks'),
    faults: faults.plan,
    realmId: REALM,
    webhook: { url: `https://functions.simulated${QUICKBOOKS_HOOK_PATH}`, verifier: SECRETS.quickbooks },
    post,
  });
  quickbooks.onChanges((changes) => notifier.take(changes));
  const grant = quickbooks.tokens.grant({ clientId: CLIENT_ID, realmId: REALM, scope: 'com.intuit.quickbooks.accounting' });
  return {
    stripe,
    quickbooks,
    refreshToken: grant.refresh_token,
    async close() {
      await Promise.all([webhooks.stop(), notifier.stop()]);
      stripe.stop();
      for (const store of stores) store.close();
    },
  };
}

import path from 'node:path';
import type { RunningOrg as Org } from './emulators/org/index.ts';
import type { RunningQuickbooks as Quickbooks } from './emulators/quickbooks/index.ts';
import type { StripeSandbox as Stripe } from './emulators/stripe/index.ts';
import { type Ground, root } from './ground.ts';
import { classes, customers, customFields, items, locations } from './seed/quickbooks-story.ts';
import { createOrgWriter } from './seed/org-writer.ts';
import { seedOrg, type SeededOrg } from './seed/seed-org.ts';
import { seedStripe } from './seed/seed-stripe.ts';
import { company } from './seed/story.ts';

// Loaded when needed: one stand-in alone is there at once, and does not wait for the org's Apex parser.
const load = {
  stripe: () => import('./emulators/stripe/index.ts'),
  quickbooks: () => import('./emulators/quickbooks/index.ts'),
  org: () => import('./emulators/org/index.ts'),
  runtime: () => import('./emulators/org/package-runtime.ts'),
};

/** Where a stand-in listens, and the functions it is to call; without them it has nobody to tell. */
interface Place {
  port: number;
  functionsUrl?: string;
}

export type StripeLimits = 'test' | 'live';

/** The Stripe stand-in as the sandbox has it. */
export async function openStripe(
  { clocks, faults, dataDir, state: { secrets } }: Ground,
  { port, functionsUrl, limits }: Place & { limits?: StripeLimits | undefined },
): Promise<Stripe> {
  const { startStripe } = await load.stripe();
  return startStripe({
    port,
    dataDir: path.join(dataDir, 'stripe'),
    clock: clocks.stripe,
    faults,
    secretKey: secrets.stripeSecretKey,
    account: { name: company.name, timeZone: company.timeZone },
    ...(limits ? { rateLimits: limits } : {}),
    ...(functionsUrl ? { webhook: { url: `${functionsUrl}/hooks/stripe`, secret: secrets.stripeWebhookSecret } } : {}),
  });
}

/** The QuickBooks stand-in as the sandbox has it, with the story's company. */
export async function openQuickbooks(
  { clocks, faults, dataDir, state: { secrets } }: Ground,
  { port, functionsUrl, limits = true }: Place & { limits?: boolean },
): Promise<Quickbooks> {
  const { startQuickbooks } = await load.quickbooks();
  return startQuickbooks({
    port,
    dataDir: path.join(dataDir, 'quickbooks'),
    clock: clocks.quickbooks,
    faults,
    ...(functionsUrl ? { webhook: { url: `${functionsUrl}/hooks/quickbooks`, verifier: secrets.quickbooksVerifier } } : {}),
    limits,
    seed: {
      items,
      customers,
      classes,
      locations,
      currencies: company.currencies.filter((currency) => currency !== company.homeCurrency),
      settings: { companyName: company.name, classTrackingPerTxn: true, trackDepartments: true, customFields },
    },
  });
}

/** The local org with the package loaded. */
export async function openOrg(
  { clocks, faults, dataDir, state: { secrets } }: Ground,
  { port, functionsUrl, extraDirs = [] }: Place & { extraDirs?: string[] },
): Promise<Org> {
  const [{ startOrg }, { packageRuntime }] = await Promise.all([load.org(), load.runtime()]);
  return startOrg({
    port,
    dataDir: path.join(dataDir, 'org'),
    clock: clocks.org,
    faults,
    packageDir: path.join(root, 'force-app/main'),
    extraDirs: [path.join(root, 'force-app/tests'), path.join(root, 'force-app/extensions/orders'), ...extraDirs],
    changeDataCapture: ['Account', 'Contact', 'Opportunity', 'Order', 'Product2'],
    features: { multiCurrency: true, personAccounts: false, orders: true, quotes: false },
    currencies: company.currencies,
    ...(functionsUrl ? { functionsUrl } : {}),
    credentials: { Trueup_Functions: { token: secrets.functionSecret } },
    runtime: packageRuntime,
  });
}

/** The stand-in serves one account and names it nowhere; the company record holds it for people. */
const STRIPE_ACCOUNT = 'acct_1TrueupSandbox';
/** The QuickBooks stand-in's company, which the org's company record names also when it is not served. */
const REALM = '9341450000000001';

/** Lays the story down in a Stripe stand-in that has not got it yet. */
export async function fillStripe(ground: Ground, { baseUrl, secretKey }: Stripe): Promise<void> {
  if (!ground.state.seeded.stripe) await layDown(ground, 'stripe', () => seedStripe(baseUrl, secretKey));
}

/** Lays the story down in an org that has not got it yet, and tells the ids; undefined when it had. */
export async function fillOrg(ground: Ground, org: Org): Promise<SeededOrg | undefined> {
  if (ground.state.seeded.org) return undefined;
  const { rep, admin } = org.users;
  return layDown(ground, 'org', () =>
    seedOrg({
      org: createOrgWriter(org.baseUrl, admin.accessToken),
      orgId: org.orgId,
      owners: { rep: rep.id, admin: admin.id },
      stripeAccountId: STRIPE_ACCOUNT,
      realmId: REALM,
      now: ground.clock.now(),
    }),
  );
}

/** A start that is killed meanwhile is known by what the state says then: half a story is no story. */
async function layDown<R>({ state, remember }: Ground, where: 'org' | 'stripe', fill: () => Promise<R>): Promise<R> {
  state.filling = true;
  remember();
  const filled = await fill();
  state.seeded[where] = true;
  state.filling = false;
  remember();
  return filled;
}

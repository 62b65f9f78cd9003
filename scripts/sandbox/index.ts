import fs from 'node:fs';
import path from 'node:path';
import { type Clock, type FaultPlan, createClock, createFaultPlan } from './emulators/core/index.ts';
import { startOrg } from './emulators/org/index.ts';
import { packageRuntime } from './emulators/org/package-runtime.ts';
import { startQuickbooks } from './emulators/quickbooks/index.ts';
import { startStripe } from './emulators/stripe/index.ts';
import { type FunctionsProcess, createFunctionsProcess, endLeftFunctions } from './functions-process.ts';
import { startPostgres } from './postgres/index.ts';
import { startPage } from './record-page/server.ts';
import { customers, items } from './seed/quickbooks-story.ts';
import { createOrgWriter } from './seed/org-writer.ts';
import { type SeededOrg, seedOrg } from './seed/seed-org.ts';
import { seedStripe } from './seed/seed-stripe.ts';
import { company } from './seed/story.ts';
import { explain, timed } from './explain.ts';
import { choosePorts } from './ports.ts';
import { lockFolder, openState, saveState } from './state.ts';

export { createClock, createFaultPlan, createRandom, openStore } from './emulators/core/index.ts';
export type { Clock as SandboxClock, Fault, FaultPlan } from './emulators/core/index.ts';
export { type OrgInProcess, openOrgInProcess, startOrg } from './emulators/org/index.ts';
export { createNotifier, createQuickbooksEngine, seedQuickbooks, startQuickbooks } from './emulators/quickbooks/index.ts';
export type { QuickbooksEngine } from './emulators/quickbooks/index.ts';
export {
  authenticateInvoice,
  createStripeEngine,
  createStripeWebhooks,
  decodeForm,
  payInvoice,
  putReceiver,
  startStripe,
} from './emulators/stripe/index.ts';
export type { StripeEngine } from './emulators/stripe/index.ts';
export { startPostgres } from './postgres/index.ts';
export { createOrgWriter, createWriterOver } from './seed/org-writer.ts';
export { customers as storyCustomers, items as storyItems } from './seed/quickbooks-story.ts';
export { type SeededOrg, seedOrg } from './seed/seed-org.ts';
export { accounts as storyAccounts, company as storyCompany } from './seed/story.ts';
export { findBrowser } from './browser.ts';
export { SandboxError } from './state.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface SandboxOptions {
  /** Folder of all state; `.sandbox` of the checkout by default. */
  dataDir?: string;
  /** Base of six ports in a row; 0 (the default): any free ones. */
  port?: number;
  /** Without the page that looks like Lightning: for tests that need no browser. */
  page?: boolean;
  /** Where compiled components are kept between starts; `.sandbox/cache` of the checkout by default. */
  cacheDir?: string;
  seed?: boolean;
  faultSeed?: number;
  /** The plan of faults; every request to the org and the stand-ins asks it. An empty one of `faultSeed` by default. */
  faults?: FaultPlan;
  /** Rate limits of the QuickBooks stand-in; on by default. */
  limits?: boolean;
  log?: (line: string) => void;
}

/** Addresses and credentials, as written to `.sandbox/sandbox.json`. */
export interface SandboxInfo {
  page: string | null;
  org: {
    instanceUrl: string;
    apiVersion: string;
    orgId: string;
    users: Record<string, { id: string; username: string; accessToken: string }>;
  };
  stripe: { baseUrl: string; secretKey: string; webhookSecret: string };
  quickbooks: { baseUrl: string; realmId: string; clientId: string; clientSecret: string; accessToken: string; refreshToken: string };
  functions: { baseUrl: string };
  control: { baseUrl: string };
}

export interface Sandbox {
  info: SandboxInfo;
  clock: Clock;
  faults: FaultPlan;
  functions: FunctionsProcess;
  org: Awaited<ReturnType<typeof startOrg>>;
  stripe: Awaited<ReturnType<typeof startStripe>>;
  quickbooks: Awaited<ReturnType<typeof startQuickbooks>>;
  /** Ids of the story's records; undefined when the org had them from an earlier start. */
  seeded: SeededOrg | undefined;
  /** The bearer secret of the functions' first door. */
  functionSecret: string;
  /** Connection string of the functions' database. */
  databaseUrl: string;
  /** Content security violations that browsers reported. */
  cspReports(): unknown[];
  stop(): Promise<void>;
}

/** Starts the whole product on loopback: local org, stand-ins, functions with their database, and the page. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { log = () => {}, dataDir = path.join(root, '.sandbox') } = options;
  const unlock = lockFolder(dataDir);
  const stops: (() => Promise<unknown> | unknown)[] = [unlock];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return await assemble({ ...options, log, dataDir }, stops, stop);
  } catch (error) {
    await stop();
    throw explain(error);
  }
}

type Assembling = SandboxOptions & { log: (line: string) => void; dataDir: string };

async function assemble(options: Assembling, stops: (() => unknown)[], stop: () => Promise<void>): Promise<Sandbox> {
  const { log, dataDir } = options;
  const state = openState(dataDir);
  const { secrets } = state;
  const pidFile = path.join(dataDir, 'functions.pid');
  await endLeftFunctions(pidFile);
  const ports = await choosePorts(options.port ?? 0);
  const clock = createClock({ offsetMs: state.clockOffsetMs });
  const faults = options.faults ?? createFaultPlan(options.faultSeed ?? 1);
  const remember = () => saveState(dataDir, { ...state, clockOffsetMs: Math.round(clock.now() - Date.now()) });
  clock.onAdvance(remember);
  stops.push(() => clock.stop(), remember);

  const functionsUrl = `http://127.0.0.1:${ports.functions}`;
  const step = timed(log);
  const [postgres, stripe, quickbooks, org] = await Promise.all([
    step('database', () => startPostgres({ dataDir: path.join(dataDir, 'postgres'), log })),
    step('Stripe stand-in', () =>
      startStripe({
        port: ports.stripe,
        dataDir: path.join(dataDir, 'stripe'),
        clock,
        faults,
        secretKey: secrets.stripeSecretKey,
        account: { name: company.name, timeZone: company.timeZone },
        webhook: { url: `${functionsUrl}/hooks/stripe`, secret: secrets.stripeWebhookSecret },
      }),
    ),
    step('QuickBooks stand-in', () =>
      startQuickbooks({
        port: ports.quickbooks,
        dataDir: path.join(dataDir, 'quickbooks'),
        clock,
        faults,
        webhook: { url: `${functionsUrl}/hooks/quickbooks`, verifier: secrets.quickbooksVerifier },
        limits: options.limits ?? true,
        seed: {
          items,
          customers,
          currencies: company.currencies.filter((currency) => currency !== company.homeCurrency),
          settings: { companyName: company.name },
        },
      }),
    ),
    step('local org', () =>
      startOrg({
        port: ports.org,
        dataDir: path.join(dataDir, 'org'),
        clock,
        faults,
        packageDir: path.join(root, 'force-app/main'),
        extraDirs: [path.join(root, 'force-app/tests'), path.join(root, 'force-app/extensions/orders')],
        features: { multiCurrency: true, personAccounts: false, orders: true, quotes: false },
        currencies: company.currencies,
        functionsUrl,
        credentials: { Trueup_Functions: { token: secrets.functionSecret } },
        runtime: packageRuntime,
      }),
    ),
  ]);
  stops.push(
    () => postgres.stop(),
    () => stripe.stop(),
    () => quickbooks.stop(),
    () => org.stop(),
  );

  const functions = createFunctionsProcess({
    root,
    port: ports.functions,
    pidFile,
    logFile: path.join(dataDir, 'logs', 'functions.log'),
    env: {
      DATABASE_URL: postgres.url,
      TRUEUP_FUNCTION_SECRETS: secrets.functionSecret,
      TRUEUP_ENCRYPTION_KEY: secrets.encryptionKey,
      TRUEUP_ORG_ID: org.orgId,
      TRUEUP_COMPANY_KEY: company.key,
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRETS: secrets.stripeWebhookSecret,
      STRIPE_API_BASE: stripe.baseUrl,
      STRIPE_DASHBOARD_BASE: `${stripe.baseUrl}/sandbox`,
      QUICKBOOKS_CLIENT_ID: quickbooks.clientId,
      QUICKBOOKS_CLIENT_SECRET: quickbooks.clientSecret,
      QUICKBOOKS_REALM_ID: quickbooks.realmId,
      QUICKBOOKS_REFRESH_TOKEN: quickbooks.refreshToken,
      QUICKBOOKS_WEBHOOK_VERIFIER: secrets.quickbooksVerifier,
      QUICKBOOKS_API_BASE: quickbooks.baseUrl,
      QUICKBOOKS_TOKEN_URL: `${quickbooks.baseUrl}/oauth2/v1/tokens/bearer`,
      QUICKBOOKS_APP_BASE: quickbooks.baseUrl,
      HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
      HEROKU_APPLINK_TOKEN: org.appLink.token,
      HEROKU_APP_ID: 'trueup-sandbox',
    },
  });
  stops.push(() => functions.stop());
  const seeding =
    state.seeded || options.seed === false
      ? Promise.resolve(undefined)
      : step('seed data', () => seedAll({ org, stripe, quickbooks, now: clock.now() }));
  const page = options.page === false ? undefined : step('page', () => openPage(options, ports.page, { org, stripe, quickbooks, clock }));
  const [seeded, , shown] = await Promise.all([seeding, step('functions', () => functions.start()), page]);
  if (seeded) state.seeded = true;
  remember();
  if (shown) stops.push(() => shown.stop());

  const info: SandboxInfo = {
    page: shown?.url ?? null,
    org: { instanceUrl: org.baseUrl, apiVersion: org.apiVersion, orgId: org.orgId, users: org.users },
    stripe: { baseUrl: stripe.baseUrl, secretKey: stripe.secretKey, webhookSecret: stripe.webhookSecret },
    quickbooks: {
      baseUrl: quickbooks.baseUrl,
      realmId: quickbooks.realmId,
      clientId: quickbooks.clientId,
      clientSecret: quickbooks.clientSecret,
      accessToken: quickbooks.accessToken,
      refreshToken: quickbooks.refreshToken,
    },
    functions: { baseUrl: functions.baseUrl },
    control: { baseUrl: shown ? `${shown.url}/sandbox/control` : '' },
  };
  const infoFile = path.join(dataDir, 'sandbox.json');
  fs.writeFileSync(infoFile, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600 });
  stops.push(() => fs.rmSync(infoFile, { force: true }));
  return {
    info,
    clock,
    faults,
    functions,
    org,
    stripe,
    quickbooks,
    seeded,
    functionSecret: secrets.functionSecret,
    databaseUrl: postgres.url,
    cspReports: () => shown?.cspReports() ?? [],
    stop,
  };
}

/** The stand-in serves one account and names it nowhere; the company record holds it for people. */
const STRIPE_ACCOUNT = 'acct_1TrueupSandbox';

interface Running {
  org: Sandbox['org'];
  stripe: Sandbox['stripe'];
  quickbooks: Sandbox['quickbooks'];
}

async function seedAll({ org, stripe, quickbooks, now }: Running & { now: number }): Promise<SeededOrg> {
  await seedStripe(stripe.baseUrl, stripe.secretKey);
  const { rep, admin } = org.users;
  return seedOrg({
    org: createOrgWriter(org.baseUrl, admin.accessToken),
    orgId: org.orgId,
    owners: { rep: rep.id, admin: admin.id },
    stripeAccountId: STRIPE_ACCOUNT,
    realmId: quickbooks.realmId,
    now,
  });
}

function openPage(options: Assembling, port: number, { org, stripe, quickbooks, clock }: Running & { clock: Clock }) {
  const tokens = Object.entries(org.users).map(([key, user]) => [key, user.accessToken] as const);
  return startPage({
    port,
    orgBaseUrl: org.baseUrl,
    sessions: Object.fromEntries(tokens),
    packageDirs: [path.join(root, 'force-app/main'), path.join(root, 'force-app/extensions/orders')],
    cacheDir: options.cacheDir ?? path.join(root, '.sandbox', 'cache'),
    log: options.log,
    control: {
      runFlow: (name) => org.runFlow(name),
      async advanceClock(ms) {
        await clock.advance(ms);
        return { now: clock.now() };
      },
      state: () => ({ now: clock.now() }),
    },
    links: [
      { label: 'Stripe stand-in', url: `${stripe.baseUrl}/sandbox` },
      { label: 'QuickBooks stand-in', url: `${quickbooks.baseUrl}/sandbox` },
      { label: 'Local org inspector', url: `${org.baseUrl}/sandbox` },
    ],
  });
}

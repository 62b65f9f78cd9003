import path from 'node:path';
import type { Clock, FaultPlan } from './emulators/core/index.ts';
import type { RunningOrg } from './emulators/org/index.ts';
import type { RunningQuickbooks } from './emulators/quickbooks/index.ts';
import type { StripeSandbox } from './emulators/stripe/index.ts';
import { timed } from './explain.ts';
import { bundleFunctions } from './functions-bundle.ts';
import { type FunctionsProcess, createFunctionsProcess, endLeftFunctions } from './functions-process.ts';
import { ALL_FAULTS } from './fault-catalogue.ts';
import { type Ground, type GroundOptions, STAND_INS, type StandIn, onGround, root } from './ground.ts';
import { type SandboxInfo, orgInfo, publish, quickbooksInfo, stripeInfo } from './info.ts';
import { choosePorts } from './ports.ts';
import { setDatabaseClock } from './postgres/clock.ts';
import { createCopies } from './postgres/copies.ts';
import { startPostgres } from './postgres/index.ts';
import { createRest } from './rest.ts';
import { startPage } from './record-page/server.ts';
import type { SeededOrg } from './seed/seed-org.ts';
import { company } from './seed/story.ts';
import { type Snapshots, createSnapshots } from './snapshots.ts';
import { type StripeLimits, fillOrg, fillStripe, openOrg, openQuickbooks, openStripe } from './stand-ins.ts';

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
  failPayout,
  payInvoice,
  putReceiver,
  startStripe,
} from './emulators/stripe/index.ts';
export type { StripeEngine } from './emulators/stripe/index.ts';
export { setDatabaseClock } from './postgres/clock.ts';
export { startPostgres } from './postgres/index.ts';
export { createOrgWriter, createWriterOver } from './seed/org-writer.ts';
export { customers as storyCustomers, items as storyItems } from './seed/quickbooks-story.ts';
export { type SeededOrg, seedOrg } from './seed/seed-org.ts';
export { accounts as storyAccounts, company as storyCompany } from './seed/story.ts';
export { findBrowser } from './browser.ts';
export type { SandboxInfo } from './info.ts';
export { startOnly } from './only.ts';
export { SandboxError } from './state.ts';

export interface SandboxOptions extends GroundOptions {
  /** Base of six ports in a row; 0 (the default): any free ones. */
  port?: number;
  /** Without the page that looks like Lightning: for tests that need no browser. */
  page?: boolean;
  /** Where what was compiled is kept between starts; `.sandbox/cache` of the checkout by default. */
  cacheDir?: string;
  seed?: boolean;
  /** Whether the functions' database waits for the disk; on. */
  durable?: boolean;
  /** Rate limits of the QuickBooks stand-in; on by default. */
  limits?: boolean;
  /** Rate limits of the Stripe stand-in, as a test or a live account has them; off by default. */
  stripeLimits?: StripeLimits;
  /** Folders of more metadata for the org: an admin's own. */
  extraDirs?: string[];
}

export interface Sandbox {
  info: SandboxInfo;
  /** Moves the functions along, but wakes nothing that sleeps in them: see `moveClock`. */
  clock: Clock;
  /** Moves every clock forward and starts the functions anew, as a host starts them each day: what waits in them has waited. */
  moveClock(ms: number): Promise<void>;
  faults: FaultPlan;
  /** How far the clock of each stand-in is off can be changed. */
  clocks: Ground['clocks'];
  /** Snapshots of everything, and their restoring. */
  snapshots: Snapshots;
  functions: FunctionsProcess;
  org: RunningOrg;
  stripe: StripeSandbox;
  quickbooks: RunningQuickbooks;
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
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return onGround(options, (ground) => assemble(ground, options));
}

async function assemble(ground: Ground, options: SandboxOptions): Promise<Sandbox> {
  const { log, dataDir, state, clock, faults, stops } = ground;
  const { secrets } = state;
  const pidFile = path.join(dataDir, 'functions.pid');
  await endLeftFunctions(pidFile);
  const ports = await choosePorts(options.port ?? 0);
  const functionsUrl = `http://127.0.0.1:${ports.functions}`;
  const step = timed(log);
  const cacheDir = options.cacheDir ?? path.join(root, '.sandbox', 'cache');
  const [folder, postgres, stripe, quickbooks, org] = await Promise.all([
    step('bundle of the functions', () => bundleFunctions(root, cacheDir)),
    step('database', () => startPostgres({ dataDir: path.join(dataDir, 'postgres'), log, durable: options.durable ?? true })),
    step('Stripe stand-in', () => openStripe(ground, { port: ports.stripe, functionsUrl, limits: options.stripeLimits })),
    step('QuickBooks stand-in', () => openQuickbooks(ground, { port: ports.quickbooks, functionsUrl, limits: options.limits ?? true })),
    step('local org', () => openOrg(ground, { port: ports.org, functionsUrl, extraDirs: options.extraDirs ?? [] })),
  ]);
  stops.push(
    () => postgres.stop(),
    () => stripe.stop(),
    () => quickbooks.stop(),
    () => org.stop(),
  );

  const functions = createFunctionsProcess({
    root,
    folder,
    port: ports.functions,
    pidFile,
    logFile: path.join(dataDir, 'logs', 'functions.log'),
    aheadMs: () => Math.round(clock.now() - Date.now()),
    setDatabaseClock: (aheadMs) => setDatabaseClock(postgres.url, aheadMs),
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
  stops.push(
    () => functions.stop(),
    clock.onJump(() => functions.follow()),
  );
  const rest = createRest(functions, () => Promise.all([stripe.idle(), quickbooks.notifier.deliverer.idle()]));
  const snapshots = createSnapshots(ground, { org, stripe, quickbooks, rest, copies: createCopies(postgres.url) });
  const moveClock = (ms: number) => rest.beforeRestart(() => clock.advance(ms));
  const running = { org, stripe, quickbooks, snapshots, moveClock };
  const seeding = options.seed === false ? undefined : step('seed data', () => fillAll(ground, running));
  const page = options.page === false ? undefined : step('page', () => openPage(ground, options, ports.page, running));
  const [seeded, , shown] = await Promise.all([seeding, step('functions', () => functions.start()), page]);
  ground.remember();
  if (shown) stops.push(() => shown.stop());

  const info: SandboxInfo = {
    page: shown?.url ?? null,
    org: orgInfo(org),
    stripe: stripeInfo(stripe),
    quickbooks: quickbooksInfo(quickbooks),
    functions: { baseUrl: functions.baseUrl },
    control: { baseUrl: shown ? `${shown.url}/sandbox/control` : '' },
  };
  stops.push(publish(dataDir, info));
  return {
    info,
    clock,
    moveClock,
    faults,
    clocks: ground.clocks,
    snapshots,
    functions,
    org,
    stripe,
    quickbooks,
    seeded,
    functionSecret: secrets.functionSecret,
    databaseUrl: postgres.url,
    cspReports: () => shown?.cspReports() ?? [],
    stop: ground.stop,
  };
}

type Running = Pick<Sandbox, 'org' | 'stripe' | 'quickbooks' | 'snapshots' | 'moveClock'>;

async function fillAll(ground: Ground, { org, stripe }: Running): Promise<SeededOrg | undefined> {
  await fillStripe(ground, stripe);
  return fillOrg(ground, org);
}

function openPage(ground: Ground, options: SandboxOptions, port: number, { org, stripe, quickbooks, snapshots, moveClock }: Running) {
  const { clock, clocks, faults, log, remember } = ground;
  const tokens = Object.entries(org.users).map(([key, user]) => [key, user.accessToken] as const);
  return startPage({
    port,
    orgBaseUrl: org.baseUrl,
    sessions: Object.fromEntries(tokens),
    packageDirs: [path.join(root, 'force-app/main'), path.join(root, 'force-app/extensions/orders')],
    cacheDir: options.cacheDir ?? path.join(root, '.sandbox', 'cache'),
    log,
    control: {
      runFlow: (name) => org.runFlow(name),
      async advanceClock(ms) {
        await moveClock(ms);
        return { now: clock.now() };
      },
      state: () => ({ now: clock.now() }),
    },
    controls: {
      faults,
      catalogue: ALL_FAULTS,
      clock: {
        now: () => clock.now(),
        advance: moveClock,
        skews: () => STAND_INS.map((name) => ({ name, label: LABELS[name], skewMs: clocks[name].skewMs() })),
        skew(name, ms) {
          clocks[name as StandIn].skew(ms);
          remember();
        },
      },
      snapshots,
    },
    links: [
      { label: 'Faults', url: '/sandbox/faults' },
      { label: 'Clock and snapshots', url: '/sandbox/clock' },
      { label: 'Stripe stand-in', url: `${stripe.baseUrl}/sandbox` },
      { label: 'QuickBooks stand-in', url: `${quickbooks.baseUrl}/sandbox` },
      { label: 'Local org inspector', url: `${org.baseUrl}/sandbox` },
    ],
  });
}

const LABELS: Record<StandIn, string> = { org: 'Salesforce', stripe: 'Stripe', quickbooks: 'QuickBooks' };

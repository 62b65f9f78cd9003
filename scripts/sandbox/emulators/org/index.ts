import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '../core/clock.ts';
import { addControlRoutes, listenOnLoopback } from '../core/index.ts';
import { createCallout } from './auth/callouts.ts';
import { clientContextHeader } from './auth/client-context.ts';
import type { OAuthContext } from './auth/oauth.ts';
import { addAppLinkRoutes, addOAuthRoutes } from './auth/routes.ts';
import { createSessions } from './auth/sessions.ts';
import type { OrgOptions, OrgUser, RunningOrg } from './entities.ts';
import { attachCometd } from './events/cometd.ts';
import { addEventStream } from './events/stream.ts';
import { ORG_FAULTS } from './fault-list.ts';
import { createImages } from './images.ts';
import { openOrg, packageDirectories, UnsupportedMetadata } from './open-org.ts';
import { FRAME, addPages } from './pages/routes.ts';
import { createApi } from './routes/api.ts';
import { createChangeEvents } from './events/change-events.ts';
import type { OrgServices } from './routes/api.ts';
import { sandboxRoutes } from './routes/sandbox.ts';
import type { OrgRuntime } from './runtime.ts';
import type { OrgFeatures } from './schema/model.ts';
import { PERSONAS } from './seed-people.ts';
import type { Persona } from './seed-people.ts';
import { createServer } from './server.ts';
import { createRestApi } from './rest-api.ts';

export { openOrgInProcess } from './in-process.ts';
export type { OrgInProcess, OrgInProcessOptions } from './in-process.ts';
export type { OrgOptions, OrgUser, RunningOrg } from './entities.ts';
export { openOrg, packageDirectories, UnsupportedMetadata } from './open-org.ts';
export type { LocalOrgData } from './org-data.ts';
export type { OrgRuntime, RuntimeContext, RuntimeFactory } from './runtime.ts';
export { PERSONAS } from './seed-people.ts';
export type { Persona } from './seed-people.ts';

const API_VERSION = '66.0';
const MINUTE_MS = 60_000;

/** Starts the local org. Throws UnsupportedMetadata, with files and lines, when the package holds what it cannot run. */
export async function startOrg(options: OrgOptions): Promise<RunningOrg> {
  const features: OrgFeatures = { multiCurrency: true, personAccounts: false, orders: true, quotes: true, ...options.features };
  const currencies = options.currencies ?? ['USD', 'EUR', 'JPY'];
  const timeZone = options.timeZone ?? 'America/Los_Angeles';
  const packageDirs = [
    ...packageDirectories(path.resolve(options.packageDir), features),
    ...(options.extraDirs ?? []).map((one) => path.resolve(one)),
  ];
  const { clock, faults } = options;
  const org = openOrg({
    packageDirs,
    features,
    currencies,
    timeZone,
    faults,
    now: clock.now(),
    ...(options.dataDir ? { dataDir: options.dataDir } : {}),
    ...(options.sharing ? { sharing: options.sharing } : {}),
  });
  const { data, loaded, orgId } = org;
  const { core } = data;
  let baseUrl = '';
  let runtime: OrgRuntime | undefined;
  const sessions = createSessions(core.store, clock, orgId);
  const { services, api } = createRestApi(org, {
    clock,
    faults,
    timeZone,
    currencies,
    ...(options.dailyApiLimit === undefined ? {} : { dailyApiLimit: options.dailyApiLimit }),
    apex: () => runtime?.apex,
    baseUrl: () => baseUrl,
  });
  const { bulk, coverage, credentials } = services;
  const users = Object.fromEntries(
    PERSONAS.map((persona) => [
      persona,
      { id: org.users[persona], username: `${persona}@trueup.local`, accessToken: sessions.standing(org.users[persona]).token },
    ]),
  ) as Record<Persona, OrgUser>;
  const runFlow = async (name: string): Promise<unknown> => {
    if (!runtime) throw new Error('No runner of flows was given to the org.');
    return runtime.flows.runScheduled(name);
  };
  const sandbox = createApi(
    sandboxRoutes({
      users,
      flows: () => runtime?.flows.list() ?? [],
      runFlow,
      advance: (ms) => clock.advance(ms),
      links: options.links ?? [],
    }),
    services,
  );
  for (const external of loaded.contents.externalCredentials) credentials.putExternal(external);
  fillCredentials(services, options);
  if (options.runtime) {
    runtime = await options.runtime({ packageDirs, data, clock, callout: createCallout(services), automationUserId: users.automation.id });
    const problems = runtime.check();
    if (problems.length) throw new UnsupportedMetadata(problems);
  }
  const app = createServer({ services, sessions, api: () => api, sandbox: () => sandbox });
  const oauth: OAuthContext = { clock, store: core.store, sessions, clients: options.clients ?? [], orgId, baseUrl: () => baseUrl };
  const appLinkToken = options.appLinkToken ?? randomBytes(24).toString('hex');
  addOAuthRoutes(app, oauth);
  addAppLinkRoutes(app, oauth, { token: appLinkToken, authorizations: { worker: users.integration.id }, apiVersion: API_VERSION });
  addPages(app, core, coverage);
  const images = createImages({
    store: core.store,
    keepSessions: (replace) => sessions.keep(replace),
    forget: () => {
      core.store.forget();
      core.book.forget();
      data.bus.forget();
      services.cursors.clear();
      runtime?.flows.rearm();
    },
  });
  addControlRoutes(app, { clock, faults, store: images, catalogue: ORG_FAULTS, frame: FRAME, coverage });
  addEventStream(app, core, data.bus, sessions);
  await app.ready();
  const changes = createChangeEvents(core, data.bus, options.changeDataCapture ?? [], () => clock.now());
  const stopCometd = attachCometd({ server: app.server, sessions, core, bus: data.bus, changes, clock });
  const stopTime = keepTime(clock, services, () => runtime);
  const stopChanges = data.onChange((change) => {
    changes.take(change);
    void runtime?.flows.onRecordChange([change]);
  });
  baseUrl = await listenOnLoopback(app, options.port ?? 0);
  bulk.resume();

  return {
    baseUrl,
    orgId,
    apiVersion: API_VERSION,
    users,
    appLink: { apiUrl: `${baseUrl}/applink`, token: appLinkToken },
    data,
    ...images,
    clientContext: (user) =>
      clientContextHeader(
        sessions,
        { userId: users[user].id, username: users[user].username, orgId, orgDomainUrl: baseUrl, apiVersion: API_VERSION },
        randomUUID(),
      ),
    expireSessions: () => sessions.expire(),
    runFlow,
    runApexTests: async (filter) => {
      if (!runtime) throw new Error('No runner of Apex was given to the org.');
      return runtime.apex.runTests(filter);
    },
    stop: async () => {
      stopTime();
      bulk.stop();
      runtime?.stop?.();
      stopChanges();
      stopCometd();
      await app.close();
      org.close();
    },
  };
}

/** What set-up would do in a real org: the named credential, and the secret of the external credential's principal. */
function fillCredentials({ credentials }: OrgServices, { functionsUrl, credentials: secrets = {} }: OrgOptions): void {
  for (const [name, values] of Object.entries(secrets)) {
    const external = credentials.external(name);
    const [principal] = (external?.['principals'] ?? []) as { principalName: string }[];
    if (principal) credentials.putSecrets(name, principal.principalName, values);
  }
  if (functionsUrl && credentials.external('Trueup_Functions'))
    credentials.putNamed({
      developerName: 'Trueup_Functions',
      masterLabel: 'Trueup Functions',
      type: 'SecuredEndpoint',
      calloutUrl: functionsUrl,
      externalCredentials: [{ developerName: 'Trueup_Functions' }],
    });
}

/** Schedules run when the clock says so; the count of API calls starts anew every 24 hours. */
function keepTime(clock: Clock, services: OrgServices, runtime: () => OrgRuntime | undefined): () => void {
  let countedSince = clock.now();
  const tick = async (now: number): Promise<void> => {
    if (now - countedSince >= 24 * 60 * MINUTE_MS || now < countedSince) {
      countedSince = now;
      services.usage.used = 0;
    }
    await runtime()?.flows.due(now);
  };
  const stopAdvance = clock.onAdvance(tick);
  const timer = setInterval(() => void tick(clock.now()), MINUTE_MS);
  timer.unref();
  return () => {
    stopAdvance();
    clearInterval(timer);
  };
}

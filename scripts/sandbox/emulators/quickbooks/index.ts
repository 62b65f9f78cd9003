import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../core/clock.ts';
import { addControlRoutes } from '../core/control.ts';
import type { FaultPlan } from '../core/faults.ts';
import { createHttp, listenOnLoopback } from '../core/http.ts';
import { openStore } from '../core/store.ts';
import type { Store } from '../core/store.ts';
import { addQuickbooksControl } from './control.ts';
import { createQuickbooksEngine, DEFAULT_REALM, NOT_MODELLED_HEADER } from './engine.ts';
import type { QuickbooksEngine } from './engine.ts';
import { faults as quickbooksFaults, QuickbooksFault, unauthorizedBody } from './errors.ts';
import type { EventFormat } from './hooks/event-body.ts';
import { createNotifier } from './hooks/notifier.ts';
import type { Notifier, Webhook } from './hooks/notifier.ts';
import { QUICKBOOKS_FAULTS } from './fault-list.ts';
import { addOAuthRoutes } from './oauth/routes.ts';
import { editByOther } from './other-user.ts';
import { FRAME } from './pages/frame.ts';
import { addPages } from './pages/routes.ts';
import type { Switches } from './rules/context.ts';
import { seedQuickbooks } from './seed.ts';
import type { Seeded, SeedOptions } from './seed.ts';

export { createQuickbooksEngine, DEFAULT_REALM } from './engine.ts';
export { createNotifier } from './hooks/notifier.ts';
export type { EngineOptions, EngineReply, QuickbooksEngine } from './engine.ts';
export { seedQuickbooks } from './seed.ts';
export type { Seeded, SeedCustomer, SeedItem, SeedOptions } from './seed.ts';

export interface QuickbooksOptions {
  clock: Clock;
  faults: FaultPlan;
  /** 0 or nothing: any free port. */
  port?: number;
  /** Where state is kept; nothing: in memory. */
  dataDir?: string;
  /** The receiver of notifications; it can be changed later by `/__ctl/webhook`. */
  webhook?: Webhook;
  webhookFormat?: EventFormat;
  /** What an empty company starts with; nothing leaves it empty. */
  seed?: SeedOptions;
  /** False switches the rate limits off. */
  limits?: boolean;
  switches?: Partial<Switches>;
  /** Age at which a refresh gives a new refresh token, in milliseconds; 24 h like QuickBooks. */
  rotateAfterMs?: number;
}

export interface RunningQuickbooks {
  baseUrl: string;
  realmId: string;
  clientId: string;
  clientSecret: string;
  accessToken: string;
  refreshToken: string;
  verifierToken: string;
  engine: QuickbooksEngine;
  notifier: Notifier;
  /** Ids of what the seed laid down; undefined when the company was there already. */
  seeded: Seeded | undefined;
  /** The whole company as one SQLite file image. */
  snapshot(): Uint8Array;
  /** Puts an image back, tokens included: for a restore of everything that holds them. */
  restore(image: Uint8Array): void;
  stop(): Promise<void>;
}

const CLIENT = { clientId: 'ABsandboxTrueupClient', clientSecret: 'sandboxTrueupSecret' };
const VERIFIER = 'sandbox-verifier-token';
const SCOPE = 'com.intuit.quickbooks.accounting';

/** Starts the QuickBooks Online stand-in on 127.0.0.1. */
export async function startQuickbooks(options: QuickbooksOptions): Promise<RunningQuickbooks> {
  const { clock, faults } = options;
  if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
  const store = openStore(options.dataDir === undefined ? {} : { file: path.join(options.dataDir, 'quickbooks.sqlite') });
  const engine = createQuickbooksEngine({
    clock,
    store,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.switches ? { switches: options.switches } : {}),
    ...(options.rotateAfterMs === undefined ? {} : { rotateAfterMs: options.rotateAfterMs }),
  });
  const seed = () => (options.seed && engine.books.rows('Account').count() === 0 ? seedQuickbooks(engine, options.seed) : undefined);
  const seeded = seed();
  const notifier = createNotifier({
    store,
    clock,
    faults,
    realmId: engine.realmId,
    ...(options.webhook ? { webhook: options.webhook } : {}),
    ...(options.webhookFormat ? { format: options.webhookFormat } : {}),
  });
  engine.onChanges((changes) => notifier.take(changes));

  const app = createHttp({
    name: 'quickbooks',
    faults,
    faultAnswer: (status) => faultAnswer(status, clock),
    faulty: (request) => /^\/(v3|oauth2|v2)\//.test(request.url),
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => unreadable(error, request, reply));
  addApi(app, engine, faults);
  addFiles(app, engine);
  addOAuthRoutes(app, {
    tokens: engine.tokens,
    app: CLIENT,
    realmId: engine.realmId,
    companyName: () => engine.books.settings.companyName,
  });
  addPages(app, engine, notifier.deliverer);
  addControlRoutes(app, {
    clock,
    faults,
    store: connectedStore(store, engine),
    catalogue: QUICKBOOKS_FAULTS,
    frame: FRAME,
    coverage: engine.coverage,
    deliverer: notifier.deliverer,
    onRestore: () => notifier.takeUp(),
    onReset: () => notifier.silently(() => void seed()),
  });
  addQuickbooksControl(app, engine, notifier, VERIFIER);
  app.setNotFoundHandler((request, reply) => {
    engine.coverage.refuse(`${request.method} ${request.url.split('?', 1)[0]}`);
    const fault = quickbooksFaults.noSuchResource(request.url, request.url);
    return reply.code(404).send({ Fault: fault.body });
  });

  const baseUrl = await listenOnLoopback(app, options.port);
  engine.files.origin = baseUrl;
  const { accessToken, refreshToken } = credentials(engine);
  return {
    baseUrl,
    realmId: DEFAULT_REALM,
    ...CLIENT,
    accessToken,
    refreshToken,
    verifierToken: options.webhook?.verifier ?? VERIFIER,
    engine,
    notifier,
    seeded,
    snapshot: () => store.snapshot(),
    restore(image) {
      store.restore(image);
      engine.reload();
      notifier.takeUp();
    },
    async stop() {
      await app.close();
      await notifier.stop();
      store.close();
    },
  };
}

/** A store whose reset and restore keep the app connected and the engine in step. */
function connectedStore(store: Store, engine: QuickbooksEngine): Store {
  const then = (fn: () => void) => {
    engine.tokens.keep(fn);
    engine.reload();
  };
  return { ...store, clear: () => then(() => store.clear()), restore: (image) => then(() => store.restore(image)) };
}

/** The tokens of the app that is connected already: those of the living grant, or a new one. */
function credentials({ tokens, realmId }: QuickbooksEngine): { accessToken: string; refreshToken: string } {
  const grant = tokens.find(CLIENT.clientId, realmId);
  if (grant) return { accessToken: tokens.access(grant), refreshToken: grant.refreshToken };
  const made = tokens.grant({ clientId: CLIENT.clientId, realmId, scope: SCOPE });
  return { accessToken: made.access_token, refreshToken: made.refresh_token };
}

/** Documented: a whole upload holds at most 100 MB. */
const LARGEST_UPLOAD = 100 * 1024 * 1024;

/** Files of attachments, at signed addresses like S3's; they ask for no token. */
function addFiles(app: FastifyInstance, engine: QuickbooksEngine): void {
  // The customer's page behind an InvoiceLink.
  app.get('/t/:token', (_request, reply) => reply.code(501).send({ error: "Intuit's payment page is not modelled." }));
  app.get<{ Params: { id: string } }>('/attachments/:id/:name', (request, reply) => {
    const found = engine.files.open(request.params.id, request.query as Record<string, string>);
    if (Buffer.isBuffer(found)) {
      const type = engine.books.get('Attachable', request.params.id)?.['ContentType'];
      return reply.type(typeof type === 'string' ? type : 'application/octet-stream').send(found);
    }
    const message = found === 'expired' ? 'Request has expired' : 'Access Denied';
    return reply.code(403).type('application/xml').send(`<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
  });
}

function addApi(app: FastifyInstance, engine: QuickbooksEngine, faults: FaultPlan): void {
  app.all('/v3/company/*', { bodyLimit: LARGEST_UPLOAD }, (request, reply) => {
    if (request.fault?.kind === 'expire-token') engine.tokens.expireAll();
    else if (request.fault && request.fault.kind !== 'drop-answer')
      return reply.code(501).send({ error: `The fault ${request.fault.kind} makes no sense at quickbooks.request.` });
    const query = Object.fromEntries(
      Object.entries(request.query as Record<string, string | string[]>).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.at(-1) : value,
      ]),
    );
    if (!wantsJson(request)) {
      const fault = quickbooksFaults.unsupported(
        'an XML answer, which QuickBooks gives unless the request says "Accept: application/json",',
      );
      engine.coverage.refuse('XML answers');
      return reply.code(400).header(NOT_MODELLED_HEADER, 'true').send({ Fault: fault.body });
    }
    const headers = { authorization: request.headers.authorization };
    const isMultipart = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
    const body = isMultipart ? request.rawBody : request.body;
    const path = request.url.split('?', 1)[0]!;
    if (request.method === 'POST' && !isMultipart) editByOther(engine, faults, path, request.body);
    const answer = engine.request(request.method, path, query, body, headers);
    return reply
      .code(answer.status)
      .headers(answer.headers)
      .send(Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body));
  });
}

/** QuickBooks answers XML unless JSON is asked for (documented); `format=json` is what node-quickbooks adds. */
function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  return (
    /json|pdf/.test(accept) ||
    /\/download\/\d+$/.test(request.url.split('?', 1)[0]!) ||
    (request.query as Record<string, string>)['format'] === 'json'
  );
}

/** What a fault of the plan answers in QuickBooks' shapes. */
function faultAnswer(status: number, clock: Clock): { body: unknown; headers?: Record<string, string> } {
  if (status === 429) return { body: { Fault: quickbooksFaults.throttled().body } };
  if (status === 401)
    return {
      body: unauthorizedBody('Token expired: (fault)', clock.now()),
      headers: { 'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"' },
    };
  const fault = new QuickbooksFault(
    '10000',
    'An application error has occurred while processing your request',
    'System Failure Error: fault of the sandbox plan',
    { http: status, type: 'SystemFault' },
  );
  return { body: { Fault: fault.body } };
}

/** Bodies that cannot be read answer like Jackson's parse errors; anything else is a bug of the stand-in. */
function unreadable(error: Error & { statusCode?: number }, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  const fault =
    status < 500
      ? new QuickbooksFault(
          '2010',
          'Request has invalid or unsupported property',
          `Property Name:${error.message} specified is unsupported or invalid`,
        )
      : new QuickbooksFault(
          '10000',
          'An application error has occurred while processing your request',
          `System Failure Error: ${error.message}`,
          { type: 'SystemFault' },
        );
  return reply.code(status).send({ Fault: fault.body });
}

import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { createCoverage } from '../core/coverage.ts';
import type { Coverage } from '../core/coverage.ts';
import type { Store } from '../core/store.ts';
import { COVERAGE } from './coverage.ts';
import type { Draft, Entity, EntityName } from './entities.ts';
import { faults, QuickbooksFault, unauthorizedBody } from './errors.ts';
import { openFiles, withAddresses } from './files.ts';
import type { Files } from './files.ts';
import { openApplications } from './ledger/applications.ts';
import { openDepositLinks } from './ledger/deposit-links.ts';
import { openSystemAccounts } from './ledger/accounts.ts';
import type { SystemAccounts } from './ledger/accounts.ts';
import { openLedger } from './ledger/ledger.ts';
import type { Ledger } from './ledger/ledger.ts';
import { fromMinor } from './money.ts';
import { mergeCustomers } from './merge.ts';
import { openTokens } from './oauth/tokens.ts';
import type { Tokens } from './oauth/tokens.ts';
import { milliseconds } from './pacific-time.ts';
import type { QuerySource } from './query/run.ts';
import { openReadMeter } from './read-meter.ts';
import type { ReadMeter } from './read-meter.ts';
import { openRequestIds } from './request-ids.ts';
import type { Call, Reply } from './routes/call.ts';
import { singleton } from './routes/company.ts';
import { routeCall } from './routes/route.ts';
import type { RuleContext, Switches } from './rules/context.ts';
import type { WriteOperation } from './rules/write.ts';
import { writeEntity } from './rules/write.ts';
import { openBooks } from './store.ts';
import type { Books, Change } from './store.ts';
import { createThrottle } from './throttle.ts';

export const DEFAULT_REALM = '9341450000000001';
/** Marks answers whose real counterpart is not known. */
export const NOT_MODELLED_HEADER = 'x-sandbox-not-modelled';

export interface EngineOptions {
  clock: Clock;
  store: Store;
  realmId?: string;
  /** False: no bearer token is asked for (benches). */
  auth?: boolean;
  /** False: no rate limits (benches). */
  limits?: boolean;
  switches?: Partial<Switches>;
  /** Age at which a refresh gives a new refresh token; 24 h like QuickBooks. */
  rotateAfterMs?: number;
}

export interface EngineReply {
  status: number;
  /** A JSON value, or bytes for a PDF. */
  body: unknown;
  headers: Record<string, string>;
}

/** The stand-in without HTTP: one company, its books and its API. */
export interface QuickbooksEngine {
  realmId: string;
  books: Books;
  ledger: Ledger;
  accounts: SystemAccounts;
  tokens: Tokens;
  coverage: Coverage;
  switches: Switches;
  files: Files;
  readMeter: ReadMeter;
  /** Requests answered since start: metered reads (GET) and writes. */
  meters: { reads: number; writes: number };
  /** Answers one API request. `path` begins with `/v3/company/`; `body` is parsed JSON, or text for a posted query. */
  request(
    method: string,
    path: string,
    query?: Record<string, string | undefined>,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): EngineReply;
  /** Writes as somebody in QuickBooks' own screens would: no token, no limits. */
  write(entity: EntityName, input: Draft, operation?: WriteOperation, include?: string): Entity;
  /** Puts much into the books at once, or nothing of it. */
  transaction<R>(fn: () => R): R;
  /** Merges a customer into another, as somebody in QuickBooks' own screens would; returns why not, or nothing. */
  merge(from: string, into: string): string | undefined;
  present(entity: EntityName, body: Entity): Entity;
  /** Calls `fn` with the changes of each committed write. */
  onChanges(fn: (changes: Change[]) => void): void;
  /** Forgets what is held in memory, after the store was restored or cleared. */
  reload(): void;
}

/** Opens a company over a store. */
export function createQuickbooksEngine(options: EngineOptions): QuickbooksEngine {
  const { clock, store } = options;
  const realmId = options.realmId ?? DEFAULT_REALM;
  const books = openBooks(store, clock);
  const accounts = openSystemAccounts(books);
  const ledger = openLedger(store, accounts.currencyOf);
  const applications = openApplications(store);
  const depositLinks = openDepositLinks(store);
  const files = openFiles(store, clock, realmId);
  const tokens = openTokens(store, clock, options.rotateAfterMs === undefined ? {} : { rotateAfterMs: options.rotateAfterMs });
  const readMeter = openReadMeter(store, clock);
  const throttle = createThrottle(clock);
  const requestIds = openRequestIds(store);
  const coverage = createCoverage();
  coverage.add(...COVERAGE);
  const switches: Switches = { voidPaidInvoice: 'refuse', ...options.switches };
  const meters = { reads: 0, writes: 0 };
  const listeners: ((changes: Change[]) => void)[] = [];

  const reload = () => {
    books.reload();
    accounts.forget();
    readMeter.reload();
  };
  const context = (include = '', upload?: Buffer): RuleContext => ({
    books,
    ledger,
    accounts,
    applications,
    depositLinks,
    switches,
    include: new Set(include.toLowerCase().split(',').filter(Boolean)),
    now: clock.now(),
    files,
    ...(upload ? { upload } : {}),
  });
  const transaction = <R>(fn: () => R): R => {
    try {
      const result = store.transaction(fn);
      const changes = books.takeChanges();
      if (changes.length > 0) for (const listener of listeners) listener(changes);
      return result;
    } catch (error) {
      reload();
      throw error;
    }
  };
  const write = (entity: EntityName, input: Draft, operation: WriteOperation = 'save', include = '', upload?: Buffer) =>
    transaction(() => writeEntity(context(include, upload), entity, input, operation)) as Entity;
  const merge = (from: string, into: string) => transaction(() => mergeCustomers(context(), from, into));
  const present = (entity: EntityName, body: Entity): Entity => {
    if (entity === 'Attachable') return withAddresses(body, files);
    if (entity !== 'Account') return body;
    const isOnBalanceSheet = ['Asset', 'Liability', 'Equity'].includes(String(body['Classification']));
    const balance = isOnBalanceSheet ? fromMinor(ledger.balance(body.Id).own) : 0;
    return { ...body, CurrentBalance: balance, CurrentBalanceWithSubAccounts: balance };
  };
  const source: QuerySource = { books, present, singleton: (entity) => singleton(books, entity) };

  const authorize = (path: string, headers: Record<string, string | undefined>): { app: string } | EngineReply => {
    if (options.auth === false) return { app: 'in-process' };
    const token = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';
    const verdict = tokens.check(token);
    if (verdict.state !== 'valid') {
      const detail =
        verdict.state === 'expired'
          ? `Token expired: ${token.slice(0, 12)}xxxxxxxxxxxxxxxx`
          : 'Malformed bearer token: too short or too long';
      return {
        status: 401,
        body: unauthorizedBody(detail, clock.now()),
        headers: { 'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"' },
      };
    }
    if (verdict.grant.realmId !== path.split('/')[3]) throw faults.forbidden();
    return { app: verdict.grant.clientId };
  };

  const answer = (
    method: string,
    path: string,
    query: Record<string, string>,
    body: unknown,
    headers: Record<string, string | undefined>,
  ): EngineReply => {
    const allowed = authorize(path, headers);
    if ('status' in allowed) return allowed;
    const segments = path
      .split('/')
      .slice(4)
      .filter((part) => part !== '')
      .map((part) => decodeURIComponent(part));
    if (!path.startsWith(`/v3/company/${realmId}`)) throw faults.forbidden();
    if (options.limits !== false && throttle.exceeds({ realm: realmId, app: allowed.app, isBatch: segments[0] === 'batch' }))
      throw faults.throttled();
    const isRead = method === 'GET' || segments[0] === 'query';
    if (options.limits !== false && isRead && readMeter.exceeds()) throw faults.throttled();
    meters[isRead ? 'reads' : 'writes'] += 1;
    const now = clock.now();
    const call: Call = {
      method,
      realmId,
      segments,
      path,
      query,
      body,
      now,
      context,
      source,
      write,
      transaction,
      present,
      origin: files.origin,
      refuse: coverage.refuse,
    };
    return isRead ? withTime(routeCall(call), now) : once(call, () => withTime(routeCall(call), now));
  };

  /** A request id seen before answers what it answered first, whatever the body is now (documented; another body: assumed). Faults are not kept (assumed). */
  const once = (call: Call, run: () => EngineReply): EngineReply => {
    const id = call.query['requestid'];
    if (!id) return run();
    if (id.length > (call.segments[0] === 'batch' ? 36 : 50)) throw faults.invalidRequestId(id);
    const known = requestIds.find(id);
    if (known) return { ...known, headers: { 'x-sandbox-replayed': 'true' } };
    const reply = run();
    if (!Buffer.isBuffer(reply.body)) requestIds.keep(id, [call.path, call.query['operation'], call.body ?? null], reply);
    return reply;
  };

  return {
    realmId,
    books,
    ledger,
    accounts,
    tokens,
    coverage,
    switches,
    meters,
    files,
    readMeter,
    write,
    transaction,
    merge,
    present,
    reload,
    onChanges: (fn) => void listeners.push(fn),
    request(method, path, query = {}, body, headers = {}) {
      const given = Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
      const tid = `1-${Math.floor(clock.now() / 1000).toString(16)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`;
      const reply = attempt(() => answer(method, path, given, body, headers), clock, coverage);
      const type = reply.headers['content-type'] ?? (reply.status === 200 ? 'application/json;charset=utf-8' : 'application/json');
      return { ...reply, headers: { ...reply.headers, 'content-type': type, intuit_tid: tid, 'qbo-version': '1988.128' } };
    },
  };
}

function withTime({ status = 200, body, contentType, isTimeless = false }: Reply, now: number): EngineReply {
  if (Buffer.isBuffer(body)) return { status, body, headers: { 'content-type': contentType ?? 'application/octet-stream' } };
  return { status, body: isTimeless ? body : { ...body, time: milliseconds(now) }, headers: {} };
}

function attempt(run: () => EngineReply, clock: Clock, coverage: Coverage): EngineReply {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof QuickbooksFault)) throw error;
    const detail = error.body.Error[0]!.Detail;
    if (error.notModelled) coverage.refuse(detail);
    // Recorded: an invalid id comes without a time.
    const time = error.code === '2030' ? {} : { time: milliseconds(clock.now()) };
    return {
      status: error.http,
      body: { Fault: error.body, ...time },
      headers: error.notModelled ? { [NOT_MODELLED_HEADER]: 'true' } : {},
    };
  }
}

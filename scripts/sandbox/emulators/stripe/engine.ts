import type { Clock } from '../core/index.ts';
import { authorize } from './access.ts';
import type { RestrictedKeys } from './access.ts';
import { followPayment } from './checkout/pay.ts';
import { checkAnswer } from './check-answer.ts';
import type { DueWork, StoredEvent } from './entities.ts';
import { StripeError, errorBody, notModelled } from './errors.ts';
import { createEvent } from './events.ts';
import { expand } from './expand.ts';
import type { Params } from './form.ts';
import { createIdempotency } from './idempotency.ts';
import type { Idempotency } from './idempotency.ts';
import { newId } from './ids.ts';
import { createObjectLocks } from './object-locks.ts';
import type { ObjectLocks } from './object-locks.ts';
import { RateLimited, createRateLimits } from './rate-limits.ts';
import type { RateLimitMode } from './rate-limits.ts';
import { readParams } from './read-params.ts';
import { routes } from './routes/index.ts';
import { API_VERSION, matchPath, operationOf, parsePattern, unmodelledCall } from './spec.ts';
import type { Operation } from './spec/json-schema.ts';
import { openCollections } from './store.ts';
import type { StripeStore } from './store.ts';
import { followInvoice } from './subscriptions/react.ts';
import { clockOf } from './test-clocks/bound.ts';
import { createTimetable } from './timetable.ts';
import type { AccountProfile, Answer, Route, Settlement, World } from './world.ts';
import type { Store } from '../core/index.ts';

export interface EngineOptions {
  clock: Clock;
  /** In memory when left out. */
  store?: Store;
  secretKey?: string;
  /** Restricted keys and their permissions; none when left out. */
  keys?: RestrictedKeys;
  /** Rate limits of a test or a live account; none when left out. */
  rateLimits?: RateLimitMode;
  /** "Trueup Sandbox" with days of UTC when left out. */
  account?: AccountProfile;
  /** Whether the balance is paid out every day (the default), or only on request. */
  payouts?: World['payouts'];
  settlement?: Settlement;
  /** Days around a due date on which `invoice.will_be_due` and `invoice.overdue` come; an account has none at first. */
  reminders?: World['reminders'];
  /** Address for hosted pages. */
  baseUrl?(): string;
  /** False: the event is never generated. */
  generates?(type: string): boolean;
  /** Called inside the transaction with each new event; sets its `pending_webhooks`. */
  onEvent?(event: StoredEvent): void;
  /** Called for each call that is refused because it is not modelled. */
  onRefused?(what: string): void;
  /** Called with our own bugs, which are answered as 500. */
  onBug?(error: unknown): void;
}

export interface EngineAnswer {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

/** The whole stand-in without HTTP. */
export interface StripeEngine {
  /** Handles one API request. `params` are nested; leaves may be wire strings or typed values. */
  request(method: string, path: string, params?: Params, headers?: Record<string, string | undefined>): EngineAnswer;
  /** Runs something that happens outside the API (a payment on the hosted page) atomically, in the time of the object it is about. */
  act<R>(fn: (world: World) => R, about?: string): R;
  /** For reading; writes go through `act`. */
  world: World;
  db: StripeStore;
  idempotency: Idempotency;
  locks: ObjectLocks;
  /** Cancels timers; what is due stays stored. */
  stop(): void;
  /** Takes up work that falls due by the clock, after a start or a restore. */
  resume(): void;
}

/** The key of a stand-in that was not given another. */
export const DEFAULT_SECRET_KEY = 'sk_test_sandbox';

/** Carries a result out of a transaction that is undone. */
class Rehearsed extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super();
    this.result = result;
  }
}

/** What does not follow a test clock. */
const OF_THE_ACCOUNT = new Set<DueWork['kind']>(['pay-out', 'payout-leaves', 'payout-arrives', 'advance-test-clock']);

interface BoundRoute {
  route: Route;
  operation: Operation;
  pattern: ReturnType<typeof parsePattern>;
}

const table: BoundRoute[] = routes.map((route) => ({
  route,
  operation: operationOf(route.method, route.path),
  pattern: parsePattern(route.path),
}));

/** Routes of one method, length and resource; few are left to compare. */
const shapeOf = (method: string, parts: string[]) => `${method} ${parts.length} ${parts[1] ?? ''}`;
const byShape = Map.groupBy(table, ({ route, pattern }) => shapeOf(route.method, pattern.parts));

export function createStripeEngine(options: EngineOptions): StripeEngine {
  const { clock } = options;
  const db = openCollections(options.store);
  const idempotency = createIdempotency(db);
  const locks = createObjectLocks();
  const limits = options.rateLimits && createRateLimits(options.rateLimits, () => clock.now());
  const now = () => Math.floor(clock.now() / 1000);
  let current: { id: string | null; idempotencyKey: string | null } = { id: null, idempotencyKey: null };

  const record = (type: string, object: object, before?: object) => {
    const event = createEvent(type, object, before, now(), current);
    options.onEvent?.(event);
    db.events.put(event);
  };
  let rehearsing = false;
  let frozen: { id: string; at: number } | undefined;

  const world: World = {
    db,
    now: () => frozen?.at ?? now(),
    inClock(clock, fn) {
      const outer = frozen;
      frozen = clock ?? outer;
      try {
        return fn();
      } finally {
        frozen = outer;
      }
    },
    account: options.account ?? { name: 'Trueup Sandbox', timeZone: 'UTC' },
    reminders: options.reminders ?? {},
    payouts: options.payouts ?? 'daily',
    settlement: options.settlement,
    baseUrl: options.baseUrl ?? (() => 'http://127.0.0.1'),
    emit(type, object, before) {
      if (!rehearsing && options.generates?.(type) !== false) record(type, object, before);
      const id = String((object as { id?: unknown }).id);
      followInvoice(world, type, id);
      followPayment(world, type, id);
    },
    later: (kind: DueWork['kind'], at, reference) => {
      if (!rehearsing) timetable.add(kind, at, reference, OF_THE_ACCOUNT.has(kind) ? undefined : frozen?.id);
    },
    noLater: (kind, reference) => {
      if (!rehearsing) timetable.remove(kind, reference);
    },
    dryRun(fn) {
      rehearsing = true;
      try {
        return db.store.transaction(() => {
          throw new Rehearsed(fn());
        });
      } catch (error) {
        if (error instanceof Rehearsed) return error.result as ReturnType<typeof fn>;
        throw error;
      } finally {
        rehearsing = false;
      }
    },
  };
  const act = <R>(fn: (inner: World) => R, about?: string): R =>
    db.store.transaction(() => world.inClock(about === undefined ? undefined : clockOf(db, [about]), () => fn(world)));
  const timetable = createTimetable({ clock, db, act });

  const run = ({ route, operation }: BoundRoute, ids: string[], params: Params): { status: number; body: Record<string, unknown> } => {
    const { expand: paths, ...rest } = params;
    const work = () => world.inClock(operation.method === 'GET' ? undefined : clockOf(db, ids, params), answer);
    const answer = () => {
      const result = route.handle({ world, ids, params: rest }) as Record<string, unknown> | Answer;
      if ('answer' in result) return (result as Answer).answer;
      if (paths) expand(world, result, paths as string[]);
      const body = result;
      const problems =
        operation.kind === 'object'
          ? checkAnswer(operation.response, body)
          : (body['data'] as unknown[]).flatMap((item, index) => checkAnswer(operation.response, item, `data[${index}]`));
      if (problems.length)
        throw new Error(`${operation.method} ${operation.path} would answer wrongly: ${problems.slice(0, 5).join('; ')}`);
      return { status: 200, body };
    };
    return operation.method === 'GET' ? work() : db.store.transaction(work);
  };

  const failure = (error: unknown, requestId: string) => {
    if (error instanceof StripeError) {
      if (error.body.code === 'not_modelled_in_sandbox') options.onRefused?.(error.body.message);
      return { status: error.status, body: errorBody(error.body, requestId) as Record<string, unknown> };
    }
    options.onBug?.(error);
    const message = `Sandbox bug: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 500, body: errorBody({ type: 'api_error', message }, requestId) as Record<string, unknown> };
  };

  return {
    world,
    db,
    idempotency,
    locks,
    act,
    stop: () => timetable.stop(),
    resume: () => timetable.resume(),
    request(method, path, params = {}, headers = {}) {
      const requestId = newId('req').slice(0, 18);
      const owner = headers['sandbox-request'] ?? requestId;
      const key = method === 'POST' ? headers['idempotency-key'] : undefined;
      const answerHeaders: Record<string, string> = {
        'request-id': requestId,
        'stripe-version': API_VERSION,
        ...(key ? { 'idempotency-key': key } : {}),
      };
      let begun = false;
      let result: { status: number; body: Record<string, unknown> };
      try {
        authorize(headers['authorization'], method, path, options.secretKey ?? DEFAULT_SECRET_KEY, options.keys ?? {});
        const version = headers['stripe-version'];
        if (version !== undefined && version !== API_VERSION) throw notModelled(`API version ${version}; it speaks ${API_VERSION}`);
        const { bound, ids } = find(method, path);
        limits?.take(`${method} ${bound.route.path}`);
        if (key) {
          const kept = idempotency.look(key, path, params, now(), owner);
          if (kept) {
            return {
              status: kept.status,
              body: JSON.parse(kept.body) as Record<string, unknown>,
              headers: { ...answerHeaders, 'idempotent-replayed': 'true', 'original-request': kept.request_id },
            };
          }
        }
        locks.check(method, path, owner);
        const values = readParams(bound.operation.params, params);
        refuseUnmodelled(bound, values);
        begun = true;
        current = { id: requestId, idempotencyKey: key ?? null };
        result = run(bound, ids, values);
      } catch (error) {
        if (error instanceof RateLimited) answerHeaders['stripe-rate-limited-reason'] = error.reason;
        result = failure(error, requestId);
      } finally {
        current = { id: null, idempotencyKey: null };
      }
      // Kept once the endpoint ran, whatever came of it; a refused request is not.
      if (key && begun) idempotency.keep(key, path, params, now(), { status: result.status, body: JSON.stringify(result.body), requestId });
      return { ...result, headers: answerHeaders };
    },
  };
}

const ALWAYS = new Set(['expand', 'limit', 'starting_after', 'ending_before', 'created']);

function refuseUnmodelled({ route, operation }: BoundRoute, values: Params): void {
  const list = operation.kind !== 'object';
  for (const name of Object.keys(values)) {
    if (name === 'expand' || (list && ALWAYS.has(name)) || route.takes?.includes(name)) continue;
    throw notModelled(`the parameter ${name} of ${operation.method} ${operation.path}`, name);
  }
}

function find(method: string, path: string): { bound: BoundRoute; ids: string[] } {
  const parts = path.split('/').slice(1).map(decodeURIComponent);
  for (const bound of byShape.get(shapeOf(method, parts)) ?? []) {
    const ids = matchPath(bound.pattern, parts);
    if (ids) return { bound, ids };
  }
  const real = unmodelledCall(method, parts);
  if (real) throw notModelled(real);
  throw new StripeError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}

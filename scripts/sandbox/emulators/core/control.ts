import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from './clock.ts';
import type { Coverage } from './coverage.ts';
import type { Deliverer } from './delivery.ts';
import type { FaultEntry } from './fault-catalogue.ts';
import type { FaultPlan, FaultRule } from './faults.ts';
import { addFaultsPage } from './faults-page.ts';
import type { Frame } from './faults-page.ts';
import type { Store } from './store.ts';

export interface ControlOptions {
  clock: Clock;
  faults: FaultPlan;
  store: Pick<Store, 'snapshot' | 'restore'> & Partial<Pick<Store, 'clear'>>;
  /** Every fault that can be switched on here, for the page at `/sandbox/faults`. */
  catalogue: FaultEntry[];
  frame: Frame;
  coverage: Coverage;
  deliverer?: Deliverer;
  /** Called after the store was emptied, to lay the ground again. */
  onReset?(): void;
  /** Called after a snapshot was put back, to arm timers for what it holds. */
  onRestore?(): void;
}

const LARGEST_SNAPSHOT = 2 ** 30;

/**
 * Control routes outside the provider's own API, the same on every stand-in:
 * `GET|POST|DELETE /__ctl/faults`, `GET /__ctl/clock`, `POST /__ctl/clock/advance {ms}`, `POST /__ctl/deliver`,
 * `POST /__ctl/reset`, `GET /__ctl/snapshot`, `PUT /__ctl/restore`, and the pages `/sandbox/faults`, `/sandbox/coverage.json`. A web page elsewhere cannot call them: an `Origin` that is not ours is refused.
 */
export function addControlRoutes(app: FastifyInstance, options: ControlOptions): void {
  const { clock, faults, store, deliverer, coverage, onReset, onRestore } = options;
  app.addHook('onRequest', async (request, reply) => {
    if (/^\/(__ctl|sandbox\/faults)/.test(request.url) && !ownOrigin(request))
      await reply.code(403).send({ error: 'Control routes answer only this machine.' });
  });
  app.get('/__ctl/faults', () => ({ data: faults.list(), fired: faults.log(), seed: faults.seed() }));
  app.post('/__ctl/faults', (request) => ({ id: faults.add(request.body as FaultRule) }));
  app.delete('/__ctl/faults', () => {
    faults.clear();
    return {};
  });
  app.delete<{ Params: { id: string } }>('/__ctl/faults/:id', (request) => {
    faults.remove(request.params.id);
    return {};
  });
  addFaultsPage(app, options);
  app.get('/sandbox/coverage.json', () => ({ covered: coverage.rows(), refused: coverage.refusals() }));
  app.get('/__ctl/clock', () => ({ now: clock.now(), iso: new Date(clock.now()).toISOString() }));
  app.post('/__ctl/clock/advance', async (request) => {
    await clock.advance(Number((request.body as { ms?: unknown } | undefined)?.ms));
    return { now: clock.now() };
  });
  app.post('/__ctl/deliver', async () => {
    await deliverer?.deliverNow();
    await deliverer?.idle();
    return {};
  });
  app.post('/__ctl/reset', (_request, reply) => {
    if (!store.clear) return reply.code(501).send({ error: 'It is emptied by a new start only: npm start -- --fresh' });
    store.clear();
    onReset?.();
    return {};
  });
  app.get('/__ctl/snapshot', (_request, reply) => reply.type('application/octet-stream').send(Buffer.from(store.snapshot())));
  app.put('/__ctl/restore', { bodyLimit: LARGEST_SNAPSHOT }, (request) => {
    store.restore(request.rawBody);
    onRestore?.();
    return {};
  });
}

function ownOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${request.headers.host ?? ''}`;
}

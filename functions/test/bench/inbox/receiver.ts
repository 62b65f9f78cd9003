// A receiver in a process of its own, so that its CPU can be told from the sender's. Argument: which one. Says its port by IPC.
import http from 'node:http';
import { createRequire } from 'node:module';
import type * as SyncEngine from '@supabase/stripe-sync-engine';
import { createInbox } from '../../../src/adapters/postgres/inbox.ts';
import { createPool } from '../../../src/adapters/postgres/pool.ts';
import { compose } from '../../../src/compose.ts';
import { readConfig } from '../../../src/platform/config.ts';
import { createHttpServer } from '../../../src/platform/http.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import type { Inbox } from '../../../src/ports/inbox.ts';
import { serve } from '../../../src/serve.ts';
import { startWorker } from '../../../src/work.ts';
import { STRIPE_HOOK_PATH } from '../../../src/webhooks/stripe.ts';
import { CONNECTIONS_TO_DATABASE, type Kind } from './kinds.ts';

const config = readConfig();
const logger = createLogger('error');
const kind = process.argv[2] as Kind;
const sayPort = (server: http.Server) => process.send?.({ port: (server.address() as { port: number }).port });
if (kind === 'http') onlyAnswer();
else {
  const server = kind === 'sync-engine' ? await syncEngine() : await ours(kind);
  await server.listen({ port: 0, host: '127.0.0.1' });
  sayPort(server.server);
}
process.on('disconnect', () => process.exit(0));

/** The web process as it is deployed, with nothing changed but how it stores. */
async function ours(which: Exclude<Kind, 'sync-engine' | 'http'>) {
  const composition = await compose(config, logger);
  const { ports, pool } = composition;
  const inboxes: Record<typeof which, Inbox> = {
    shared: ports.inbox,
    'with-worker': ports.inbox,
    // An inbox for each request shares nothing with the others.
    alone: { ...ports.inbox, store: (entries) => createInbox(pool).store(entries) },
    signature: { ...ports.inbox, store: async (entries) => entries.length },
  };
  const served = { ...composition, ports: { ...ports, inbox: inboxes[which] } };
  const worker = which === 'with-worker' ? await startWorker(served, logger) : undefined;
  return serve(served, config, logger, () => worker?.wake());
}

/** The floor: the body is read to its end, and that is all. */
function onlyAnswer(): void {
  const answering = http.createServer((request, response) => {
    request.on('end', () => response.writeHead(200, { 'content-length': '2' }).end('{}')).resume();
  });
  answering.listen(0, '127.0.0.1', () => sayPort(answering));
}

/** The best known open Stripe sync, as its README has it used: it writes the object of each event into a table. */
async function syncEngine() {
  const { StripeSync, runMigrations } = createRequire(import.meta.url)('@supabase/stripe-sync-engine') as typeof SyncEngine;
  const databaseUrl = config.databaseUrl.reveal();
  // Its migrations name this role, which Supabase's databases have.
  await createPool(config.databaseUrl, 1).query('CREATE ROLE postgres');
  await runMigrations({ databaseUrl, schema: 'stripe' });
  const sync = new StripeSync({
    poolConfig: { connectionString: databaseUrl, max: CONNECTIONS_TO_DATABASE, keepAlive: true },
    stripeSecretKey: config.stripe.secretKey.reveal(),
    stripeWebhookSecret: config.stripe.webhookSecrets[0]?.reveal() ?? '',
  });
  const http = createHttpServer(logger);
  http.post(STRIPE_HOOK_PATH, async (request, reply) => {
    await sync.processWebhook(request.body as Buffer, request.headers['stripe-signature'] as string);
    return reply.send({ received: true });
  });
  return http;
}

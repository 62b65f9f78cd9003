import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { verifyCaller } from './adapters/salesforce/verify-caller.ts';
import type { Composition } from './compose.ts';
import { answer } from './endpoints/answer.ts';
import { ENDPOINTS } from './endpoints/endpoints.ts';
import { createHealth } from './health.ts';
import type { Receipt } from './inbox/receive.ts';
import type { Config } from './platform/config.ts';
import { type Refusal, correlationOf, createHttpServer, readJson, refuse } from './platform/http.ts';
import { inLane } from './platform/lane.ts';
import { type Logger, withTrail } from './platform/logger.ts';
import { readNamedCaller } from './platform/named-credential.ts';
import type { Asking } from './ports/records.ts';
import type { WebhookCall } from './ports/webhook-verifier.ts';
import { QUICKBOOKS_HOOK_PATH, takeQuickBooksEvents } from './webhooks/quickbooks.ts';
import { STRIPE_HOOK_PATH, takeStripeEvents } from './webhooks/stripe.ts';

const UNKNOWN_OPERATION: Refusal = {
  status: 404,
  code: 'unknown-operation',
  message: 'There is no such operation.',
  action: 'See openapi.yaml for the operations and their addresses.',
};

const JSON_TYPE = 'application/json; charset=utf-8';
const RECEIVED = '{"received":true}';
const NOT_RECEIVED = '{"received":false}';

/**
 * What AppLink has checked before it lets a call through: each operation is published for the holders of a permission set
 * (openapi.yaml), whose members have these custom permissions. Prices are not editable there.
 */
const PUBLISHED: Record<string, string[]> = {
  'preview-invoice': ['Trueup_Issue_Invoice'],
  'issue-invoice': ['Trueup_Issue_Invoice'],
  'issue-invoices': ['Trueup_Issue_Invoice'],
  'send-invoice': ['Trueup_Issue_Invoice'],
  'void-invoice': ['Trueup_Void_Invoice'],
  'run-sync': ['Trueup_Run_Sync'],
  'sync-records': ['Trueup_Run_Sync'],
  'check-mapping': ['Trueup_Run_Sync'],
  'list-target-fields': ['Trueup_Administer'],
  'preview-mapping': ['Trueup_Administer'],
  'forecast-load': ['Trueup_Administer'],
  'start-load': ['Trueup_Administer'],
  'control-load': ['Trueup_Administer'],
  'read-load': ['Trueup_Administer'],
};

/** The doors, the webhooks, health and metrics on one server; not listening yet. */
export function serve(composition: Composition, config: Config, logger: Logger, wake: () => void): FastifyInstance {
  const { ports, access, verifiers, metrics } = composition;
  const server = createHttpServer(logger);

  const run = async (request: FastifyRequest, reply: FastifyReply, asking: Asking) => {
    const correlationId = correlationOf(request);
    const { operation } = request.params as { operation: string };
    const endpoint = ENDPOINTS.find((candidate) => candidate.operationId === operation);
    if (!endpoint) return send(reply, UNKNOWN_OPERATION, correlationId);
    const body = readJson(request.body);
    if ('refusal' in body) return send(reply, body.refusal, correlationId);
    return withTrail({ correlationId, operation }, () =>
      inLane(endpoint.background ? 'background' : 'rep', async () => {
        const started = performance.now();
        const { status, body: result } = await answer(endpoint, ports, body.value, { ...asking, correlationId });
        if (endpoint.wakes) wake();
        const { outcome } = result as { outcome?: string };
        logger.info({ userId: asking.userId, status, outcome, ms: Math.round(performance.now() - started) }, 'operation answered');
        return reply.code(status).send(result);
      }),
    );
  };

  // Door 1: the named credential proves the org, our Apex names the user.
  server.post('/v1/:operation', async (request, reply) => {
    const caller = readNamedCaller(request.headers, config.functionSecrets, config.orgId);
    return 'status' in caller ? send(reply, caller, correlationOf(request)) : run(request, reply, caller);
  });

  // Door 2: AppLink, behind the mesh; the caller's own token is proved at our org all the same.
  server.post('/applink/v1/:operation', async (request, reply) => {
    const caller = await verifyCaller(request.headers as Record<string, string | undefined>, access);
    if (caller.outcome !== 'done') {
      const { code, message, action } = caller.problem;
      return send(reply, { status: caller.outcome === 'unauthorized' ? 401 : 503, code, message, action }, correlationOf(request));
    }
    const { operation } = request.params as { operation: string };
    return run(request, reply, { userId: caller.value.userId, permissions: PUBLISHED[operation] ?? [] });
  });

  const hook = (path: string, provider: 'stripe' | 'quickbooks', take: (call: WebhookCall) => Promise<Receipt>) =>
    server.post(path, async (request, reply) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const receipt = await take({ rawBody, headers: request.headers as Record<string, string | undefined>, receivedAt: Date.now() });
      metrics.count('webhooks_received', { provider, status: receipt.status });
      for (const kept of receipt.kept) metrics.count('webhooks_kept', { provider, ...kept });
      if (receipt.status !== 200) logger.warn({ provider, status: receipt.status, reason: receipt.reason }, 'webhook refused');
      return reply
        .code(receipt.status)
        .type(JSON_TYPE)
        .send(receipt.status === 200 ? RECEIVED : NOT_RECEIVED);
    });
  const receiving = { inbox: ports.inbox, clock: ports.clock, wake };
  hook(STRIPE_HOOK_PATH, 'stripe', (call) => takeStripeEvents({ ...receiving, verifier: verifiers.stripe }, call));
  hook(QUICKBOOKS_HOOK_PATH, 'quickbooks', (call) => takeQuickBooksEvents({ ...receiving, verifier: verifiers.quickbooks }, call));

  const health = createHealth(composition);
  server.get('/health', async (request, reply) => {
    const report = await health('now' in (request.query as object));
    return reply.code(200).send(report);
  });
  server.get('/health/live', async () => ({ status: 'ok' }));
  server.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(await metrics.text()));
  return server;
}

const send = (reply: FastifyReply, refusal: Refusal, correlationId: string) =>
  reply.code(refusal.status).send(refuse(refusal, correlationId));

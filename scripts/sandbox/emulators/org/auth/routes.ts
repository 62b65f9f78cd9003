import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestToken, userInfo } from './oauth.ts';
import type { OAuthContext } from './oauth.ts';

/** The add-on side of AppLink, which holds the org's authorizations. */
export interface AppLinkOptions {
  token: string;
  /** Authorization developer name to the user it acts as. */
  authorizations: Record<string, string>;
  apiVersion: string;
}

const formOf = (request: FastifyRequest): URLSearchParams =>
  new URLSearchParams(typeof request.body === 'string' ? request.body : ((request.body ?? {}) as Record<string, string>));

/** `/services/oauth2/{token,revoke,userinfo}` and `/id/…`. */
export function addOAuthRoutes(app: FastifyInstance, context: OAuthContext): void {
  const token = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { status, body } = requestToken(context, formOf(request), request.headers.authorization);
    return reply.code(status).headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(body);
  };
  app.post('/services/oauth2/token', token);
  const revoke = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const given = formOf(request).get('token') ?? (request.query as { token?: string }).token ?? '';
    return context.sessions.end(given)
      ? reply.code(200).send()
      : reply.code(400).send({ error: 'unsupported_token_type', error_description: 'this token is not supported' });
  };
  app.post('/services/oauth2/revoke', revoke);
  app.get('/services/oauth2/revoke', revoke);
  const info = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const session = context.sessions.find(bearerOf(request) ?? '');
    // Recorded for userinfo: plain text, status 403.
    return session ? reply.send(userInfo(context, session.userId)) : reply.code(403).type('text/plain').send('Bad_OAuth_Token');
  };
  app.get('/services/oauth2/userinfo', info);
  app.post('/services/oauth2/userinfo', info);
  app.get('/id/:org/:user', info);
}

/** `GET /applink/authorizations/<name>`: a fresh token of the user that the authorization acts as. Shape: @heroku/applink. */
export function addAppLinkRoutes(app: FastifyInstance, context: OAuthContext, options: AppLinkOptions): void {
  app.get<{ Params: { name: string } }>('/applink/authorizations/:name', (request, reply) => {
    if (!same(bearerOf(request) ?? '', options.token))
      return reply.code(401).send({ title: 'Unauthorized', detail: 'The add-on token is wrong.' });
    const userId = options.authorizations[request.params.name];
    if (!userId)
      return reply.code(404).send({
        title: 'Not Found',
        detail: `Authorization '${request.params.name}' not found for app ${request.headers['x-app-uuid']?.toString() ?? ''}`,
      });
    const username = context.store.prepare('SELECT "Username" FROM "User" WHERE "Id" = ?').get(userId)?.['Username'];
    const session = context.sessions.open(userId);
    return reply.send({
      id: request.params.name,
      status: 'authorized',
      created_at: new Date(context.clock.now()).toISOString(),
      created_by: username,
      org: {
        id: context.orgId,
        developer_name: request.params.name,
        instance_url: context.baseUrl(),
        type: 'SalesforceOrg',
        api_version: `v${options.apiVersion}`,
        user_auth: { username, user_id: userId, access_token: session.token },
      },
    });
  });
}

export function bearerOf(request: FastifyRequest): string | undefined {
  return (
    /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ??
    /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
  );
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

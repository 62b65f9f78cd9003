import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../../core/http.ts';
import { html, link, renderPage } from '../../core/page.ts';
import type { TokenReply, Tokens } from './tokens.ts';

export interface App {
  clientId: string;
  clientSecret: string;
}

interface OAuthOptions {
  tokens: Tokens;
  app: App;
  realmId: string;
  companyName(): string;
}

const SCOPES = ['com.intuit.quickbooks.accounting', 'com.intuit.quickbooks.payment', 'openid', 'profile', 'email', 'phone', 'address'];
const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** Authorize, token, revoke, user info and discovery, at the paths Intuit's hosts have. */
export function addOAuthRoutes(app: FastifyInstance, options: OAuthOptions): void {
  app.get('/connect/oauth2', (request, reply) => consentPage(request, reply, options));
  app.get('/connect/oauth2/approve', (request, reply) => approve(request, reply, options));
  app.post('/oauth2/v1/tokens/bearer', (request, reply) => token(request, reply, options));
  app.post('/v2/oauth2/tokens/revoke', (request, reply) => revoke(request, reply, options));
  app.get('/v1/openid_connect/userinfo', (request, reply) => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (options.tokens.check(bearer).state !== 'valid') return reply.code(401).send({ error: 'invalid_token' });
    return {
      sub: '1182d6ec-2a1f-4aa3-af3f-bb3b95db45af',
      email: 'admin@trueup-sandbox.example',
      emailVerified: true,
      givenName: 'Pat',
      familyName: 'Ledger',
      phoneNumber: '+1 4155554567',
      phoneNumberVerified: false,
      address: { streetAddress: '123 Sierra Way', locality: 'San Pablo', region: 'CA', postalCode: '87999', country: 'US' },
    };
  });
  for (const path of ['/.well-known/openid_configuration', '/.well-known/openid_sandbox_configuration']) {
    app.get(path, (request) => discovery(`http://${request.headers.host ?? 'localhost'}`));
  }
}

function discovery(base: string): object {
  return {
    issuer: 'https://oauth.platform.intuit.com/op/v1',
    authorization_endpoint: `${base}/connect/oauth2`,
    token_endpoint: `${base}/oauth2/v1/tokens/bearer`,
    userinfo_endpoint: `${base}/v1/openid_connect/userinfo`,
    revocation_endpoint: `${base}/v2/oauth2/tokens/revoke`,
    jwks_uri: `${base}/op/v1/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'address', 'phone'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'exp', 'iat', 'iss', 'realmid', 'sub'],
  };
}

interface Consent {
  clientId: string;
  redirectUri: string;
  scope: string;
  state: string;
}

function consentOf(request: FastifyRequest, { app }: OAuthOptions): Consent | string {
  const query = request.query as Record<string, string | undefined>;
  if (query['client_id'] !== app.clientId) return 'The client_id is unknown.';
  if (query['response_type'] !== 'code') return 'The response_type must be code.';
  const redirectUri = query['redirect_uri'] ?? '';
  if (!LOOPBACK.test(redirectUri)) return 'The sandbox redirects to this machine only: redirect_uri must be on localhost.';
  const scope = query['scope'] ?? '';
  const unknown = scope.split(' ').filter((each) => !SCOPES.includes(each));
  if (scope === '' || unknown.length > 0) return `The scope is unknown: ${unknown.join(' ') || '(none)'}`;
  return { clientId: app.clientId, redirectUri, scope, state: query['state'] ?? '' };
}

function page(reply: FastifyReply, title: string, body: Parameters<typeof html>[1], status = 200): FastifyReply {
  return sendPage(reply, renderPage({ product: 'QuickBooks Online stand-in', title, nav: [], body }), status);
}

function consentPage(request: FastifyRequest, reply: FastifyReply, options: OAuthOptions): FastifyReply {
  const consent = consentOf(request, options);
  if (typeof consent === 'string') return page(reply, 'Cannot connect', html`<p>${consent}</p>`, 400);
  const query = request.url.slice(request.url.indexOf('?'));
  return page(
    reply,
    'Connect to QuickBooks',
    html`<p>The app asks for ${consent.scope} of ${options.companyName()}.</p>
      <p>${link(`/connect/oauth2/approve${query}`, 'Connect')}</p>`,
  );
}

/** The redirect carries the company's id: it is told nowhere else. */
function approve(request: FastifyRequest, reply: FastifyReply, options: OAuthOptions): FastifyReply {
  const consent = consentOf(request, options);
  if (typeof consent === 'string') return page(reply, 'Cannot connect', html`<p>${consent}</p>`, 400);
  const target = new URL(consent.redirectUri);
  target.searchParams.set('code', options.tokens.createCode({ ...consent, realmId: options.realmId }));
  target.searchParams.set('state', consent.state);
  target.searchParams.set('realmId', options.realmId);
  return reply.redirect(target.toString());
}

const fields = (request: FastifyRequest): Record<string, string> =>
  typeof request.body === 'string'
    ? Object.fromEntries(new URLSearchParams(request.body))
    : ((request.body ?? {}) as Record<string, string>);

function isApp(request: FastifyRequest, { app }: OAuthOptions): boolean {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { client_id: id = '', client_secret: secret = '' } = fields(request);
  const given = basic ? Buffer.from(basic, 'base64') : Buffer.from(`${id}:${secret}`);
  const expected = Buffer.from(`${app.clientId}:${app.clientSecret}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function token(request: FastifyRequest, reply: FastifyReply, options: OAuthOptions): FastifyReply {
  if (!isApp(request, options)) return reply.code(401).send({ error: 'invalid_client' });
  const body = fields(request);
  // intuit-oauth 4.2: apps that want it ask by a header.
  const send = (made: TokenReply) =>
    request.headers['x-include-refresh-token-hard-expires-in'] === 'true'
      ? reply.send({ ...made, x_refresh_token_hard_expires_in: options.tokens.hardExpiresIn(made.refresh_token) })
      : reply.send(made);
  const refuse = (error: string, error_description: string) => reply.code(400).send({ error, error_description });
  if (body['grant_type'] === 'authorization_code') {
    const made = options.tokens.exchange(body['code'] ?? '', options.app.clientId, body['redirect_uri'] ?? '');
    return made ? send(made) : refuse('invalid_grant', 'Invalid authorization code');
  }
  if (body['grant_type'] === 'refresh_token') {
    const made = options.tokens.refresh(body['refresh_token'] ?? '', options.app.clientId);
    return made ? send(made) : refuse('invalid_grant', 'Incorrect or invalid refresh token');
  }
  return refuse('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
}

function revoke(request: FastifyRequest, reply: FastifyReply, options: OAuthOptions): FastifyReply {
  if (!isApp(request, options)) return reply.code(401).send({ error: 'invalid_client' });
  return options.tokens.revoke(fields(request)['token'] ?? '')
    ? reply.code(200).send()
    : reply.code(400).send({ error: 'invalid_request' });
}

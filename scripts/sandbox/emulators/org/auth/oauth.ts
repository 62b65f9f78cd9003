import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { RecordStore } from '../store.ts';
import type { Sessions } from './sessions.ts';

/** An external client app that may ask for tokens. */
export interface OAuthClient {
  clientId: string;
  clientSecret?: string;
  /** PEM of the certificate or public key that its JWTs are signed for. */
  certificate?: string;
  /** Username that client credentials act as. */
  runAs?: string;
  /** Usernames approved beforehand for JWT bearer; all when absent. */
  preauthorized?: string[];
}

export interface OAuthContext {
  clock: Clock;
  store: RecordStore;
  sessions: Sessions;
  clients: OAuthClient[];
  orgId: string;
  baseUrl(): string;
}

/** The answer of a token request. Failures carry `error` and `error_description`. Source: help.salesforce.com, "OAuth Authorization Flows". */
export interface TokenAnswer {
  status: number;
  body: Record<string, string>;
}

const refuse = (error: string, description: string, status = 400): TokenAnswer => ({
  status,
  body: { error, error_description: description },
});

export function requestToken(context: OAuthContext, form: URLSearchParams, authorization: string | undefined): TokenAnswer {
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return byJwt(context, form.get('assertion') ?? '');
    case 'client_credentials':
      return byClientCredentials(context, form, authorization);
    case 'refresh_token':
      return byRefreshToken(context, form, authorization);
    default:
      return refuse('unsupported_grant_type', 'grant type not supported');
  }
}

function grant(context: OAuthContext, userId: string, extra: Record<string, string> = {}): TokenAnswer {
  const session = context.sessions.open(userId);
  const issued = String(context.clock.now());
  const id = `${context.baseUrl()}/id/${context.orgId}/${userId}`;
  return {
    status: 200,
    body: {
      access_token: session.token,
      ...extra,
      signature: createHash('sha256')
        .update(id + issued)
        .digest('base64'),
      scope: 'api refresh_token',
      instance_url: context.baseUrl(),
      id,
      token_type: 'Bearer',
      issued_at: issued,
    },
  };
}

function userByName(context: OAuthContext, username: string): string | undefined {
  return context.store.prepare('SELECT "Id" FROM "User" WHERE lower("Username") = lower(?) AND "IsActive" = 1').get(username)?.['Id'] as
    | string
    | undefined;
}

/** JWTs may not be valid for longer than this, with some room for clocks that differ. */
const LONGEST_JWT_S = 3 * 60 + 120;

function byJwt(context: OAuthContext, assertion: string): TokenAnswer {
  const [head = '', payload = '', signature = ''] = assertion.split('.');
  let header: { alg?: string };
  let claims: { iss?: string; sub?: string; aud?: string; exp?: number };
  try {
    header = JSON.parse(Buffer.from(head, 'base64url').toString()) as typeof header;
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as typeof claims;
  } catch {
    return refuse('invalid_grant', 'invalid assertion');
  }
  const client = context.clients.find((one) => one.clientId === claims.iss);
  if (!client?.certificate) return refuse('invalid_client_id', 'client identifier invalid');
  if (header.alg !== 'RS256') return refuse('invalid_grant', 'invalid assertion');
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), createPublicKey(client.certificate), Buffer.from(signature, 'base64url')))
    return refuse('invalid_grant', 'invalid assertion');
  const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com', context.baseUrl()];
  if (!audiences.includes((claims.aud ?? '').replace(/\/$/, ''))) return refuse('invalid_grant', 'audience is invalid');
  const now = context.clock.now() / 1000;
  if (typeof claims.exp !== 'number' || claims.exp < now || claims.exp > now + LONGEST_JWT_S)
    return refuse('invalid_grant', 'expired authorization code');
  const userId = userByName(context, claims.sub ?? '');
  if (!userId) return refuse('invalid_grant', 'user hasn’t approved this consumer');
  if (client.preauthorized && !client.preauthorized.includes(claims.sub ?? ''))
    return refuse('invalid_grant', 'user hasn’t approved this consumer');
  return grant(context, userId);
}

function byClientCredentials(context: OAuthContext, form: URLSearchParams, authorization: string | undefined): TokenAnswer {
  const client = authenticate(context, form, authorization);
  if (!client) return refuse('invalid_client', 'invalid client credentials');
  const userId = client.runAs ? userByName(context, client.runAs) : undefined;
  return userId ? grant(context, userId) : refuse('invalid_grant', 'no client credentials user enabled');
}

function byRefreshToken(context: OAuthContext, form: URLSearchParams, authorization: string | undefined): TokenAnswer {
  const client = authenticate(context, form, authorization);
  if (!client) return refuse('invalid_client_id', 'client identifier invalid');
  const userId = context.sessions.redeem(form.get('refresh_token') ?? '', client.clientId);
  return userId ? grant(context, userId) : refuse('invalid_grant', 'expired access/refresh token');
}

function authenticate(context: OAuthContext, form: URLSearchParams, authorization: string | undefined): OAuthClient | undefined {
  const basic = authorization?.startsWith('Basic ') ? Buffer.from(authorization.slice(6), 'base64').toString() : undefined;
  const [id, secret] = basic
    ? [basic.slice(0, basic.indexOf(':')), basic.slice(basic.indexOf(':') + 1)]
    : [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const client = context.clients.find((one) => one.clientId === id);
  if (!client?.clientSecret || secret === undefined) return undefined;
  return same(client.clientSecret, secret) ? client : undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** What `/services/oauth2/userinfo` says of a user. Source: help.salesforce.com, "User Info Endpoint". */
export function userInfo(context: OAuthContext, userId: string): Record<string, unknown> {
  const user = context.store.prepare('SELECT * FROM "User" WHERE "Id" = ?').get(userId) ?? {};
  const base = context.baseUrl();
  return {
    sub: `${base}/id/${context.orgId}/${userId}`,
    user_id: userId,
    organization_id: context.orgId,
    preferred_username: user['Username'],
    nickname: user['Alias'],
    name: user['Name'],
    email: user['Email'],
    email_verified: true,
    given_name: user['FirstName'],
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    locale: user['LocaleSidKey'],
    language: user['LanguageLocaleKey'],
    active: user['IsActive'] === 1,
    user_type: 'STANDARD',
    is_app_installed: true,
    urls: {
      rest: `${base}/services/data/v{version}/`,
      sobjects: `${base}/services/data/v{version}/sobjects/`,
      query: `${base}/services/data/v{version}/query/`,
      users: `${base}/services/data/v{version}/chatter/users`,
      custom_domain: base,
    },
  };
}

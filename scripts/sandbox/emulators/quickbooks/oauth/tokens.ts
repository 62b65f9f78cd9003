import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../core/store.ts';

const ACCESS_LIFE_S = 3600;
/** 101 days, as the token endpoint answers (documented as "100 days"). */
const REFRESH_LIFE_S = 8_726_400;
const FIVE_YEARS_MS = 5 * 365 * 86_400_000;
const CODE_LIFE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** One consent of a company's admin to one app. */
export interface Grant {
  id: string;
  clientId: string;
  realmId: string;
  scope: string;
  refreshToken: string;
  refreshIssuedAt: number;
  refreshExpiresAt: number;
  hardExpiresAt: number;
  revoked: boolean;
}

interface AccessToken {
  id: string;
  grant: string;
  expiresAt: number;
}

interface Code {
  id: string;
  clientId: string;
  realmId: string;
  scope: string;
  redirectUri: string;
  expiresAt: number;
  /** Set once it has been exchanged; a second exchange kills that grant. */
  grant: string | null;
}

/** The token endpoint's success body. */
export interface TokenReply {
  token_type: 'bearer';
  expires_in: number;
  refresh_token: string;
  x_refresh_token_expires_in: number;
  access_token: string;
}

export type Verdict = { state: 'valid'; grant: Grant } | { state: 'expired' | 'unknown' };

export interface Tokens {
  createCode(input: { clientId: string; realmId: string; scope: string; redirectUri: string }): string;
  /** Undefined: the code is unknown, used, expired or was given to another redirect. */
  exchange(code: string, clientId: string, redirectUri: string): TokenReply | undefined;
  /** Undefined: dead, expired or never issued. */
  refresh(refreshToken: string, clientId: string): TokenReply | undefined;
  /** Seconds until the grant of a refresh token ends for good. */
  hardExpiresIn(refreshToken: string): number;
  /** Kills the grant that an access or a refresh token belongs to; false when there is none. */
  revoke(token: string): boolean;
  check(accessToken: string): Verdict;
  /** A grant made without consent, for seeds. */
  grant(input: { clientId: string; realmId: string; scope: string }): TokenReply;
  /** The live grant of an app for a company. */
  find(clientId: string, realmId: string): Grant | undefined;
  /** A further access token of a live grant. */
  access(grant: Grant): string;
  /** Ends every access token at once, as if an hour had passed. */
  expireAll(): void;
  /** Runs `fn`, which empties or replaces the store, and puts the present grants and tokens back: who is connected stays connected. */
  keep(fn: () => void): void;
}

const opaque = (prefix: string, bytes: number) => prefix + randomBytes(bytes).toString('base64url');

/** Opens the token store. `rotateAfterMs`: a refresh after this age gives a new refresh token, and the old one dies at once. */
export function openTokens(store: Store, clock: Clock, options: { rotateAfterMs?: number } = {}): Tokens {
  const rotateAfterMs = options.rotateAfterMs ?? DAY_MS;
  const grants = store.collection<Grant>('oauth_grants', { indexes: ['refreshToken', 'clientId'] });
  const accesses = store.collection<AccessToken>('oauth_access', { indexes: ['grant'] });
  const codes = store.collection<Code>('oauth_codes');

  // Asked on every request. Whatever ends or changes a grant empties it.
  const checked = new Map<string, { token: AccessToken; grant: Grant }>();
  const saveGrant = (grant: Grant) => {
    checked.clear();
    grants.put(grant);
  };

  const access = (grant: Grant): string => {
    for (const old of accesses.where({ grant: grant.id })) if (old.expiresAt < clock.now() - DAY_MS) accesses.delete(old.id);
    const token = opaque('eyJhbGciOiJkaXIi', 48);
    accesses.put({ id: token, grant: grant.id, expiresAt: clock.now() + ACCESS_LIFE_S * 1000 });
    return token;
  };
  const reply = (grant: Grant): TokenReply => ({
    token_type: 'bearer',
    expires_in: ACCESS_LIFE_S,
    refresh_token: grant.refreshToken,
    x_refresh_token_expires_in: Math.max(Math.ceil((grant.refreshExpiresAt - clock.now()) / 1000), 0),
    access_token: access(grant),
  });
  const rotated = (grant: Grant): Grant => ({ ...grant, refreshToken: opaque('RT1-', 24), refreshIssuedAt: clock.now() });
  const prolong = (grant: Grant): Grant => {
    const prolonged = { ...grant, refreshExpiresAt: Math.min(clock.now() + REFRESH_LIFE_S * 1000, grant.hardExpiresAt) };
    saveGrant(prolonged);
    return prolonged;
  };
  const create = (input: { clientId: string; realmId: string; scope: string }): Grant => {
    const grant: Grant = {
      id: opaque('grant_', 9),
      ...input,
      refreshToken: '',
      refreshIssuedAt: 0,
      refreshExpiresAt: 0,
      hardExpiresAt: clock.now() + FIVE_YEARS_MS,
      revoked: false,
    };
    return prolong(rotated(grant));
  };
  const kill = (id: string) => {
    const grant = grants.get(id);
    if (grant) saveGrant({ ...grant, revoked: true });
    for (const token of accesses.where({ grant: id })) accesses.delete(token.id);
  };

  return {
    access,
    createCode(input) {
      const id = opaque('AB11', 30);
      codes.put({ id, ...input, expiresAt: clock.now() + CODE_LIFE_MS, grant: null });
      return id;
    },
    exchange(id, clientId, redirectUri) {
      const code = codes.get(id);
      if (!code || code.clientId !== clientId || code.redirectUri !== redirectUri || code.expiresAt < clock.now()) return undefined;
      if (code.grant !== null) {
        // Reported: a second exchange of one code kills its tokens (intuit/oauth-jsclient#173).
        kill(code.grant);
        return undefined;
      }
      const grant = create(code);
      codes.put({ ...code, grant: grant.id });
      return reply(grant);
    },
    refresh(refreshToken, clientId) {
      const grant = grants.where({ refreshToken })[0];
      if (!grant || grant.revoked || grant.clientId !== clientId || grant.refreshExpiresAt <= clock.now()) return undefined;
      return reply(prolong(clock.now() - grant.refreshIssuedAt >= rotateAfterMs ? rotated(grant) : grant));
    },
    hardExpiresIn: (refreshToken) => Math.floor(((grants.where({ refreshToken })[0]?.hardExpiresAt ?? clock.now()) - clock.now()) / 1000),
    revoke(token) {
      const grant = grants.where({ refreshToken: token })[0]?.id ?? accesses.get(token)?.grant;
      if (grant === undefined || grants.get(grant)?.revoked !== false) return false;
      kill(grant);
      return true;
    },
    check(token) {
      let known = checked.get(token);
      if (!known) {
        const found = accesses.get(token);
        const grant = found && grants.get(found.grant);
        if (!found || !grant || grant.revoked) return { state: 'unknown' };
        checked.set(token, (known = { token: found, grant }));
      }
      return known.token.expiresAt <= clock.now() ? { state: 'expired' } : { state: 'valid', grant: known.grant };
    },
    grant: (input) => reply(create(input)),
    find: (clientId, realmId) => grants.where({ clientId, realmId, revoked: false }).at(-1),
    keep(fn) {
      const [livingGrants, livingTokens] = [grants.all(), accesses.all()];
      fn();
      checked.clear();
      for (const grant of livingGrants) grants.put(grant);
      for (const token of livingTokens) accesses.put(token);
    },
    expireAll() {
      checked.clear();
      for (const token of accesses.all()) accesses.put({ ...token, expiresAt: Math.min(token.expiresAt, clock.now()) });
    },
  };
}

import OAuthClient from 'intuit-oauth';
import { type Outcome, done } from '../../domain/outcome.ts';
import type { Secret } from '../../platform/secret.ts';
import type { StoredTokens, TokenVault } from '../../ports/token-vault.ts';

export interface QuickBooksApp {
  clientId: string;
  clientSecret: Secret;
  tokenUrl: string;
  realmId: string;
}

/** The access token of one company: read from the vault, renewed there when QuickBooks no longer takes it. */
export interface AccessTokens {
  current(): Promise<Outcome<string>>;
  /** A token other than `stale`, asked of Intuit by one process at a time. */
  renew(stale: string | null): Promise<Outcome<string>>;
}

export function createAccessTokens(app: QuickBooksApp, vault: TokenVault): AccessTokens {
  let known: string | null = null;

  const renew = async (stale: string | null): Promise<Outcome<string>> => {
    const renewed = await vault.renew('quickbooks', app.realmId, stale, (stored) => refresh(app, stored));
    if (renewed.outcome !== 'done') return renewed;
    known = renewed.value.accessToken;
    return done(known ?? '');
  };
  return {
    async current() {
      if (known) return done(known);
      const stored = await vault.read('quickbooks', app.realmId);
      known = stored?.accessToken ?? null;
      return known ? done(known) : renew(null);
    },
    renew,
  };
}

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  x_refresh_token_expires_in: number;
}

/** One call to the token endpoint. Only `invalid_grant` means the connection is dead; all else passes by itself. */
async function refresh(app: QuickBooksApp, stored: StoredTokens): Promise<Outcome<StoredTokens>> {
  const client = new OAuthClient({
    clientId: app.clientId,
    clientSecret: app.clientSecret.reveal(),
    environment: 'production',
    redirectUri: 'https://localhost/',
  });
  client.setAuthorizeURLs({
    authorizeEndpoint: OAuthClient.authorizeEndpoint,
    tokenEndpoint: app.tokenUrl,
    revokeEndpoint: OAuthClient.revokeEndpoint,
    userInfoEndpoint: OAuthClient.userinfo_endpoint_production,
  });
  try {
    const answer = (await client.refreshUsingToken(stored.refreshToken)).json as unknown as TokenAnswer;
    const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    return done({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      accessExpiresAt: after(answer.expires_in),
      refreshExpiresAt: after(answer.x_refresh_token_expires_in),
    });
  } catch (error) {
    const { error: code } = error as { error?: string };
    if (code === 'invalid_grant') {
      return {
        outcome: 'unauthorized',
        problem: {
          code: 'quickbooks-disconnected',
          severity: 'error',
          message: 'QuickBooks ended the connection: its refresh token is no longer good.',
          action: 'Ask an admin to connect QuickBooks again; the work waits and goes on by itself.',
          provider: { system: 'quickbooks', code },
        },
      };
    }
    return {
      outcome: 'unavailable',
      problem: {
        code: 'quickbooks-unavailable',
        severity: 'error',
        message: 'Intuit does not answer with a new token.',
        action: 'Nothing to do: it is tried again by itself.',
        provider: { system: 'quickbooks', ...(code ? { code } : {}) },
      },
    };
  }
}

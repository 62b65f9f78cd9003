import type { Outcome } from '../domain/outcome.ts';

/** Tokens of one connected account. Plain strings only inside the vault and the adapter that uses them. */
export interface StoredTokens {
  /** Null until the first renewal: a new connection starts with a refresh token alone. */
  accessToken: string | null;
  refreshToken: string;
  /** ISO instants of the provider's clock as far as it tells. */
  accessExpiresAt: string | null;
  refreshExpiresAt: string | null;
}

/** Keeps OAuth tokens encrypted and renews them one at a time: a second renewal with the same refresh token would kill the grant. */
export interface TokenVault {
  read(system: string, account: string): Promise<StoredTokens | null>;
  /** Stores the first tokens of a connection; changes nothing where some are stored. */
  seed(system: string, account: string, tokens: StoredTokens): Promise<void>;
  /**
   * Under a lock: returns what is stored when its access token is no longer `stale`, else asks the provider and stores the answer.
   * A failure changes nothing.
   */
  renew(
    system: string,
    account: string,
    stale: string | null,
    ask: (stored: StoredTokens) => Promise<Outcome<StoredTokens>>,
  ): Promise<Outcome<StoredTokens>>;
}

import { done, type Outcome } from '../../domain/outcome.ts';
import type { StoredTokens, TokenVault } from '../../ports/token-vault.ts';

/**
 * Tokens in memory; renewals of one connection wait for each other, as on PostgreSQL's row lock.
 * @param held what outlives the process; its locks end with it
 */
export function createTokenVault(held = new Map<string, StoredTokens>()): TokenVault {
  const locks = new Map<string, Promise<unknown>>();
  const keyOf = (system: string, account: string) => `${system}:${account}`;

  async function renewLocked(
    key: string,
    stale: string | null,
    ask: (stored: StoredTokens) => Promise<Outcome<StoredTokens>>,
  ): Promise<Outcome<StoredTokens>> {
    const stored = held.get(key);
    if (!stored) throw new Error(`no connection is stored for ${key}`);
    if (stored.accessToken && stored.accessToken !== stale) return done({ ...stored });
    const renewed = await ask({ ...stored });
    if (renewed.outcome === 'done') held.set(key, { ...renewed.value });
    return renewed;
  }

  return {
    read: async (system, account) => {
      const stored = held.get(keyOf(system, account));
      return stored ? { ...stored } : null;
    },
    seed: async (system, account, tokens) => {
      if (!held.has(keyOf(system, account))) held.set(keyOf(system, account), { ...tokens });
    },
    renew: (system, account, stale, ask) => {
      const key = keyOf(system, account);
      const renewing = (locks.get(key) ?? Promise.resolve()).then(() => renewLocked(key, stale, ask));
      locks.set(
        key,
        renewing.catch(() => undefined),
      );
      return renewing;
    },
  };
}

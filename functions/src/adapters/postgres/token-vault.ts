import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Secret } from '../../platform/secret.ts';
import type { StoredTokens, TokenVault } from '../../ports/token-vault.ts';
import { inTransaction } from './pool.ts';

/** AES-256-GCM: 12 bytes of nonce, 16 of tag, then the text. The row's name is authenticated too, so rows cannot be swapped. */
export function seal(text: string, key: Secret, name: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.reveal(), 'base64'), nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

export function unseal(sealed: Buffer, key: Secret, name: string): string {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.reveal(), 'base64'), sealed.subarray(0, 12)).setAAD(Buffer.from(name));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
}

/** Tokens in PostgreSQL, encrypted at rest; a renewal holds the row's lock, so that one process renews and the others read. */
export function createTokenVault(pool: pg.Pool, key: Secret): TokenVault {
  const name = (system: string, account: string) => `${system}:${account}`;
  const read = async (
    client: pg.Pool | pg.PoolClient,
    system: string,
    account: string,
    lock: '' | 'FOR UPDATE',
  ): Promise<StoredTokens | null> => {
    const { rows } = await client.query<{ sealed: Buffer }>(
      `SELECT sealed FROM trueup.connection WHERE system = $1 AND account = $2 ${lock}`,
      [system, account],
    );
    return rows[0] ? (JSON.parse(unseal(rows[0].sealed, key, name(system, account))) as StoredTokens) : null;
  };
  return {
    read: (system, account) => read(pool, system, account, ''),
    async seed(system, account, tokens) {
      await pool.query('INSERT INTO trueup.connection (system, account, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        system,
        account,
        seal(JSON.stringify(tokens), key, name(system, account)),
      ]);
    },
    renew: (system, account, stale, ask) =>
      inTransaction(pool, async (client) => {
        const stored = await read(client, system, account, 'FOR UPDATE');
        if (!stored) throw new Error(`no ${system} connection is stored for ${account}`);
        // Somebody renewed while we waited for the lock: theirs is good.
        if (stored.accessToken && stored.accessToken !== stale) return { outcome: 'done', value: stored };
        const renewed = await ask(stored);
        if (renewed.outcome !== 'done') return renewed;
        await client.query(
          'UPDATE trueup.connection SET sealed = $3, version = version + 1, changed_at = now() WHERE system = $1 AND account = $2',
          [system, account, seal(JSON.stringify(renewed.value), key, name(system, account))],
        );
        return renewed;
      }),
  };
}

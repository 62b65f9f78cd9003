import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { RecordStore } from '../store.ts';

/** How long an access token lives without use. Source: help.salesforce.com, "Modify Session Security Settings" (default 2 hours). */
const SESSION_MS = 2 * 3600 * 1000;

const FOREVER = Number.MAX_SAFE_INTEGER;

export interface Session {
  token: string;
  userId: string;
  expiresAt: number;
}

/** Access and refresh tokens of the org's users. They live in the org's database, so that a restart keeps them. */
export interface Sessions {
  open(userId: string): Session;
  /** The lasting session of a sandbox user: its token outlives restarts and the clock, so that pages stay logged in. */
  standing(userId: string): Session;
  /** The live session of a token; using it keeps it alive. */
  find(token: string): Session | undefined;
  end(token: string): boolean;
  /** Ends every session of a user, or all, as if their time had run out; lasting ones stay. */
  expire(userId?: string): void;
  /** Runs `replace`, which replaces the tables, and puts the lasting sessions back: the tokens of pages and tools stay good. */
  keep(replace: () => void): void;
  refreshToken(userId: string, clientId: string): string;
  /** Who a refresh token belongs to. */
  redeem(refreshToken: string, clientId: string): string | undefined;
}

export function createSessions(store: RecordStore, clock: Clock, orgId: string): Sessions {
  store.db.exec('CREATE TABLE IF NOT EXISTS _session (token TEXT PRIMARY KEY, userId TEXT NOT NULL, expiresAt INTEGER NOT NULL)');
  store.db.exec('CREATE TABLE IF NOT EXISTS _refresh (token TEXT PRIMARY KEY, userId TEXT NOT NULL, clientId TEXT NOT NULL)');
  const live = new Map<string, Session>();
  const load = (): void => {
    live.clear();
    for (const row of store.prepare('SELECT token, userId, expiresAt FROM _session').all())
      live.set(String(row['token']), { token: String(row['token']), userId: String(row['userId']), expiresAt: Number(row['expiresAt']) });
  };
  load();
  const forget = (token: string): void => {
    live.delete(token);
    store.prepare('DELETE FROM _session WHERE token = ?').run(token);
  };
  const put = (session: Session): Session => {
    live.set(session.token, session);
    store
      .prepare('INSERT OR REPLACE INTO _session (token, userId, expiresAt) VALUES (?, ?, ?)')
      .run(session.token, session.userId, session.expiresAt);
    return session;
  };
  const begin = (userId: string, expiresAt: number): Session =>
    put({ token: `${orgId.slice(0, 15)}!${randomBytes(48).toString('base64url')}`, userId, expiresAt });
  return {
    open: (userId) => begin(userId, clock.now() + SESSION_MS),
    standing: (userId) =>
      [...live.values()].find((session) => session.userId === userId && session.expiresAt === FOREVER) ?? begin(userId, FOREVER),
    find: (token) => {
      const session = live.get(token);
      if (!session) return undefined;
      if (session.expiresAt <= clock.now()) {
        forget(token);
        return undefined;
      }
      if (session.expiresAt !== FOREVER) session.expiresAt = clock.now() + SESSION_MS;
      return session;
    },
    end: (token) => {
      const known = live.has(token);
      forget(token);
      return known || store.prepare('DELETE FROM _refresh WHERE token = ?').run(token).changes > 0;
    },
    expire: (userId) => {
      for (const session of [...live.values()])
        if (session.expiresAt !== FOREVER && (userId === undefined || session.userId === userId)) forget(session.token);
    },
    keep: (replace) => {
      const lasting = [...live.values()].filter((session) => session.expiresAt === FOREVER);
      replace();
      load();
      for (const session of lasting) put(session);
    },
    refreshToken: (userId, clientId) => {
      const token = `5Aep${randomBytes(40).toString('base64url')}`;
      store.prepare('INSERT INTO _refresh (token, userId, clientId) VALUES (?, ?, ?)').run(token, userId, clientId);
      return token;
    },
    redeem: (refreshToken, clientId) =>
      store.prepare('SELECT userId FROM _refresh WHERE token = ? AND clientId = ?').get(refreshToken, clientId)?.['userId'] as
        | string
        | undefined,
  };
}

import type { RecordStore } from '../store.ts';

/** Named credentials and the secrets of external credentials, as set-up makes them. Used by callouts. */
export interface Credentials {
  named(name: string): NamedCredential | undefined;
  allNamed(): NamedCredential[];
  putNamed(credential: NamedCredential): void;
  deleteNamed(name: string): boolean;
  external(name: string): ExternalCredential | undefined;
  allExternal(): ExternalCredential[];
  putExternal(credential: ExternalCredential): void;
  deleteExternal(name: string): boolean;
  /** Secret parameters of a principal; never answered by the API. */
  secrets(external: string, principal: string): Record<string, string> | undefined;
  putSecrets(external: string, principal: string, values: Record<string, string>): void;
  deleteSecrets(external: string, principal: string): boolean;
}

/** As the ConnectApi sends and answers it; only what callouts need is named. */
export interface NamedCredential {
  developerName: string;
  calloutUrl?: string;
  externalCredentials?: { developerName?: string }[];
  [key: string]: unknown;
}

export interface ExternalCredential {
  developerName: string;
  authenticationProtocol?: string;
  [key: string]: unknown;
}

export function createCredentials(store: RecordStore): Credentials {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS _credential (kind TEXT, name TEXT COLLATE NOCASE, body TEXT NOT NULL, PRIMARY KEY (kind, name))',
  );
  const get = <T>(kind: string, name: string): T | undefined => {
    const row = store.prepare('SELECT body FROM _credential WHERE kind = ? AND name = ?').get(kind, name);
    return row ? (JSON.parse(String(row['body'])) as T) : undefined;
  };
  const all = <T>(kind: string): T[] =>
    store
      .prepare('SELECT body FROM _credential WHERE kind = ? ORDER BY name')
      .all(kind)
      .map((row) => JSON.parse(String(row['body'])) as T);
  const put = (kind: string, name: string, body: unknown): void => {
    store
      .prepare('INSERT INTO _credential (kind, name, body) VALUES (?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body')
      .run(kind, name, JSON.stringify(body));
  };
  const remove = (kind: string, name: string): boolean =>
    store.prepare('DELETE FROM _credential WHERE kind = ? AND name = ?').run(kind, name).changes > 0;
  return {
    named: (name) => get('named', name),
    allNamed: () => all('named'),
    putNamed: (credential) => put('named', credential.developerName, credential),
    deleteNamed: (name) => remove('named', name),
    external: (name) => get('external', name),
    allExternal: () => all('external'),
    putExternal: (credential) => put('external', credential.developerName, credential),
    deleteExternal: (name) => remove('external', name),
    secrets: (external, principal) => get('secret', `${external}-${principal}`),
    putSecrets: (external, principal, values) => put('secret', `${external}-${principal}`, values),
    deleteSecrets: (external, principal) => remove('secret', `${external}-${principal}`),
  };
}

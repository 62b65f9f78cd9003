import type { Connection } from '@salesforce/core';

/** A REST answer the CLI can react to: missing things are an expected answer. */
export type Answer<T> = { found: true; value: T } | { found: false; why: string };

/** Connect REST and data resources below `/services/data/vNN.0`, with 404 and 403 as answers instead of exceptions. */
export interface Rest {
  get<T>(path: string): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object): Promise<T>;
  /** A call whose refusal is an answer too. */
  post<T>(path: string, body: object): Promise<Answer<T>>;
  query<Row>(soql: string): Promise<Answer<Row[]>>;
}

export function restOf(connection: Connection): Rest {
  // The stored URL of an org may end in a slash.
  const base = connection.baseUrl().replace(/([^:])\/{2,}/g, '$1/');
  const asked = async <T>(call: () => Promise<T>): Promise<Answer<T>> => {
    try {
      return { found: true, value: await call() };
    } catch (error) {
      const { errorCode, message } = error as { errorCode?: string; message?: string };
      return { found: false, why: errorCode ? `${errorCode}: ${message ?? ''}` : (message ?? String(error)) };
    }
  };
  const send = <T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object): Promise<T> =>
    connection.request({ method, url: `${base}${path}`, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return {
    send,
    get: (path) => asked(() => connection.request({ method: 'GET', url: `${base}${path}` })),
    post: (path, body) => asked(() => send('POST', path, body)),
    query: (soql) => asked(async () => (await connection.query(soql)).records as never),
  };
}

/** A text as a SOQL literal. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

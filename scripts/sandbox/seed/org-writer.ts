/** Writes seed records over the org's own REST API, as a person with all rights would import them. */
export interface OrgWriter {
  /** Inserts up to 200 records of one object, all or none. @returns their ids in the same order */
  insert(object: string, records: Record<string, unknown>[]): Promise<string[]>;
  update(object: string, records: Record<string, unknown>[]): Promise<void>;
  query<Row>(soql: string): Promise<Row[]>;
}

interface SaveAnswer {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string }[];
}

/** One call to the REST API; throws what the org refuses. */
type OrgCall = (method: string, path: string, body?: unknown) => Promise<unknown>;

export function createOrgWriter(instanceUrl: string, accessToken: string): OrgWriter {
  const base = `${instanceUrl}/services/data/v66.0`;
  return createWriterOver(async (method, path, body) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed: unknown = await answer.json();
    if (!answer.ok) throw new Error(`seeding the org: ${method} ${path} answered ${answer.status} ${JSON.stringify(parsed)}`);
    return parsed;
  });
}

/** The same over any road to the org. */
export function createWriterOver(send: OrgCall): OrgWriter {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => (await send(method, path, body)) as T;
  const save = async (method: string, object: string, records: Record<string, unknown>[]): Promise<string[]> => {
    if (records.length === 0) return [];
    const body = { allOrNone: true, records: records.map((record) => ({ attributes: { type: object }, ...record })) };
    const saved = await call<SaveAnswer[]>(method, '/composite/sobjects', body);
    const failed = saved.findIndex((result) => !result.success && result.errors[0]?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    if (failed >= 0) throw new Error(`seeding ${object}: ${JSON.stringify(saved[failed]?.errors)} for ${JSON.stringify(records[failed])}`);
    return saved.map((result) => result.id ?? '');
  };
  return {
    insert: (object, records) => save('POST', object, records),
    async update(object, records) {
      await save('PATCH', object, records);
    },
    query: async <Row>(soql: string) => (await call<{ records: Row[] }>('GET', `/query?q=${encodeURIComponent(soql)}`)).records,
  };
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type Collection, type WhereOptions, nameOf } from './collection.ts';

/** Opens the collection's table and its expression indexes. Names come from our own code and are checked. */
export function openCollection<T extends { id: string }>(db: DatabaseSync, name: string, indexes: string[]): Collection<T> {
  [name, ...indexes].forEach(nameOf);
  const table = `"c_${name}"`;
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)`);
  for (const field of indexes) {
    db.exec(`CREATE INDEX IF NOT EXISTS "i_${name}_${field}" ON ${table} (json_extract(body, '$.${field}'), seq)`);
  }

  const statements = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    let prepared = statements.get(sql);
    if (!prepared) statements.set(sql, (prepared = db.prepare(sql)));
    return prepared;
  };
  const read = (row: Record<string, unknown>) => JSON.parse(row['body'] as string) as T;
  const column = (field: string) => {
    return nameOf(field) === 'id' ? 'id' : `json_extract(body, '$.${field}')`;
  };

  const conditions = (criteria: Partial<T>) => {
    const terms: string[] = [];
    const values: SQLInputValue[] = [];
    for (const [field, value] of Object.entries(criteria)) {
      if (value === undefined) continue;
      if (value === null) {
        terms.push(`${column(field)} IS NULL`);
        continue;
      }
      terms.push(`${column(field)} = ?`);
      values.push(typeof value === 'boolean' ? Number(value) : (value as SQLInputValue));
    }
    return { terms, values };
  };

  const where = (criteria: Partial<T>, options: WhereOptions = {}): T[] => {
    const { terms, values } = conditions(criteria);
    const direction = options.desc ? 'DESC' : 'ASC';
    const key = options.orderBy ? column(options.orderBy) : undefined;
    if (options.after !== undefined) {
      const cursor = statement(`SELECT seq${key ? `, ${key} AS k` : ''} FROM ${table} WHERE id = ?`).get(options.after);
      if (!cursor) return [];
      const past = options.desc ? '<' : '>';
      const seq = cursor['seq'] as number;
      if (key) {
        terms.push(`(${key}, seq) ${past} (?, ?)`);
        values.push(cursor['k'] as SQLInputValue, seq);
      } else {
        terms.push(`seq ${past} ?`);
        values.push(seq);
      }
    }
    const filter = terms.length ? ` WHERE ${terms.join(' AND ')}` : '';
    const order = ` ORDER BY ${key ? `${key} ${direction}, ` : ''}seq ${direction}`;
    return statement(`SELECT body FROM ${table}${filter}${order} LIMIT ? + 0`)
      .all(...values, options.limit ?? -1)
      .map(read);
  };

  return {
    get: (id) => {
      const row = statement(`SELECT body FROM ${table} WHERE id = ?`).get(id);
      return row && read(row);
    },
    put: (doc) => {
      statement(`INSERT INTO ${table} (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`).run(
        doc.id,
        JSON.stringify(doc),
      );
    },
    delete: (id) => {
      statement(`DELETE FROM ${table} WHERE id = ?`).run(id);
    },
    where,
    all: () => where({}),
    count: (criteria = {}) => {
      const { terms, values } = conditions(criteria);
      const filter = terms.length ? ` WHERE ${terms.join(' AND ')}` : '';
      return statement(`SELECT count(*) AS n FROM ${table}${filter}`).get(...values)?.['n'] as number;
    },
  };
}

import pg from 'pg';

/** Copies of the database within its own cluster; nobody may be connected to it while one is taken or put back. */
export interface DatabaseCopies {
  /** Copies the database under a name, replacing an older copy of that name. */
  take(name: string): Promise<void>;
  /** Replaces the database by a copy, which stays. */
  restore(name: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** For the database of a connection string whose user may create databases. */
export function createCopies(url: string): DatabaseCopies {
  const database = new URL(url).pathname.slice(1);
  const copyOf = (name: string) => quote(`${database}_copy_${name}`);
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  // A template copy is a copy of the files: https://www.postgresql.org/docs/18/manage-ag-templatedbs.html
  return {
    take: (name) => run(drop(copyOf(name)), `CREATE DATABASE ${copyOf(name)} TEMPLATE ${quote(database)}`),
    restore: (name) => run(drop(quote(database)), `CREATE DATABASE ${quote(database)} TEMPLATE ${copyOf(name)}`),
    remove: (name) => run(drop(copyOf(name))),
  };
}

const drop = (name: string) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

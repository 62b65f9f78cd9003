import type pg from 'pg';
import { isStanding, type Load } from '../../domain/first-load/load.ts';
import type { PastCustomer } from '../../domain/first-load/past.ts';
import type { CustomerChange, Learned, Loads } from '../../ports/loads.ts';
import { inTransaction } from './pool.ts';

interface Row {
  document: Load;
  version: number;
}

const asLoad = (row: Row | undefined): Load | null => (row ? { ...row.document, version: row.version } : null);
const SELECT = 'SELECT document, version FROM trueup.load';

/** First loads in PostgreSQL. */
export function createLoads(pool: pg.Pool): Loads {
  return {
    open: (load) =>
      inTransaction(pool, async (client) => {
        // Two that begin at once: the second waits here, and finds the first.
        await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`first-load ${load.companyKey}`]);
        const held = await client.query<Row>(`${SELECT} WHERE company = $1 AND standing`, [load.companyKey]);
        const standing = asLoad(held.rows[0]);
        if (standing) return standing;
        await forget(client, load.companyKey);
        await client.query(
          'INSERT INTO trueup.load (key, company, version, standing, state, document, started_at) VALUES ($1, $2, 0, true, $3, $4, $5)',
          [load.key, load.companyKey, load.state, JSON.stringify(load), load.startedAt],
        );
        return load;
      }),
    async read(key) {
      const { rows } = await pool.query<Row>(`${SELECT} WHERE key = $1`, [key]);
      return asLoad(rows[0]);
    },
    async latest(companyKey) {
      const { rows } = await pool.query<Row>(`${SELECT} WHERE company = $1 ORDER BY started_at DESC LIMIT 1`, [companyKey]);
      return asLoad(rows[0]);
    },
    async running() {
      const resting = `state = 'paused' AND (document ->> 'waitsForLimit')::boolean`;
      const { rows } = await pool.query<Row>(`${SELECT} WHERE standing AND (state IN ('running', 'pausing') OR (${resting}))`);
      return rows.flatMap((row) => asLoad(row) ?? []);
    },
    save: (load, learned = {}) =>
      inTransaction(pool, async (client) => {
        const saved = { ...load, version: load.version + 1 };
        const { rowCount } = await client.query(
          'UPDATE trueup.load SET document = $3, version = version + 1, standing = $4, state = $5 WHERE key = $1 AND version = $2',
          [load.key, load.version, JSON.stringify(saved), isStanding(load), load.state],
        );
        if (rowCount === 0) return null;
        await learn(client, load.key, learned);
        // Names and addresses of customers are kept no longer than they are needed.
        if (!isStanding(load)) await forget(client, load.companyKey);
        return saved;
      }),
    async customersOf(key, system, ids) {
      const { rows } = await pool.query<CustomerChange & { account_id: string | null }>(
        'SELECT id, standing, account_id FROM trueup.load_customer WHERE load = $1 AND system = $2 AND id = ANY($3)',
        [key, system, ids],
      );
      return new Map(rows.map((row) => [row.id, { standing: row.standing, accountId: row.account_id }]));
    },
    async listCustomers(key, system, { after, limit }) {
      const { rows } = await pool.query<{ customer: PastCustomer; standing: CustomerChange['standing']; account_id: string | null }>(
        `SELECT customer, standing, account_id FROM trueup.load_customer WHERE load = $1 AND system = $2 AND ($3::text IS NULL OR id > $3)
         ORDER BY id LIMIT $4`,
        [key, system, after, limit],
      );
      return rows.map(({ customer, standing, account_id: accountId }) => ({ system, customer, standing, accountId }));
    },
    async partsOf(key, paymentIds) {
      const { rows } = await pool.query<{ payment_id: string; invoice_id: string; amount: string }>(
        'SELECT payment_id, invoice_id, amount FROM trueup.load_part WHERE load = $1 AND payment_id = ANY($2) ORDER BY invoice_id',
        [key, paymentIds],
      );
      return rows.map((row) => ({ paymentId: row.payment_id, invoiceId: row.invoice_id, amount: Number(row.amount) }));
    },
  };
}

async function forget(client: pg.PoolClient, companyKey: string): Promise<void> {
  for (const table of ['load_customer', 'load_part'])
    await client.query(`DELETE FROM trueup.${table} WHERE load IN (SELECT key FROM trueup.load WHERE company = $1)`, [companyKey]);
}

async function learn(client: pg.PoolClient, key: string, { customers = [], changes = [], parts = [] }: Learned): Promise<void> {
  if (customers.length > 0)
    await client.query(
      `INSERT INTO trueup.load_customer (load, system, id, customer, standing, account_id)
       SELECT $1, c.system, c.customer ->> 'id', c.customer, c.standing, c."accountId"
       FROM jsonb_to_recordset($2) AS c (system text, customer jsonb, standing text, "accountId" text)
       ON CONFLICT (load, system, id) DO NOTHING`,
      [key, JSON.stringify(customers)],
    );
  if (changes.length > 0)
    await client.query(
      `UPDATE trueup.load_customer AS held SET standing = c.standing, account_id = c."accountId"
       FROM jsonb_to_recordset($2) AS c (system text, id text, standing text, "accountId" text)
       WHERE held.load = $1 AND held.system = c.system AND held.id = c.id`,
      [key, JSON.stringify(changes)],
    );
  if (parts.length > 0)
    await client.query(
      `INSERT INTO trueup.load_part (load, payment_id, invoice_id, amount)
       SELECT $1, p."paymentId", p."invoiceId", p.amount FROM jsonb_to_recordset($2) AS p ("paymentId" text, "invoiceId" text, amount bigint)
       ON CONFLICT (load, payment_id, invoice_id) DO UPDATE SET amount = excluded.amount`,
      [key, JSON.stringify(parts)],
    );
}

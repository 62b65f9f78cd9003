import fs from 'node:fs';
import pg from 'pg';
import { cpuSeconds, cpuSecondsOfFamily } from '../inbox/cpu.ts';
import type { Crew } from '../kill/crew.ts';

/** Milliseconds of CPU, and transactions, for each payment; of those killed meanwhile the share of the last boot. */
export interface CpuShares {
  web: number;
  worker: number;
  postgres: number;
  /** The stand-ins of all three systems, and whoever watches. */
  standIns: number;
  /** Transactions in the functions' database. */
  transactions: number;
}

/** Begins to count; what is called later tells what each used for each of so many payments. */
export async function countCpu(crew: Crew, databaseUrl: string): Promise<(payments: number) => Promise<CpuShares>> {
  const server = await postmaster(databaseUrl);
  const own = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  const now = async () => {
    const of = (role: string) => cpuSeconds(crew.members.find((member) => member.role === role)?.pid() ?? 0);
    const transactions = (await committed(databaseUrl)) / 1000;
    return { web: of('web'), worker: of('worker'), postgres: cpuSecondsOfFamily(server), standIns: own(), transactions };
  };
  const before = await now();
  return async (payments) => {
    const after = await now();
    const each = (name: keyof CpuShares) => ((after[name] - before[name]) * 1000) / payments;
    return {
      web: each('web'),
      worker: each('worker'),
      postgres: each('postgres'),
      standIns: each('standIns'),
      transactions: each('transactions'),
    };
  };
}

/** In this database since it is there. A session tells of its own once a second. */
const committed = (databaseUrl: string): Promise<number> =>
  inSession(databaseUrl, async (session) => {
    const { rows } = await session.query<{ many: string }>(
      'SELECT xact_commit AS many FROM pg_stat_database WHERE datname = current_database()',
    );
    return Number(rows[0]?.many);
  });

/** The process that started the one that answers here. */
const postmaster = (databaseUrl: string): Promise<number> =>
  inSession(databaseUrl, async (session) => {
    const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const status = fs.readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
    return Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
  }).catch(() => 0);

async function inSession<T>(databaseUrl: string, ask: (session: pg.Client) => Promise<T>): Promise<T> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  try {
    return await ask(session);
  } finally {
    await session.end();
  }
}

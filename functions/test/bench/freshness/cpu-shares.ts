import fs from 'node:fs';
import pg from 'pg';
import { cpuSeconds, cpuSecondsOfFamily } from '../inbox/cpu.ts';
import type { Crew } from '../kill/crew.ts';

/** Milliseconds of CPU for each payment; of those killed meanwhile the share of the last boot. */
export interface CpuShares {
  web: number;
  worker: number;
  postgres: number;
  /** The stand-ins of all three systems, and whoever watches. */
  standIns: number;
}

/** Begins to count; what is called later tells what each used for each of so many payments. */
export async function countCpu(crew: Crew, databaseUrl: string): Promise<(payments: number) => CpuShares> {
  const server = await postmaster(databaseUrl);
  const own = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  const now = () => {
    const of = (role: string) => cpuSeconds(crew.members.find((member) => member.role === role)?.pid() ?? 0);
    return { web: of('web'), worker: of('worker'), postgres: cpuSecondsOfFamily(server), standIns: own() };
  };
  const before = now();
  return (payments) => {
    const after = now();
    const each = (name: keyof CpuShares) => ((after[name] - before[name]) * 1000) / payments;
    return { web: each('web'), worker: each('worker'), postgres: each('postgres'), standIns: each('standIns') };
  };
}

/** The process that started the one that answers here. */
async function postmaster(databaseUrl: string): Promise<number> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  try {
    const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const status = fs.readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
    return Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
  } catch {
    return 0;
  } finally {
    await session.end();
  }
}

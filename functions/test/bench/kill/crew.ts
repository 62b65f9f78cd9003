import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export type Role = 'web' | 'worker';

/** A process of the functions that is started again whenever it ends, as the host does it. */
export interface Member {
  name: string;
  role: Role;
  pid(): number | undefined;
  /** What its runs are filed under in the engine, of this boot. */
  executor(): string;
  /** SIGKILL; it comes back after a moment. @returns the executor that died. */
  kill(): string;
}

export interface Crew {
  members: Member[];
  /** How many ended without being killed. */
  fell(): number;
  stop(): Promise<void>;
}

const BACK_AFTER_MS = 1500;

/** Starts one web process and so many workers of the functions bundled in `folder`, on one database. @param args of node */
export function startCrew(
  workers: number,
  folder: string,
  env: Record<string, string>,
  port: number,
  logDir: string,
  args: string[] = [],
): Crew {
  let stopping = false;
  let fallen = 0;
  const ends: (() => Promise<void>)[] = [];

  const join = (name: string, role: Role): Member => {
    let boot = 0;
    let child: ChildProcess | undefined;
    let killed = false;
    let again: NodeJS.Timeout | undefined;
    const start = (): void => {
      boot += 1;
      killed = false;
      const log = fs.openSync(path.join(logDir, `${name}.log`), 'a');
      const entry = role === 'web' ? 'main.mjs' : 'worker.mjs';
      child = spawn(process.execPath, [...args, path.join(folder, entry)], {
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: process.env['HOME'] ?? '',
          ...env,
          ...(role === 'web' ? { TRUEUP_PROCESS: 'web', PORT: String(port), HOST: '127.0.0.1' } : {}),
          DYNO: `${name}.${boot}`,
        },
        stdio: ['ignore', log, log],
      });
      fs.closeSync(log);
      child.once('exit', () => {
        child = undefined;
        if (stopping) return;
        if (!killed) fallen += 1;
        again = setTimeout(start, BACK_AFTER_MS);
      });
    };
    start();
    ends.push(async () => {
      clearTimeout(again);
      const left = child;
      if (!left) return;
      const gone = new Promise<void>((resolve) => left.once('exit', () => resolve()));
      left.kill('SIGTERM');
      const patience = setTimeout(() => left.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(patience);
    });
    return {
      name,
      role,
      pid: () => child?.pid,
      executor: () => `${name}.${boot}-`,
      kill() {
        const executor = `${name}.${boot}-`;
        killed = true;
        child?.kill('SIGKILL');
        return executor;
      },
    };
  };

  const members = [join('web', 'web'), ...Array.from({ length: workers }, (_, index) => join(`worker${index + 1}`, 'worker'))];
  return {
    members,
    fell: () => fallen,
    async stop() {
      stopping = true;
      await Promise.all(ends.map((end) => end()));
    },
  };
}

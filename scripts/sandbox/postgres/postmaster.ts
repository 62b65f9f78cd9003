import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What `postmaster.pid` says; lines as documented in PostgreSQL's `src/include/utils/pidfile.h`. */
export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

const pidFile = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/** The server that holds this cluster, or undefined. */
export function livePostmaster(cluster: string): Postmaster | undefined {
  const [pid = '', , , port = '', , , , status = ''] = linesOf(pidFile(cluster));
  return isPostgres(Number(pid)) ? { pid: Number(pid), port: Number(port), status: status.trim() } : undefined;
}

function linesOf(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * Removes a pid file left by a dead, zombie or unrelated process: PostgreSQL would not start beside one whose number is in use.
 * Only before a start: a server that is starting writes this file, and ends when it is taken from it.
 */
export function forgetDead(cluster: string): void {
  if (!livePostmaster(cluster)) fs.rmSync(pidFile(cluster), { force: true });
}

/** True while `pid` is a running PostgreSQL. A zombie still answers signal 0 where nobody reaps it (containers): it counts as dead. */
export function isPostgres(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    try {
      return /\(postgres\) [^Z]/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat=,comm='], { encoding: 'utf8' });
  return /postgres/.test(stdout) && !stdout.trimStart().startsWith('Z');
}

/** Resolves true once the server of this cluster takes connections, false when it is gone or `timeoutMs` has passed. */
export async function untilReady(cluster: string, timeoutMs: number, gone: () => boolean): Promise<Postmaster | undefined> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(20)) {
    if (gone()) return undefined;
    const server = livePostmaster(cluster);
    if (server?.status === 'ready' && (await answers(server.port))) return server;
  }
  return undefined;
}

/** Waits until `pid` is no longer a running PostgreSQL. */
export async function untilGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(20)) if (!isPostgres(pid)) return true;
  return !isPostgres(pid);
}

/** A port of the loopback interface nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.unref().once('connect', () => socket.end());
  });
}

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createCluster, passwordFile, USER } from './cluster.ts';
import { explain } from './errors.ts';
import { binary, run, surroundings } from './native.ts';
import { erasePlace, findPlace, type Place } from './place.ts';
import { forgetDead, freePort, isPostgres, livePostmaster, untilGone, untilReady, type Postmaster } from './postmaster.ts';
import { SEARCH_PATH } from './search-path.ts';

export { PostgresError } from './errors.ts';

export interface PostgresOptions {
  /** Folder of ours alone; made when missing. */
  dataDir: string;
  log?: (line: string) => void;
  /** The port it had before, where others still look for it; any free one when left out. */
  port?: number;
  /** Whether a commit waits for the disk (fsync); on. Off loses data with the machine's power, but not with the server's death. */
  durable?: boolean;
}

export interface RunningPostgres {
  /** `postgres://trueup:<password>@127.0.0.1:<port>/trueup`; the user is superuser of this cluster. */
  url: string;
  pid: number;
  /** True when a server left by a killed parent was taken over. */
  reused: boolean;
  /** Shuts down cleanly; open connections are ended. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts PostgreSQL's native binaries from npm as a detached child that writes to files only, on a free loopback port; takes over
 * a live server. Throws {@link PostgresError} whose message says what to do.
 */
export async function startPostgres({ dataDir, log = () => {}, port, durable = true }: PostgresOptions): Promise<RunningPostgres> {
  const place = findPlace(path.resolve(dataDir));
  const cluster = path.join(place.home, 'cluster');
  const left = await takeOver(cluster);
  if (left) return running(left, dataDir, place, true);
  if (!fs.existsSync(cluster)) {
    log('Creating the PostgreSQL data folder');
    await createCluster(place, dataDir);
  } else if (!fs.existsSync(path.join(cluster, 'PG_VERSION')) || !fs.existsSync(passwordFile(dataDir))) {
    throw explain('not a valid data directory', path.resolve(dataDir));
  }
  forgetDead(cluster);
  return running(await startServer(place, dataDir, { port, durable }), dataDir, place, false);
}

/** Stops a server that may still run on `dataDir`, then deletes the folder and what was kept elsewhere for it. */
export async function erasePostgres({ dataDir }: Pick<PostgresOptions, 'dataDir'>): Promise<void> {
  if (!fs.existsSync(dataDir)) return;
  const place = findPlace(path.resolve(dataDir));
  const server = livePostmaster(path.join(place.home, 'cluster'));
  if (server) await stopServer(server.pid, place);
  erasePlace(path.resolve(dataDir));
}

async function takeOver(cluster: string): Promise<Postmaster | undefined> {
  const server = livePostmaster(cluster);
  if (!server) return undefined;
  if (server.status === 'stopping') await untilGone(server.pid, STOP_TIMEOUT_MS);
  return untilReady(cluster, START_TIMEOUT_MS, () => !isPostgres(server.pid));
}

async function startServer(
  place: Place,
  dataDir: string,
  { port, durable }: { port?: number | undefined; durable: boolean },
): Promise<Postmaster> {
  const cluster = path.join(place.home, 'cluster');
  const logFile = path.join(place.home, 'server.log');
  for (let attempt = 1; ; attempt++) {
    if (fs.existsSync(logFile)) fs.renameSync(logFile, `${logFile}.1`);
    const output = fs.openSync(logFile, 'a', 0o600);
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      'shared_buffers=64MB',
      'timezone=UTC',
      `search_path=${SEARCH_PATH}`,
      `fsync=${durable ? 'on' : 'off'}`,
    ];
    const child = spawn(
      binary(place, 'postgres'),
      ['-D', cluster, '-p', String(port ?? (await freePort())), ...settings.flatMap((s) => ['-c', s])],
      {
        ...surroundings(place),
        stdio: ['ignore', output, output],
        detached: true, // Ctrl-C reaches us alone; we then shut it down in order
      },
    );
    fs.closeSync(output);
    child.unref();
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    const server = await untilReady(cluster, START_TIMEOUT_MS, () => failure !== undefined || child.exitCode !== null);
    if (server) return server;
    const said = failure ?? fs.readFileSync(logFile, 'utf8');
    // Somebody took the free port between our look and the start.
    if (attempt < 3 && /Address already in use/i.test(String(said))) continue;
    child.kill('SIGKILL');
    throw explain(said, path.resolve(dataDir));
  }
}

function running(server: Postmaster, dataDir: string, place: Place, reused: boolean): RunningPostgres {
  const password = fs.readFileSync(passwordFile(dataDir), 'utf8');
  return {
    url: `postgres://${USER}:${password}@127.0.0.1:${server.port}/${USER}`,
    pid: server.pid,
    reused,
    stop: () => stopServer(server.pid, place),
  };
}

async function stopServer(pid: number, place: Place): Promise<void> {
  if (!isPostgres(pid)) return;
  if (process.platform === 'win32') await run(place, 'pg_ctl', ['stop', '-m', 'fast', '-D', path.join(place.home, 'cluster')]);
  else process.kill(pid, 'SIGINT'); // "fast shutdown": https://www.postgresql.org/docs/18/server-shutdown.html
  if (!(await untilGone(pid, STOP_TIMEOUT_MS))) process.kill(pid, 'SIGQUIT');
}

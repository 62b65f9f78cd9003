import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SandboxError } from './state.ts';

export interface FunctionsProcess {
  baseUrl: string;
  /** What it is configured with, for further processes beside it. */
  env: Readonly<Record<string, string>>;
  logFile: string;
  /** With `main.mjs`, which it runs, and `worker.mjs`. */
  folder: string;
  /** What a process beside it needs to have the sandbox's time: arguments of node, and further variables. */
  atItsTime(): { args: string[]; env: Record<string, string> };
  /** Undefined while it is down. */
  pid(): number | undefined;
  /** Ends it at once, as a crash would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again after `kill` or `stop`, with these variables besides its own; resolves when it answers. */
  start(env?: Record<string, string>): Promise<void>;
  /** Lets it finish what it does (SIGTERM), then waits for its end. */
  stop(): Promise<void>;
  /** Moves their clock and their database's to where the sandbox's is by now; resolves when both have moved, or when they are down. */
  follow(): Promise<void>;
}

export interface FunctionsOptions {
  root: string;
  /** Where they are bundled, as they are deployed. */
  folder: string;
  /** Remembers the process, so that one left by a killed sandbox can be ended. */
  pidFile: string;
  port: number;
  env: Record<string, string>;
  logFile: string;
  /** How many milliseconds the sandbox's clock is ahead of the machine's. */
  aheadMs(): number;
  /** Sets the clock of their database, by which they wait too. */
  setDatabaseClock(aheadMs: number): Promise<void>;
}

/** Preloaded, so that their clock is the sandbox's. */
const AHEAD = path.join(import.meta.dirname, 'ahead.ts');
const START_TIMEOUT_MS = 30_000;
const ENTRY = /functions\/[0-9a-f]{16}\/main\.mjs/;

/** The functions as a process of their own, as they are deployed but for the clock: configured by the environment, met over HTTP. */
export function createFunctionsProcess(options: FunctionsOptions): FunctionsProcess {
  const baseUrl = `http://127.0.0.1:${options.port}`;
  let child: ChildProcess | undefined;

  const gone = (process: ChildProcess) =>
    new Promise<void>((resolve) => (process.exitCode !== null || process.signalCode ? resolve() : process.once('exit', () => resolve())));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const process = child;
    child = undefined;
    if (!process) return;
    process.kill(signal);
    const patience = setTimeout(() => process.kill('SIGKILL'), 15_000);
    await gone(process);
    clearTimeout(patience);
    fs.rmSync(options.pidFile, { force: true });
  };

  const atItsTime = () => ({ args: ['--import', AHEAD], env: { TRUEUP_SANDBOX_AHEAD_MS: String(options.aheadMs()) } });

  return {
    baseUrl,
    atItsTime,
    env: options.env,
    logFile: options.logFile,
    folder: options.folder,
    pid: () => child?.pid,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async follow() {
      const process = child;
      if (!process?.connected) return;
      const moved = options.aheadMs();
      await options.setDatabaseClock(moved);
      await new Promise<void>((resolve) => {
        const heard = (at: unknown) => {
          if (at !== moved) return;
          process.off('message', heard).off('exit', resolve);
          resolve();
        };
        process.on('message', heard).once('exit', resolve);
        // Gone meanwhile, its end may have been before we listened.
        process.send(moved, (error) => error && resolve());
      });
    },
    async start(env = {}) {
      const time = atItsTime();
      await options.setDatabaseClock(options.aheadMs());
      if (child) return;
      fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
      const log = fs.openSync(options.logFile, 'a');
      const started = spawn(process.execPath, [...time.args, path.join(options.folder, 'main.mjs')], {
        cwd: options.root,
        env: {
          PATH: process.env.PATH ?? '',
          HOME: process.env.HOME ?? '',
          // What is compiled is kept.
          NODE_COMPILE_CACHE: path.join(options.root, 'node_modules/.cache/trueup/node'),
          ...options.env,
          ...env,
          PORT: String(options.port),
          HOST: '127.0.0.1',
          ...time.env,
        },
        stdio: ['ignore', log, log, 'ipc'],
      });
      fs.closeSync(log);
      fs.writeFileSync(options.pidFile, String(started.pid));
      child = started;
      const until = Date.now() + START_TIMEOUT_MS;
      while (!(await answers(baseUrl))) {
        if (started.exitCode !== null || started.signalCode)
          throw new SandboxError(`The functions stopped at once: ${lastLines(options.logFile)}`, `The whole log is in ${options.logFile}.`);
        if (Date.now() > until)
          throw new SandboxError(`The functions did not answer within ${START_TIMEOUT_MS / 1000} s.`, `Look into ${options.logFile}.`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
  };
}

const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );

const lastLines = (file: string): string => fs.readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');

/** Ends functions that outlived a sandbox which was killed: they would hold their port. Only a process that is ours is touched. */
export async function endLeftFunctions(pidFile: string): Promise<void> {
  const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8')) : 0;
  if (!pid || !isOurs(pid)) return;
  process.kill(pid, 'SIGKILL');
  for (let tries = 0; tries < 100 && !isGone(pid); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  fs.rmSync(pidFile, { force: true });
}

function isOurs(pid: number): boolean {
  if (process.platform !== 'linux')
    return ENTRY.test(spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout ?? '');
  try {
    // A zombie has an empty command line.
    return ENTRY.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/** Gone, or a zombie that nobody reaps whose last other thread has ended too: then its ports are free. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return false;
    return / Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) && fs.readdirSync(`/proc/${pid}/task`).length === 1;
  } catch {
    return true;
  }
}

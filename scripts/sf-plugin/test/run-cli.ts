import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { HostReply, HostRequest } from './cli-host.ts';

const plugin = path.resolve(import.meta.dirname, '..');
const sfEntry = path.resolve(plugin, '../../node_modules/@salesforce/cli/bin/run.js');

export interface CliRun<T> {
  exitCode: number;
  result: T;
  /** What sf says of a failure: its message and what to do. */
  message?: string;
  actions?: string[];
  /** Everything it wrote, for searching. */
  text: string;
}

interface Login {
  instanceUrl: string;
  /** `<org id>!<token>`: works without a stored login; nothing for a command that needs no org. */
  accessToken?: string;
  home: string;
}

/** Links the plugin into the real `sf`, as `sf plugins link` does for a person. */
export async function linkIntoSf(login: Login): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [sfEntry, 'plugins', 'link', plugin, '--no-install'], { env: settingsOf(login) }, (error, stdout, stderr) =>
      error ? reject(new Error(`${stdout}${stderr}`)) : resolve(),
    );
  });
}

function settingsOf(login: Login): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: login.home,
    SF_ORG_INSTANCE_URL: login.instanceUrl,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
  };
}

/** Runs `sf trueup …` with `--json` from the checkout, one after the other in one process, in a home folder of its own. */
export function startCli(login: Login): {
  run<T>(args: string[], env?: Record<string, string>, as?: Login): Promise<CliRun<T>>;
  stop(): void;
} {
  let host: ChildProcess | undefined;
  return {
    async run<T>(args: string[], env: Record<string, string> = {}, as = login) {
      host ??= fork(path.join(import.meta.dirname, 'cli-host.ts'), {
        env: settingsOf(login),
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      host.send({ args: argsOf(as, ['trueup', ...args]), env } satisfies HostRequest);
      const [{ exitCode, stdout, stderr }] = (await once(host, 'message')) as [HostReply];
      return readRun<T>(args, exitCode, stdout, stderr);
    },
    stop: () => void host?.disconnect(),
  };
}

/** Runs a command of the real `sf` with `--json`, the plugin's own among them once it is linked. */
export const runSf = <T>(login: Login, args: string[]): Promise<CliRun<T>> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [sfEntry, ...argsOf(login, args)], { env: settingsOf(login) }, (error, stdout, stderr) => {
      try {
        resolve(readRun(args, Number(error?.code ?? 0), stdout, stderr));
      } catch (refused) {
        reject(refused as Error);
      }
    });
  });

const argsOf = ({ accessToken }: Login, args: string[]) => [...args, ...(accessToken ? ['-o', accessToken] : []), '--json'];

function readRun<T>(args: string[], exitCode: number, stdout: string, stderr: string): CliRun<T> {
  try {
    const parsed = JSON.parse(stdout) as { result: T; message?: string; actions?: string[] };
    return { ...parsed, exitCode, text: stdout + stderr };
  } catch {
    throw new Error(`sf ${args.join(' ')} answered no JSON: ${stdout}${stderr}`);
  }
}

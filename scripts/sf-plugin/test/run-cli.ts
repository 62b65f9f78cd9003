import { execFile } from 'node:child_process';
import path from 'node:path';

const plugin = path.resolve(import.meta.dirname, '..');
const ownEntry = path.join(plugin, 'bin/run.js');
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

/** Runs `sf trueup …` with `--json`, from the checkout or by the real `sf`, in a home folder of its own. */
export const runCli = <T>(login: Login, args: string[], env: Record<string, string> = {}, linked = false): Promise<CliRun<T>> =>
  run(linked ? sfEntry : ownEntry, login, ['trueup', ...args], env);

/** Runs a command of the real `sf` with `--json`. */
export const runSf = <T>(login: Login, args: string[]): Promise<CliRun<T>> => run(sfEntry, login, args, {});

function run<T>(entry: string, login: Login, args: string[], env: Record<string, string>): Promise<CliRun<T>> {
  const settings = { ...settingsOf(login), ...env };
  return new Promise((resolve, reject) => {
    const org = login.accessToken ? ['-o', login.accessToken] : [];
    execFile(process.execPath, [entry, ...args, ...org, '--json'], { env: settings }, (error, stdout, stderr) => {
      try {
        const parsed = JSON.parse(stdout) as { result: T; message?: string; actions?: string[] };
        resolve({ ...parsed, exitCode: Number(error?.code ?? 0), text: stdout + stderr });
      } catch {
        reject(new Error(`sf ${args.join(' ')} answered no JSON: ${stdout}${stderr}`));
      }
    });
  });
}

import { execFile } from 'node:child_process';
import path from 'node:path';

const entry = path.resolve(import.meta.dirname, '../bin/run.js');

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
  /** `<org id>!<token>`: works without a stored login. */
  accessToken: string;
  home: string;
}

/** Runs `sf trueup …` from the checkout with `--json`, in a home folder of its own. */
export function runCli<T>(login: Login, args: string[], env: Record<string, string> = {}): Promise<CliRun<T>> {
  const settings = {
    PATH: process.env['PATH'] ?? '',
    HOME: login.home,
    SF_ORG_INSTANCE_URL: login.instanceUrl,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    ...env,
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [entry, 'trueup', ...args, '-o', login.accessToken, '--json'],
      { env: settings },
      (error, stdout, stderr) => {
        try {
          const parsed = JSON.parse(stdout) as { result: T; message?: string; actions?: string[] };
          resolve({ ...parsed, exitCode: Number(error?.code ?? 0), text: stdout + stderr });
        } catch {
          reject(new Error(`sf trueup ${args.join(' ')} answered no JSON: ${stdout}${stderr}`));
        }
      },
    );
  });
}

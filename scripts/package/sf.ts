import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './packages.ts';

/** What a person got wrong, or has to do first: shown as it is, without a stack. */
export class Advice extends Error {}

/** The Salesforce CLI of this checkout, or the machine's. */
function command(): string {
  const own = path.join(root, 'node_modules/.bin', process.platform === 'win32' ? 'sf.cmd' : 'sf');
  return existsSync(own) ? own : 'sf';
}

const quoted = (word: string): string => (/^[\w./@:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/** Prints one sf command line and, unless it is a dry run, runs it. Fails with advice if sf fails. */
export function sf(words: string[], dryRun: boolean): void {
  console.log(`sf ${words.map(quoted).join(' ')}`);
  if (dryRun) return;
  const { status, error } = spawnSync(command(), words, { cwd: root, stdio: 'inherit' });
  if (error)
    throw new Advice(
      `sf could not be started (${error.message}). Run npm install here, or install it with npm install --global @salesforce/cli.`,
    );
  if (status !== 0)
    throw new Advice(`sf ${words.slice(0, 3).join(' ')} failed; what it said is above. Nothing that comes after it was run.`);
}

/** Runs a command of this folder and turns Advice, and a flag that parseArgs does not know, into one clear line and exit code 1. */
export function main(run: () => void): void {
  try {
    run();
  } catch (error) {
    const unknownFlag = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    if (!(error instanceof Advice) && !unknownFlag) throw error;
    console.error(`\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}

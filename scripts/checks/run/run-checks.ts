import { spawn } from 'node:child_process';
import { type Check, root } from './check-list.ts';

export interface CheckResult {
  check: Check;
  passed: number;
  failed: number;
  seconds: number;
  output: string;
  /** What the check says it could not run, each with the line that installs what it lacks. */
  notRun: string[];
}

/** Runs one command of the list; a non-zero exit is a failure whatever it counted. */
async function runOne(check: Check): Promise<CheckResult> {
  const started = Date.now();
  const [command = '', ...args] = check.command;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...check.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      output += String(error);
      resolve(1);
    });
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  const counted = check.counts?.(output);
  const failed = code === 0 ? (counted?.failed ?? 0) : Math.max(1, counted?.failed ?? 1);
  const passed = counted ? counted.passed : code === 0 ? 1 : 0;
  const nothing = code === 0 && passed === 0;
  if (nothing) output += '\nThis check ran nothing, which counts as a failure.';
  const notRun = [...output.matchAll(/^NOT RUN: (.*)$/gm)].map((match) => match[1] ?? '');
  return { check, passed, failed: nothing ? 1 : failed, seconds: (Date.now() - started) / 1000, output, notRun };
}

/**
 * Runs the checks, `width` at a time and the longest first, prints a line for each as it ends and the output of what failed,
 * then a summary that closes with `N passed, N failed`.
 * @returns the exit code: 0 only when nothing failed and, under TRUEUP_REQUIRE_ALL=1, everything ran.
 */
export async function runChecks(checks: Check[], width = 1): Promise<number> {
  const waiting = checks.toSorted((a, b) => b.seconds - a.seconds);
  const results: CheckResult[] = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runOne(check);
      results.push(result);
      const mark = result.failed > 0 ? 'FAILED' : 'ok';
      console.log(`${mark.padEnd(7)}${check.name.padEnd(17)}${`${result.seconds.toFixed(1)} s`.padStart(8)}  ${check.shows}`);
      if (result.failed > 0) console.log(`${result.output.trimEnd().split('\n').slice(-150).join('\n')}\n`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return summarize(results);
}

function summarize(results: CheckResult[]): number {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const notRun = results.flatMap((result) => result.notRun.map((line) => `${result.check.name}: ${line}`));
  const required = process.env.TRUEUP_REQUIRE_ALL === '1';
  console.log('');
  for (const { check, failed: broken } of results.filter((result) => result.failed > 0))
    console.log(`failed: ${check.name} (${broken}) - run alone: ${check.command.map((part) => part.replace(`${root}/`, '')).join(' ')}`);
  for (const line of notRun) console.log(`not run: ${line}`);
  const red = failed + (required ? notRun.length : 0);
  console.log(`${passed} passed, ${red} failed`);
  return red === 0 ? 0 : 1;
}

// One process that runs commands of the plugin one after the other, as its own entry does: loading takes longer than what they do.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { run } from '@oclif/core';

export interface HostRequest {
  args: string[];
  /** For this command only. */
  env: Record<string, string>;
}

export interface HostReply {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const plugin = path.resolve(import.meta.dirname, '..');
execFileSync(process.execPath, [path.join(plugin, 'bin/build.js')]);
const written = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const)
  process[name].write = (chunk: string | Uint8Array) => {
    written[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };

async function runOne({ args, env }: HostRequest): Promise<HostReply> {
  Object.assign(written, { stdout: '', stderr: '' });
  Object.assign(process.env, env);
  process.exitCode = 0;
  try {
    await run(args, plugin);
  } catch (error) {
    process.exitCode = (error as { oclif?: { exit?: number } }).oclif?.exit ?? 1;
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
  return { exitCode: Number(process.exitCode), ...written };
}

process.on('message', (request: HostRequest) => void runOne(request).then((reply) => process.send?.(reply)));

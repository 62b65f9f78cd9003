// One process that runs commands of the plugin one after the other, as its own entry does: loading takes longer than what they do.
import path from 'node:path';
import { run } from '@oclif/core';
import { build } from '../bin/build.js';

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

build();
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
    await run(args, path.resolve(import.meta.dirname, '..'));
  } catch (error) {
    process.exitCode = (error as { oclif?: { exit?: number } }).oclif?.exit ?? 1;
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
  return { exitCode: Number(process.exitCode), ...written };
}

process.on('message', (request: HostRequest) => void runOne(request).then((reply) => process.send?.(reply)));

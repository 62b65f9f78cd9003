import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Place } from './place.ts';

export const binary = (place: Place, program: string): string =>
  path.join(place.native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);

/** Only what PostgreSQL needs: no PG* variable of the machine's own PostgreSQL, no secret of ours. */
export function surroundings(place: Place) {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const libraries = path.join(place.native, 'lib');
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C', LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries } as NodeJS.ProcessEnv;
  return { env, cwd: place.home, ...place.owner };
}

/** Runs one of PostgreSQL's programs to its end; throws what it said when it fails. */
export async function run(place: Place, program: string, args: string[], input = ''): Promise<void> {
  const child = spawn(binary(place, program), args, { ...surroundings(place), stdio: 'pipe' });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // A program that ends early closes its input; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(said);
}

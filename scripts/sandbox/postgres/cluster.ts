import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { explain } from './errors.ts';
import { run } from './native.ts';
import { nativeVersion, type Place } from './place.ts';

export const USER = 'trueup';

/** Kept beside the data, not in it: as root it stays root's own. */
export const passwordFile = (dataDir: string): string => path.join(path.resolve(dataDir), 'password');

const CACHE = path.resolve(import.meta.dirname, '../../../node_modules/.cache/trueup');
const KEPT = 'postgres-';
/** A single-user server ends with 0 after an error unless it is told not to. https://www.postgresql.org/docs/18/runtime-config-error-handling.html */
const ALONE = ['--single', '-c', 'exit_on_error=true'];

/** `initdb` takes seconds and gives the same each time: its result is kept by its recipe, without a password that anybody knows. */
function kept(): string {
  const recipe = createHash('sha256')
    .update(fs.readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12);
  return path.join(CACHE, `${KEPT}${nativeVersion()}-${process.platform}-${process.arch}-${recipe}`);
}

/** Makes the data folder `<home>/cluster` with a password of its own. Only a whole cluster ever bears the name. */
export async function createCluster(place: Place, dataDir: string): Promise<void> {
  const half = path.join(place.home, 'cluster.half');
  const data = path.join(half, 'data');
  const password = newPassword();
  try {
    fs.rmSync(half, { recursive: true, force: true });
    fs.mkdirSync(half, { recursive: true, mode: 0o700 });
    give(half, place);
    if (!(await fromKept(place, data, password))) {
      await initialize(place, half, data);
      await keep(data);
      await setPassword(place, data, password);
    }
    fs.writeFileSync(passwordFile(dataDir), password, { mode: 0o600 });
    fs.renameSync(data, path.join(place.home, 'cluster'));
  } catch (error) {
    throw explain(error, path.resolve(dataDir));
  } finally {
    fs.rmSync(half, { recursive: true, force: true });
  }
}

/** False when nothing is kept, or what is kept does not start: then it is kept no longer. */
async function fromKept(place: Place, data: string, password: string): Promise<boolean> {
  if (!fs.existsSync(kept())) return false;
  try {
    await copyFolder(kept(), data);
    for (const entry of ['', ...fs.readdirSync(data, { recursive: true, encoding: 'utf8' })]) give(path.join(data, entry), place);
    fs.chmodSync(data, 0o700);
    await setPassword(place, data, password);
    return true;
  } catch {
    fs.rmSync(kept(), { recursive: true, force: true });
    fs.rmSync(data, { recursive: true, force: true });
    return false;
  }
}

const setPassword = (place: Place, data: string, password: string): Promise<void> =>
  run(place, 'postgres', [...ALONE, '-D', data, 'postgres'], `ALTER USER ${USER} PASSWORD '${password}'\n`);

async function initialize(place: Place, half: string, data: string): Promise<void> {
  const pwfile = path.join(half, 'password');
  fs.writeFileSync(pwfile, newPassword(), { mode: 0o600 });
  give(pwfile, place);
  await run(place, 'initdb', ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${pwfile}`, '-E', 'UTF8', '--no-locale']);
  await run(place, 'postgres', [...ALONE, '-D', data, 'postgres'], `CREATE DATABASE ${USER}\n`);
}

/** Copied aside and renamed, so that another start never finds half of it; a folder that cannot be written costs only time. */
async function keep(data: string): Promise<void> {
  const half = `${kept()}.${process.pid}`;
  try {
    fs.rmSync(half, { recursive: true, force: true });
    await copyFolder(data, half);
    fs.renameSync(half, kept());
    for (const name of fs.readdirSync(CACHE))
      if (name.startsWith(KEPT) && !name.startsWith(path.basename(kept())))
        fs.rmSync(path.join(CACHE, name), { recursive: true, force: true });
  } catch {
    fs.rmSync(half, { recursive: true, force: true });
  }
}

/** `cp` takes a tenth of what Node's own copy of 1,300 files takes. Not cpSync: where a folder goes away under it, it ends the process. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') await fs.promises.cp(from, to, { recursive: true });
  else await promisify(execFile)('cp', ['-R', from, to]);
}

const newPassword = (): string => randomBytes(24).toString('base64url');

function give(target: string, { owner }: Place): void {
  if (owner) fs.chownSync(target, owner.uid, owner.gid);
}

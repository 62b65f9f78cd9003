// Runs before `npm start` and `npm test` on whatever Node (>= 20) the machine has, so it has no dependencies and no types:
// installs what is missing, makes sure Node 24 is there, then hands over to the TypeScript entry given on the command line.
//   node scripts/setup.mjs <start|all> <entry.ts> [arguments for the entry]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = path.join(root, 'node_modules', '.trueup-stamp.json');
/** What each set installs: the sandbox and the functions, or everything with the checks. */
const sets = {
  start: ['-w', 'functions', '-w', 'scripts/sandbox', '--include-workspace-root'],
  all: [],
};

function stop(message, whatToDo) {
  console.error(`\nTrueup cannot start: ${message}\nWhat to do: ${whatToDo}\n`);
  process.exit(1);
}

/** One hash of all that decides what is installed. */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of ['package-lock.json', 'package.json', '.npmrc']) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

/** The set that is installed already and matches the lockfile, or undefined. The stamp is written last: no stamp, not installed. */
function installed(hash) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.hash === hash ? stamp.set : undefined;
  } catch {
    return undefined;
  }
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli && cli.endsWith('.js') ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function install(set) {
  const space = statfsSync(root);
  const freeMegabytes = Math.floor((space.bavail * space.bsize) / 1e6);
  const needed = set === 'all' ? 1800 : 900;
  if (freeMegabytes < needed && !existsSync(path.join(root, 'node_modules'))) {
    stop(
      `only ${freeMegabytes} MB are free on this disk and the packages need about ${needed} MB.`,
      'free some space and run the command again.',
    );
  }
  console.log(
    `Installing ${set === 'all' ? 'all packages (about 1.5 GB, two minutes)' : 'the packages the sandbox needs (about 700 MB, a minute)'} …`,
  );
  const started = Date.now();
  rmSync(stampFile, { force: true });
  const [command, before] = npmCommand();
  const args = [...before, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...sets[set]];
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) {
    stop(
      'npm could not install the packages; its own message is above.',
      'check the network and the free disk space, then run the command again. Nothing else was changed.',
    );
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function node24() {
  const binary = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const version = existsSync(binary) ? spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;
  if (version?.startsWith('v24.')) return binary;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return stop(
    `Node 24 is not in node_modules${version ? ` (found ${version})` : ''}. npm runs the install script that places it only where install scripts are allowed.`,
    'run `npm config set ignore-scripts false`, delete node_modules, and run the command again; or use Node 24 yourself.',
  );
}

const [set, entry, ...rest] = process.argv.slice(2);
if (!(set in sets) || !entry) stop('scripts/setup.mjs was called without a set and an entry.', 'use `npm start` or `npm test`.');
if (Number(process.versions.node.split('.')[0]) < 20) stop(`this machine has Node ${process.versions.node}.`, 'install Node 20 or newer.');

const hash = wanted();
const have = installed(hash);
if (have !== 'all' && have !== set) {
  install(set);
  node24();
  writeFileSync(stampFile, JSON.stringify({ hash, set }));
}
const node = node24();
// The entry and everything it starts runs on Node 24, whatever npm put first on the path.
const PATH = [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
// The sandbox holds three systems in one process: a small young generation costs it no speed and saves some 50 MB.
const memory = set === 'start' ? ['--max-semi-space-size=8'] : [];
// What Node compiles is kept: every start reads some thousand files.
const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? path.join(root, 'node_modules', '.cache', 'trueup', 'node');
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...memory, path.join(root, entry), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH, NODE_COMPILE_CACHE },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

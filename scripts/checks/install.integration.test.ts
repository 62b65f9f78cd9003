import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-install-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const npm = (args: string[], cwd: string) =>
  spawnSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, npm_config_loglevel: 'error' } });

/** Only what the functions' own dependencies reach, as npm reads the tree: linked, with nothing else beside it. */
function linkReached(): void {
  const listed = npm(['ls', '-w', 'functions', '--omit=dev', '--all', '--parseable'], root);
  expect(listed.stderr).not.toMatch(/npm error/);
  const ours = fs.realpathSync(path.join(root, 'node_modules'));
  const reached = listed.stdout
    .split('\n')
    .map((line) => path.relative(ours, line))
    // A package inside another comes with it; our own workspaces are copied.
    .filter((name) => name && !name.startsWith('..') && !name.includes('node_modules') && !name.startsWith('@trueup'));
  expect(reached.length).toBeGreaterThan(50);
  for (const name of reached) {
    const link = path.join(scratch, 'node_modules', name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(ours, name), link, 'junction');
  }
}

describe('the lockfile', () => {
  it('agrees with every package.json', () => {
    const result = npm(['ci', '--dry-run', '--ignore-scripts'], root);
    expect(result.stderr).not.toMatch(/EUSAGE|not in sync/);
    expect(result.status).toBe(0);
  });

  it('holds no download address', () => {
    const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string }>;
    };
    const addresses = Object.values(lock.packages).flatMap(({ resolved }) => (resolved?.includes('://') ? [resolved] : []));
    expect(addresses).toEqual([]);
  });
});

describe('what is deployed', () => {
  it('boots from the functions alone, without any dev dependency', async () => {
    linkReached();
    fs.cpSync(path.join(root, 'functions/src'), path.join(scratch, 'functions/src'), { recursive: true });
    fs.copyFileSync(path.join(root, 'functions/package.json'), path.join(scratch, 'functions/package.json'));
    expect(fs.existsSync(path.join(scratch, 'node_modules/vitest'))).toBe(false);
    expect(fs.existsSync(path.join(scratch, 'node_modules/lightning-base-components'))).toBe(false);

    // No settings: the process must come as far as naming them, which takes every import.
    // Links are not followed to where they lead, so that a package finds no other than those linked here.
    const child = spawn(process.execPath, ['--preserve-symlinks', '--preserve-symlinks-main', 'functions/src/main.ts'], {
      cwd: scratch,
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(said).toContain('DATABASE_URL: is not set');
    expect(code).toBe(1);
  });
});

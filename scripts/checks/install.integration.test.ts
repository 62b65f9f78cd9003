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

/** What a host gets of the repository before it installs. */
function copyManifests(to: string): void {
  for (const file of [
    'package.json',
    'package-lock.json',
    '.npmrc',
    ...['functions', 'scripts/sandbox', 'scripts/sf-plugin', 'scripts/checks'].map((folder) => `${folder}/package.json`),
  ]) {
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.copyFileSync(path.join(root, file), path.join(to, file));
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
    copyManifests(scratch);
    fs.cpSync(path.join(root, 'functions/src'), path.join(scratch, 'functions/src'), { recursive: true });
    const installed = npm(['ci', '-w', 'functions', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], scratch);
    expect(installed.stderr).not.toMatch(/npm error/);
    expect(installed.status).toBe(0);
    expect(fs.existsSync(path.join(scratch, 'node_modules/vitest'))).toBe(false);
    expect(fs.existsSync(path.join(scratch, 'node_modules/lightning-base-components'))).toBe(false);

    // No settings: the process must come as far as naming them, which takes every import.
    const child = spawn(process.execPath, ['functions/src/main.ts'], {
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

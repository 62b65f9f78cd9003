import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-install-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const npm = (args: string[], cwd: string) =>
  spawnSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, npm_config_loglevel: 'error' } });

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
  it('boots from its bundle alone: no package beside it, nothing of this checkout', async () => {
    const bundled = spawnSync(process.execPath, [path.join(root, 'functions/bundle.ts'), path.join(scratch, 'dist')], { encoding: 'utf8' });
    expect(bundled.status, bundled.stderr).toBe(0);
    // No settings: the process must come as far as naming them, which takes every import.
    for (const entry of ['main.mjs', 'worker.mjs']) {
      const started = spawnSync(process.execPath, [path.join(scratch, 'dist', entry)], {
        cwd: scratch,
        env: { PATH: process.env.PATH ?? '' },
        encoding: 'utf8',
      });
      expect(started.stderr).toContain('DATABASE_URL: is not set');
      expect(started.status).toBe(1);
    }
    const procfile = fs.readFileSync(path.join(root, 'Procfile'), 'utf8');
    expect([...procfile.matchAll(/node (\S+)/g)].map(([, file]) => file)).toEqual(['functions/dist/main.mjs', 'functions/dist/worker.mjs']);
  });
});

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../package');
const run = (command: string, ...flags: string[]) =>
  spawnSync(process.execPath, [path.join(folder, `${command}.ts`), ...flags], { encoding: 'utf8' });

describe('scripts/package', () => {
  it('shows the commands that create the package and its version', () => {
    const lines = run('create', '--dev-hub', 'hub', '--dry-run').stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^sf package create --name Trueup --package-type Unlocked --no-namespace --path force-app\/main /);
    expect(lines[1]).toBe(
      'sf package version create --package Trueup --definition-file config/project-scratch-def.plain.json --code-coverage --wait 60 --installation-key-bypass --target-dev-hub hub',
    );
  });

  it('creates the package for orders too', () => {
    expect(run('create', '--dev-hub', 'hub', '--package', 'orders', '--dry-run').stdout).toContain('--path force-app/extensions/orders');
  });

  it('promotes and installs a named version', () => {
    expect(run('promote', '--dev-hub', 'hub', '--version', '04t000000000001AAA', '--dry-run').stdout.trim()).toBe(
      'sf package version promote --package 04t000000000001AAA --no-prompt --target-dev-hub hub',
    );
    expect(run('install', '--target-org', 'acme', '--version', '04t000000000001AAA', '--dry-run').stdout).toContain(
      '--security-type AdminsOnly',
    );
  });

  it.each([
    ['create', [], 'Name the Dev Hub'],
    ['create', ['--dev-hub', 'hub', '--package', 'quotes'], 'There is no package "quotes"'],
    ['promote', ['--dev-hub', 'hub'], 'No version was created'],
    ['install', ['--target-org', 'acme', '--nonsense'], '--nonsense'],
  ])('%s %j says what to do', (command, flags, advice) => {
    const { status, stderr } = run(command, ...flags);
    expect(status).toBe(1);
    expect(stderr).toContain(advice);
  });
});

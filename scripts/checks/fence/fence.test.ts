import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Breach, findBreaches } from './fence.ts';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** A small tree of the same layout: each file exports one name and imports nothing. */
const modules = [
  ...['money', 'invoice'].map((name) => `functions/src/domain/${name}.ts`),
  ...['payments', 'ledger'].map((name) => `functions/src/ports/${name}.ts`),
  ...['issue-invoice', 'void-invoice'].map((name) => `functions/src/use-cases/${name}.ts`),
  'functions/src/endpoints/issue-invoice.ts',
  'functions/src/webhooks/stripe.ts',
  'functions/src/webhooks/quickbooks.ts',
  'functions/src/inbox/receive.ts',
  'functions/src/inbox/drain.ts',
  'functions/src/platform/config.ts',
  ...['stripe', 'quickbooks', 'salesforce', 'engine', 'postgres', 'memory'].map((name) => `functions/src/adapters/${name}/client.ts`),
  'functions/src/main.ts',
  'functions/test/contract/payments.ts',
  'scripts/sandbox/index.ts',
  'scripts/sandbox/seed/story.ts',
  ...['core', 'org', 'stripe', 'quickbooks'].map((name) => `scripts/sandbox/emulators/${name}/index.ts`),
  'scripts/sf-plugin/src/doctor.ts',
  'scripts/checks/prefix.ts',
  'scripts/package/create.ts',
];

/** from, to (a file of the tree or a package), and whether it is only a type import. */
const planted: [string, string, 'type'?][] = [
  ['functions/src/domain/a.ts', 'functions/src/ports/payments.ts'],
  ['functions/src/domain/b.ts', 'functions/src/use-cases/issue-invoice.ts', 'type'],
  ['functions/src/domain/c.ts', 'zod'],
  ['functions/src/domain/d.ts', 'node:fs'],
  ['functions/src/domain/match-customers/a.ts', 'zod'],
  ['functions/src/domain/g.ts', 'tldts'],
  ['functions/src/domain/e.ts', 'functions/src/platform/config.ts'],
  ['functions/src/ports/a.ts', 'functions/src/use-cases/issue-invoice.ts', 'type'],
  ['functions/src/ports/b.ts', 'zod', 'type'],
  ['functions/src/use-cases/a.ts', 'functions/src/adapters/stripe/client.ts'],
  ['functions/src/use-cases/b.ts', 'functions/src/endpoints/issue-invoice.ts'],
  ['functions/src/use-cases/c.ts', 'functions/src/platform/config.ts'],
  ['functions/src/use-cases/d.ts', 'pino'],
  ['functions/src/use-cases/e.ts', 'stripe', 'type'],
  ['functions/src/endpoints/a.ts', 'functions/src/ports/payments.ts'],
  ['functions/src/endpoints/b.ts', 'functions/src/adapters/salesforce/client.ts'],
  ['functions/src/endpoints/c.ts', 'functions/src/inbox/drain.ts'],
  ['functions/src/webhooks/a.ts', 'functions/src/webhooks/stripe.ts'],
  ['functions/src/webhooks/b.ts', 'functions/src/use-cases/issue-invoice.ts'],
  ['functions/src/webhooks/c.ts', 'functions/src/inbox/drain.ts'],
  ['functions/src/inbox/a.ts', 'functions/src/adapters/postgres/client.ts'],
  ['functions/src/inbox/b.ts', 'functions/src/endpoints/issue-invoice.ts'],
  ['functions/src/platform/a.ts', 'functions/src/domain/money.ts'],
  ['functions/src/adapters/stripe/a.ts', 'functions/src/adapters/quickbooks/client.ts'],
  ['functions/src/adapters/stripe/b.ts', 'functions/src/use-cases/issue-invoice.ts'],
  ['functions/src/adapters/stripe/c.ts', 'node-quickbooks'],
  ['functions/src/adapters/quickbooks/a.ts', 'stripe'],
  ['functions/src/adapters/quickbooks/b.ts', 'jsforce'],
  ['functions/src/adapters/salesforce/a.ts', 'intuit-oauth'],
  ['functions/src/adapters/salesforce/b.ts', 'pg'],
  ['functions/src/adapters/memory/a.ts', '@dbos-inc/dbos-sdk'],
  ['functions/src/endpoints/d.ts', 'jsforce'],
  ['functions/src/platform/b.ts', 'yaml'],
  ['functions/src/use-cases/f.ts', 'scripts/sandbox/index.ts'],
  ['functions/src/domain/f.test.ts', 'functions/src/adapters/stripe/client.ts'],
  ['functions/test/contract/a.ts', 'scripts/sandbox/emulators/stripe/index.ts'],
  ['scripts/sandbox/emulators/stripe/a.ts', 'functions/src/domain/money.ts'],
  ['scripts/sandbox/emulators/stripe/b.ts', 'scripts/sandbox/emulators/quickbooks/index.ts'],
  ['scripts/sandbox/emulators/stripe/c.ts', 'stripe'],
  ['scripts/sandbox/emulators/org/a.ts', 'scripts/sandbox/index.ts'],
  ['scripts/sandbox/seed/a.ts', 'functions/src/domain/money.ts'],
  ['scripts/sf-plugin/src/a.ts', 'scripts/sandbox/seed/story.ts'],
  ['scripts/sf-plugin/src/b.ts', 'functions/src/domain/money.ts'],
  ['scripts/checks/a.ts', 'functions/src/domain/money.ts'],
  ['scripts/package/a.ts', 'scripts/checks/prefix.ts'],
  ['scripts/checks/b.ts', 'scripts/checks/c.test.ts'],
  ['functions/src/use-cases/g.ts', 'functions/src/use-cases/h.fixture.ts'],
];

describe('the import fence', () => {
  let tree: string;
  let breaches: Breach[];

  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  const importOf = (from: string, to: string, type?: 'type') => {
    const local = to.endsWith('.ts') && path.posix.relative(path.posix.dirname(from), to);
    const specifier = local ? (local.startsWith('.') ? local : `./${local}`) : to;
    return `import ${type ? 'type ' : ''}* as it from '${specifier}';\nexport const seen${type ? ': typeof it | undefined = undefined' : ' = it'};\n`;
  };

  beforeAll(() => {
    tree = mkdtempSync(path.join(os.tmpdir(), 'fence-'));
    for (const file of [
      'package.json',
      'tsconfig.json',
      'config/.dependency-cruiser.cjs',
      'functions/package.json',
      'scripts/sandbox/package.json',
      'scripts/sf-plugin/package.json',
      'scripts/checks/package.json',
    ]) {
      cpSync(path.join(repository, file), path.join(tree, file));
    }
    symlinkSync(path.join(repository, 'node_modules'), path.join(tree, 'node_modules'));
    for (const file of modules) write(file, 'export const name = 1;\n');
    write('scripts/checks/c.test.ts', 'export const name = 1;\n');
    write('functions/src/use-cases/h.fixture.ts', 'export const name = 1;\n');
    // A cycle of two files.
    write('functions/src/domain/x.ts', `${importOf('functions/src/domain/x.ts', 'functions/src/domain/y.ts')}`);
    write('functions/src/domain/y.ts', `${importOf('functions/src/domain/y.ts', 'functions/src/domain/x.ts')}`);
    for (const [from, to, type] of planted) write(from, importOf(from, to, type));
    breaches = findBreaches(tree);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(planted)('refuses %s -> %s', (from, to) => {
    const caught = breaches.filter((breach) => breach.from === from);
    expect(caught, `${from} imports ${to} and nobody minds`).not.toEqual([]);
  });

  it('refuses a cycle', () => {
    expect(breaches.some((breach) => breach.rule === 'no-cycles')).toBe(true);
  });

  it('accuses nobody else', () => {
    const guilty = new Set([...planted.map(([from]) => from), 'functions/src/domain/x.ts', 'functions/src/domain/y.ts']);
    expect(breaches.filter((breach) => !guilty.has(breach.from))).toEqual([]);
  });
});

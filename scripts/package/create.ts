// node scripts/package/create.ts --dev-hub <alias> [--package main|orders] [--installation-key <key>] [--dry-run]
// Creates a version of an unlocked package: validated against its scratch org definition, with code coverage.
import { parseArgs } from 'node:util';
import { alias, packages } from './packages.ts';
import { Advice, main, sf } from './sf.ts';

main(() => {
  const { values } = parseArgs({
    options: {
      'dev-hub': { type: 'string' },
      package: { type: 'string', default: 'main' },
      'installation-key': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const hub = values['dev-hub'];
  if (!hub)
    throw new Advice(
      'Name the Dev Hub that owns the package: --dev-hub <alias>. Log in to one with sf org login web --set-default-dev-hub --alias hub.',
    );
  const wanted = packages().find(({ short }) => short === values.package);
  if (!wanted)
    throw new Advice(
      `There is no package "${values.package}". Use --package ${packages()
        .map(({ short }) => short)
        .join(' or ')}.`,
    );

  // sf writes the new package's id into packageAliases, so the first command runs once in the life of a Dev Hub.
  if (!alias(wanted.name))
    sf(
      [
        'package',
        'create',
        '--name',
        wanted.name,
        '--package-type',
        'Unlocked',
        '--no-namespace',
        '--path',
        wanted.path,
        '--description',
        wanted.description,
        '--target-dev-hub',
        hub,
      ],
      values['dry-run'],
    );
  const key = values['installation-key'];
  sf(
    [
      'package',
      'version',
      'create',
      '--package',
      wanted.name,
      '--definition-file',
      wanted.definition,
      '--code-coverage',
      '--wait',
      '60',
      ...(key ? ['--installation-key', key] : ['--installation-key-bypass']),
      '--target-dev-hub',
      hub,
    ],
    values['dry-run'],
  );
});

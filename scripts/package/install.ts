// node scripts/package/install.ts --target-org <alias> [--package main|orders | --version 04t...] [--installation-key <key>] [--dry-run]
// Installs a package version for admins alone; people get access by permission sets afterwards.
import { parseArgs } from 'node:util';
import { latestVersion, packages } from './packages.ts';
import { Advice, main, sf } from './sf.ts';

main(() => {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      package: { type: 'string', default: 'main' },
      version: { type: 'string' },
      'installation-key': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const org = values['target-org'];
  if (!org) throw new Advice('Name the org to install in: --target-org <alias>. Log in to it with sf org login web --alias <alias>.');
  const wanted = packages().find(({ short }) => short === values.package);
  const version = values.version ?? (wanted && latestVersion(wanted));
  if (!version)
    throw new Advice(
      'No version was created from this checkout yet. Run scripts/package/create.ts first, or name one with --version 04t….',
    );
  const key = values['installation-key'];
  sf(
    [
      'package',
      'install',
      '--package',
      version,
      '--wait',
      '20',
      '--publish-wait',
      '20',
      '--security-type',
      'AdminsOnly',
      '--apex-compile',
      'package',
      '--no-prompt',
      ...(key ? ['--installation-key', key] : []),
      '--target-org',
      org,
    ],
    values['dry-run'],
  );
  console.log('\nNext: sf trueup setup assigns the permission sets and creates the named credential.');
});

// node scripts/package/promote.ts --dev-hub <alias> [--package main|orders | --version 04t...] [--dry-run]
// Releases a package version, so that it installs in production orgs. It cannot be taken back.
import { parseArgs } from 'node:util';
import { latestVersion, packages } from './packages.ts';
import { Advice, main, sf } from './sf.ts';

main(() => {
  const { values } = parseArgs({
    options: {
      'dev-hub': { type: 'string' },
      package: { type: 'string', default: 'main' },
      version: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const hub = values['dev-hub'];
  if (!hub) throw new Advice('Name the Dev Hub that owns the package: --dev-hub <alias>.');
  const wanted = packages().find(({ short }) => short === values.package);
  const version = values.version ?? (wanted && latestVersion(wanted));
  if (!version)
    throw new Advice(
      'No version was created from this checkout yet. Run scripts/package/create.ts first, or name one with --version 04t….',
    );
  sf(['package', 'version', 'promote', '--package', version, '--no-prompt', '--target-dev-hub', hub], values['dry-run']);
});

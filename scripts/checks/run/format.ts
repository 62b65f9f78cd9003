// `npm run format`: oxfmt over everything, Prettier over the components' templates, in place.
import { spawnSync } from 'node:child_process';
import { FORMAT, FORMAT_TEMPLATES, root } from './check-list.ts';

for (const command of [FORMAT, [...FORMAT_TEMPLATES, '--write']]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}

// `npm run format`: Prettier over everything, in place.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './check-list.ts';

const prettier = path.join(root, 'node_modules/prettier/bin/prettier.cjs');
process.exitCode =
  spawnSync(process.execPath, [prettier, '--write', '--log-level', 'warn', '.'], { cwd: root, stdio: 'inherit' }).status ?? 1;

// `npm run check`: what every commit keeps green, under a minute.
import { quick } from './check-list.ts';
import { runChecks } from './run-checks.ts';

process.exitCode = await runChecks(quick, 2);

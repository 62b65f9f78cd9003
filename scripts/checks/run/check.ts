// `npm run check`: what every commit keeps green, under a minute.
import { quick } from './check-list.ts';
import { runChecks } from './run-checks.ts';

// The unit tests are most of it: they take both cores as soon as the others leave one. Beside the long checks that only costs.
const onBothCores = quick.map((check) =>
  check.name === 'unit tests' ? { ...check, command: [...check.command, '--maxWorkers=2'] } : check,
);

process.exitCode = await runChecks(onBothCores, 2);

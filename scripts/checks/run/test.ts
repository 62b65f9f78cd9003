// `npm test`: every check that needs no account. The longest begin first; one more at a time than there are processors, because those
// that start processes wait for them half of the time.
import { availableParallelism } from 'node:os';
import { quick, thorough } from './check-list.ts';
import { runChecks } from './run-checks.ts';

const only = process.argv.slice(2);
const chosen = [...thorough, ...quick].filter((check) => only.length === 0 || only.includes(check.name));
if (chosen.length === 0) {
  console.error(
    `There is no check called ${only.join(', ')}. There are: ${[...quick, ...thorough].map((check) => check.name).join(', ')}.`,
  );
  process.exit(1);
}
process.exitCode = await runChecks(chosen, availableParallelism() + 1);

// `npm test`: every check that needs no account. The quick ones first, two at a time; then those that need the machine to themselves.
import { quick, thorough } from './check-list.ts';
import { runChecks } from './run-checks.ts';

const only = process.argv.slice(2);
const chosen = [...quick, ...thorough].filter((check) => only.length === 0 || only.includes(check.name));
if (chosen.length === 0) {
  console.error(
    `There is no check called ${only.join(', ')}. There are: ${[...quick, ...thorough].map((check) => check.name).join(', ')}.`,
  );
  process.exit(1);
}
process.exitCode = await runChecks(chosen, 2);

// `npm start`: the whole product on this machine. --fresh forgets all data; TRUEUP_PORT moves the ports; TRUEUP_DATA the folder.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SandboxError, startSandbox } from './index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const started = Date.now();

function readOptions() {
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    throw new SandboxError((error as Error).message, 'Use: npm start [-- --fresh]');
  }
}

function tell({ info }: Awaited<ReturnType<typeof startSandbox>>): void {
  console.log(`
Trueup is running (${((Date.now() - started) / 1000).toFixed(1)} s).

  Open              ${info.page}
  Stripe            ${info.stripe.baseUrl}/sandbox
  QuickBooks        ${info.quickbooks.baseUrl}/sandbox
  Local org         ${info.org.instanceUrl}/sandbox
  Functions         ${info.functions.baseUrl}/health

First: open Opportunities, choose "Harbor Foods - Plant 3 rollout", press "Issue invoice".
Pay with card 4242 4242 4242 4242 on the invoice's pay link and watch the page turn to Paid.

Addresses and credentials for tools: .sandbox/sandbox.json. Ctrl-C stops everything; data stays.`);
}

try {
  const options = readOptions();
  if (options.help) {
    console.log('npm start             start the sandbox\nnpm start -- --fresh  forget all data first');
    process.exit(0);
  }
  const dataDir = process.env.TRUEUP_DATA ? path.resolve(process.env.TRUEUP_DATA) : path.join(root, '.sandbox');
  const port = Number(process.env.TRUEUP_PORT ?? 4000);
  if (!Number.isInteger(port) || port < 1024 || port > 65000)
    throw new SandboxError(`TRUEUP_PORT is ${process.env.TRUEUP_PORT}.`, 'Give a number between 1024 and 65000.');
  console.log('Starting the sandbox …');
  const sandbox = await startSandbox({ dataDir, port, fresh: options.fresh, log: (line) => console.log(line) });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    console.log('\nStopping …');
    void sandbox.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  tell(sandbox);
} catch (error) {
  if (error instanceof SandboxError) console.error(`\n${error.message}\nWhat to do: ${error.whatToDo}\n`);
  else console.error(error);
  process.exit(1);
}

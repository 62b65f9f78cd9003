// `npm start`: the whole product on this machine. --fresh forgets all data; --only serves single stand-ins; TRUEUP_PORT moves the
// ports; TRUEUP_DATA the folder.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { GroundOptions, StandIn } from './ground.ts';
import { lookOnce } from './seed/first-look.ts';
import { readStandIns, startOnly } from './only.ts';
import { describeOnly } from './only-text.ts';
import { SandboxError } from './state.ts';

const root = path.resolve(import.meta.dirname, '../..');
const started = Date.now();
const HELP = `npm start                              start the sandbox
npm start -- --fresh                   forget all data first
npm start -- --only stripe             serve one stand-in by itself: org, stripe or quickbooks
npm start -- --only stripe,quickbooks  serve several, without functions and page`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { fresh: { type: 'boolean', default: false }, help: { type: 'boolean', default: false }, only: { type: 'string' } },
    });
    return values;
  } catch (error) {
    throw new SandboxError((error as Error).message, 'Use: npm start [-- --fresh] [--only stripe]');
  }
}

interface Running {
  /** What is printed once it runs. */
  text: string;
  stop(): Promise<void>;
}

async function serve(names: StandIn[], settings: GroundOptions): Promise<Running> {
  const { info, stop } = await startOnly(names, settings);
  return { text: describeOnly(info, settings.dataDir ?? ''), stop };
}

async function run(settings: GroundOptions): Promise<Running> {
  const { startSandbox } = await import('./index.ts'); // with the page's compiler and the Apex parser, which a stand-in alone does without
  const { info, stop, seeded, functionSecret, org } = await startSandbox(settings);
  if (seeded) {
    const rep = { functionsUrl: info.functions.baseUrl, functionSecret, orgId: org.orgId, userId: org.users.rep.id };
    // Nobody waits for it: without it the reviews appear with the first preview a person makes.
    lookOnce(rep, seeded).catch((error: Error) => console.error(`  ${error.message}`));
  }
  const text = `
Trueup is running (${((Date.now() - started) / 1000).toFixed(1)} s).

  Open              ${info.page}
  Stripe            ${info.stripe.baseUrl}/sandbox
  QuickBooks        ${info.quickbooks.baseUrl}/sandbox
  Local org         ${info.org.instanceUrl}/sandbox
  Functions         ${info.functions.baseUrl}/health

First: open Opportunities, choose "Harbor Foods - Plant 3 rollout", press "Issue invoice".
Pay with card 4242 4242 4242 4242 on the invoice's pay link and watch the page turn to Paid.${seeded ? '\nAs the admin, open Match Reviews: an account and a product wait for a decision.' : ''}

Addresses and credentials for tools: .sandbox/sandbox.json. Ctrl-C stops everything; data stays.`;
  return { text, stop };
}

try {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    process.exit(0);
  }
  const dataDir = process.env.TRUEUP_DATA ? path.resolve(process.env.TRUEUP_DATA) : path.join(root, '.sandbox');
  const port = Number(process.env.TRUEUP_PORT ?? 4000);
  if (!Number.isInteger(port) || port < 1024 || port > 65000)
    throw new SandboxError(`TRUEUP_PORT is ${process.env.TRUEUP_PORT}.`, 'Give a number between 1024 and 65000.');
  const only = options.only === undefined ? undefined : readStandIns(options.only);
  console.log(only ? `Starting ${only.join(', ')} …` : 'Starting the sandbox …');
  const settings = { dataDir, port, fresh: options.fresh, log: (line: string) => console.log(line) };
  const running = only ? await serve(only, settings) : await run(settings);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    console.log('\nStopping …');
    void running.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  console.log(running.text);
} catch (error) {
  if (error instanceof SandboxError) console.error(`\n${error.message}\nWhat to do: ${error.whatToDo}\n`);
  else console.error(error);
  process.exit(1);
}

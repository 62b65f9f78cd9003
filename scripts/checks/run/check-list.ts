import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const node = process.execPath;
const bin = (file: string) => path.join(root, 'node_modules', file);
const vitest = [node, bin('vitest/vitest.mjs'), 'run', '--config', 'config/vitest.config.ts', '--reporter=dot', '--silent=passed-only'];

export const FORMAT = [bin('oxfmt/bin/oxfmt')];
/** Templates of components: Prettier knows their unquoted bindings. */
export const FORMAT_TEMPLATES = [
  bin('prettier/bin/prettier.cjs'),
  '--log-level=warn',
  'force-app/**/lwc/**/*.html',
  'scripts/sandbox/record-page/modules/**/*.html',
];

/** One line of the summary: a command of the project and the sentence that says what its success shows. */
export interface Check {
  name: string;
  shows: string;
  /** About how long it takes beside others; those that take longest begin first. */
  seconds: number;
  command: string[];
  env?: Record<string, string>;
  /** How the number of passed and failed things is read from the output; without it the check counts as one. */
  counts?: (output: string) => { passed: number; failed: number };
}

const vitestCounts = (output: string) => {
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, '');
  const line = plain.match(/^\s*Tests\s+.*$/m)?.[0] ?? '';
  return { passed: Number(line.match(/(\d+) passed/)?.[1] ?? 0), failed: Number(line.match(/(\d+) failed/)?.[1] ?? 0) };
};
const jestCounts = (output: string) => {
  const line = output.match(/^Tests:.*$/m)?.[0] ?? '';
  return { passed: Number(line.match(/(\d+) passed/)?.[1] ?? 0), failed: Number(line.match(/(\d+) failed/)?.[1] ?? 0) };
};

/** Under 60 s: what every commit keeps green. */
export const quick: Check[] = [
  {
    name: 'types',
    shows: 'TypeScript accepts every file',
    seconds: 35,
    // The native compiler: a third of the time of the one whose API the checks read with. In one thread, since others run beside it. It
    // remembers what it found: the next time only what has changed is looked at.
    command: [
      ...[node, bin('typescript7/bin/tsc'), '-p', 'tsconfig.json', '--noEmit', '--singleThreaded'],
      ...['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/trueup/types.tsbuildinfo'],
    ],
  },
  {
    name: 'lint',
    shows: 'TypeScript keeps the rules of .oxlintrc.json',
    seconds: 1,
    command: [node, bin('oxlint/bin/oxlint'), '--deny-warnings', 'functions', 'scripts', 'config'],
  },
  {
    name: 'component lint',
    shows: "ESLint with Salesforce's rules accepts the components",
    seconds: 30,
    command: [
      node,
      bin('eslint/bin/eslint.js'),
      '--config',
      'config/eslint.config.js',
      '--cache',
      '--cache-location',
      'node_modules/.cache/trueup/eslint.json',
      'scripts/sandbox/record-page/modules',
      'config',
      ...(existsSync(path.join(root, 'force-app')) ? ['force-app'] : []),
    ],
  },
  { name: 'format', shows: 'oxfmt would change nothing', seconds: 1, command: [node, ...FORMAT, '--check'] },
  { name: 'component format', shows: 'Prettier would change no template', seconds: 3, command: [node, ...FORMAT_TEMPLATES, '--check'] },
  {
    name: 'unused',
    shows: 'knip finds no unused file, export or dependency',
    seconds: 10,
    command: [node, bin('knip/bin/knip.js'), '--config', 'config/knip.jsonc'],
  },
  { name: 'fence', shows: 'imports go one way', seconds: 14, command: [node, 'scripts/checks/fence/fence.ts'] },
  {
    name: 'unit tests',
    shows: 'domain, use cases, stand-ins and checks do what they say',
    seconds: 90,
    command: [...vitest, '--project', 'unit'],
    counts: vitestCounts,
  },
];

/** What needs processes, a browser, Java or more than a minute. */
export const thorough: Check[] = [
  {
    name: 'sandbox',
    shows: "start and stop, the package's Apex tests, the sf plugin, stand-ins held to recorded data",
    seconds: 360,
    command: [...vitest, '--project', 'sandbox'],
    counts: vitestCounts,
  },
  {
    name: 'journey',
    shows: 'the main road as people walk it, in a browser, every page accessible',
    seconds: 300,
    command: [...vitest, '--project', 'journey'],
    counts: vitestCounts,
  },
  {
    name: 'main road',
    shows: 'issuing, payments, syncs, books, voids and bad input against the sandbox',
    seconds: 290,
    command: [...vitest, '--project', 'main-road'],
    counts: vitestCounts,
  },
  {
    name: 'functions',
    shows: 'kills, plans with real processes, money and calls counted against the sandbox',
    seconds: 210,
    command: [...vitest, '--project', 'functions'],
    counts: vitestCounts,
  },
  {
    name: 'simulation',
    shows: 'people and faults at random, money, matching, mapping and outages, with the three systems in one process',
    seconds: 190,
    command: [...vitest, '--project', 'simulation'],
    counts: vitestCounts,
  },
  {
    name: 'contracts',
    shows: 'ports held by their adapters through the real SDKs, doors held against who may not and what is malformed',
    seconds: 89,
    command: [...vitest, '--project', 'contracts'],
    counts: vitestCounts,
  },
  {
    name: 'components',
    shows: 'LWC Jest: data, empty, error, accessibility',
    seconds: 70,
    command: [node, bin('jest/bin/jest.js'), '--config', 'config/jest.config.cjs', '--silent'],
    counts: jestCounts,
  },
  {
    name: 'force-app',
    shows: 'the package is sound without an org',
    seconds: 34,
    // `component lint` reads the components by the same rules.
    command: [node, 'scripts/checks/index.ts', '--except', 'lwc-lint'],
  },
];

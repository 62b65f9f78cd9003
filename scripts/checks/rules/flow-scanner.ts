import type * as scanner from '@flow-scanner/lightning-flow-scanner-core';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';

export const name = 'flow-scanner';
export const shows = "flows keep the platform's good practice: fault paths, descriptions, nothing in loops";

// The package is CommonJS and Node finds no names in it, although its types declare them.
const { parse, scan } = createRequire(import.meta.url)('@flow-scanner/lightning-flow-scanner-core') as typeof scanner;

/** Rules that do not fit the package, each with its reason. */
const NOT_OURS: Record<string, string> = {
  InactiveFlow: 'a template ships switched off',
  TriggerOrder: 'the customer decides the order of flows on a standard object',
  CopyAPIName: 'names are checked by our own rule',
};

export async function check(root: string): Promise<Finding[]> {
  const files = readPackage(root)
    .ofType('Flow')
    .map(({ file }) => file);
  if (files.length === 0) return [];
  const results = scan(await parse(files.map((file) => path.join(root, file))), {});
  return results.flatMap(({ flow, ruleResults }) => {
    const file = files.find((found) => path.posix.basename(found).startsWith(`${flow.name ?? ''}.`)) ?? flow.name ?? 'flow';
    return ruleResults
      .filter(({ occurs, ruleName }) => occurs && !(ruleName in NOT_OURS))
      .map(({ ruleName, details }) => ({ file, message: `${ruleName}: ${details.map(({ name: where }) => where).join(', ')}` }));
  });
}

import { readFile } from 'node:fs/promises';
import { type Messages, SfError } from '@salesforce/core';

const FIDELITIES = ['recorded', 'documented', 'typed', 'assumed'] as const;
const KINDS = ['route', 'entity', 'rule'] as const;

/** As a stand-in answers it at `/sandbox/coverage.json`. */
interface CoverageAnswer {
  covered: { item: string; kind: (typeof KINDS)[number]; fidelity: (typeof FIDELITIES)[number]; source: string }[];
  /** What was asked for and is not modelled, since the stand-in started. */
  refused: { item: string; count: number }[];
}

export interface StandInCoverage extends CoverageAnswer {
  system: string;
  url: string;
}

/** The parts of `sandbox.json` that name a stand-in; `--only` leaves some out. */
interface SandboxFile {
  org?: { instanceUrl: string };
  stripe?: { baseUrl: string };
  quickbooks?: { baseUrl: string };
}

/** Asks every stand-in that the file names. Throws with what to do when there is no file or no answer. */
export async function readCoverage(file: string, messages: Messages<string>): Promise<StandInCoverage[]> {
  const { org, stripe, quickbooks } = await readSandboxFile(file, messages);
  const standIns = [
    { system: 'Salesforce', url: org?.instanceUrl },
    { system: 'Stripe', url: stripe?.baseUrl },
    { system: 'QuickBooks', url: quickbooks?.baseUrl },
  ].flatMap(({ system, url }) => (url ? [{ system, url }] : []));
  return Promise.all(standIns.map(async ({ system, url }) => ({ system, url, ...(await ask(url, system, messages)) })));
}

async function readSandboxFile(file: string, messages: Messages<string>): Promise<SandboxFile> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SandboxFile;
  } catch {
    throw new SfError(messages.getMessage('error.no-file', [file]), 'NoSandbox', [messages.getMessage('error.no-file.action')]);
  }
}

async function ask(url: string, system: string, messages: Messages<string>): Promise<CoverageAnswer> {
  try {
    const answer = await fetch(`${url}/sandbox/coverage.json`, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as CoverageAnswer;
  } catch {
    throw new SfError(messages.getMessage('error.no-answer', [system, url]), 'NoAnswer', [messages.getMessage('error.no-file.action')]);
  }
}

/** One row per kind, with how many of each fidelity. */
export function countByKind({ system, covered }: StandInCoverage): Record<string, string | number>[] {
  return KINDS.map((kind) => {
    const ofKind = covered.filter((row) => row.kind === kind);
    const counts = FIDELITIES.map((fidelity) => [fidelity, ofKind.filter((row) => row.fidelity === fidelity).length] as const);
    return { system, kind, ...Object.fromEntries(counts) };
  });
}

import type { Draft } from '../domain/draft.ts';
import { done, mapOutcome, rejected, type Outcome } from '../domain/outcome.ts';
import { preflightProblem } from '../domain/preflight/problems.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { PATIENCE_MS, patiently, SYNC_WAITS_MS, type Patience } from './effects/patiently.ts';
import { issueInvoice, type IssueDeps } from './issue-invoice.ts';
import { tellNotIssued } from './issue-invoices/not-issued.ts';
import { readAsked } from './look/gather-invoice.ts';
import { waitForPart } from './run-sync/wait-for-part.ts';

/** So many are issued side by side, however many are asked for: what they take of the worker's places and of the books leaves room for people. */
const LINES = 10;
/** So often a record is proposed while others bill it too. */
const ROUNDS = 2;

export interface AskedInvoice {
  sourceId: string;
  companyId: string;
  /** In whose name, and with whose rights. */
  caller: { userId: string; permissions: readonly string[]; correlationId: string };
  /** ISO instant. */
  askedAt: string;
}

/** What came of one that was asked for. `billed`: nothing was left to bill. */
type AskedEnd = 'issued' | 'billed' | 'not-issued';

/** What the panel would propose for the record. */
interface Proposal {
  name: string;
  draft: Draft;
  nothingLeft: boolean;
}

/**
 * A flow asks for the invoices of many records at once: each is put in line, and issued in its turn as the panel would propose it. Answers
 * how many are in line; what is refused at its turn is an issue on its record. Asked again, what is billed already is left alone.
 */
export async function issueInvoices(
  deps: Pick<Deps, 'records' | 'engine' | 'clock'>,
  { sourceIds }: { sourceIds: readonly string[] },
  caller: Caller,
): Promise<Outcome<{ queued: number }>> {
  const read = await deps.records.readCompany({ asking: caller });
  if (read.outcome !== 'done') return read;
  const { company, rights } = read.value;
  if (!rights?.issueInvoice) return rejected(preflightProblem('no-right-to-issue', null));
  if (!company.active || !company.connected) return rejected(preflightProblem('company-not-connected', null, { company: company.name }));
  const { userId, permissions, correlationId } = caller;
  const asked = { companyId: company.id, caller: { userId, permissions, correlationId }, askedAt: nowOf(deps) };
  const wanted = [...new Set(sourceIds)];
  await Promise.all(
    wanted.map((sourceId) =>
      deps.engine.enqueue({
        workflow: 'issue-asked',
        id: `issue-asked.${sourceId}.${correlationId}`,
        queueKey: `issue-asked:${company.key}:${lineOf(sourceId)}`,
        input: { ...asked, sourceId } satisfies AskedInvoice as unknown as Json,
      }),
    ),
  );
  return done({ queued: wanted.length });
}

/** Ids of one import end in letters that follow each other; flows that ask for one record each spread over the lines as well. */
const lineOf = (sourceId: string): number => [...sourceId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % LINES;

/** At its turn: what is proposed is kept and issued so, that a process which takes it up again asks for the same invoice. */
export async function carryAsked(deps: IssueDeps, asked: AskedInvoice, run: Run): Promise<AskedEnd> {
  const { sourceId, caller } = asked;
  const patience = await patienceOf(deps, asked, run);
  for (let round = 1; ; round += 1) {
    const proposed = await patiently(patience, `propose ${round}`, () => propose(deps, asked));
    if (proposed.outcome !== 'done') return notIssued(deps, asked, patience, sourceId, [proposed.problem]);
    const { name, draft, nothingLeft } = proposed.value;
    if (nothingLeft) return 'billed';

    const issued = await patiently(patience, `issue ${round}`, () =>
      issueInvoice(deps, { sourceId, draft, waitMs: 0, background: true }, caller),
    );
    if (issued.outcome !== 'done') return notIssued(deps, asked, patience, name, [issued.problem]);
    const { outcome, operationKey, invoiceId, problems } = issued.value;
    if (outcome === 'rejected' && operationKey === null) {
      // Somebody billed some of the same lines in between: what is left of them is asked for.
      if (invoiceId !== null && round < ROUNDS) continue;
      return notIssued(deps, asked, patience, name, problems.filter(isError));
    }
    // The next one in line begins when this one is in the books.
    if (operationKey !== null) await waitForPart(deps, operationKey, SYNC_WAITS_MS);
    return 'issued';
  }
}

/** Those in line wait for a system that is down from when they were asked for, not from their turn. */
async function patienceOf({ clock }: Pick<Deps, 'clock'>, { askedAt }: AskedInvoice, run: Run): Promise<Patience> {
  const patienceMs = await run.step('how long it may wait', async () => Math.max(0, Date.parse(askedAt) + PATIENCE_MS - clock.now()));
  return { run, waitedMs: 0, patienceMs, waiting: async () => undefined };
}

/** Of Salesforce alone: both books are asked when it is issued, and what they said of a customer or product a moment ago is believed then. */
async function propose(deps: IssueDeps, { sourceId, caller }: AskedInvoice): Promise<Outcome<Proposal>> {
  return mapOutcome(await readAsked(deps, { sourceId, draft: {} }, caller), ({ source, left, draft }) => ({
    name: source.source.name,
    draft,
    nothingLeft: left.lines.length > 0 && left.lines.every((line) => line.left === '0'),
  }));
}

const isError = ({ severity }: Problem): boolean => severity === 'error';

async function notIssued(
  deps: Pick<Deps, 'records' | 'effects'>,
  asked: AskedInvoice,
  patience: Patience,
  name: string,
  problems: readonly Problem[],
): Promise<AskedEnd> {
  await patiently({ ...patience, waitedMs: 0, patienceMs: PATIENCE_MS }, 'tell', () => tellNotIssued(deps, asked, name, problems));
  return 'not-issued';
}

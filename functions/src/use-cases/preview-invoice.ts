import { orderLines } from '../domain/build-order.ts';
import type { Draft } from '../domain/draft.ts';
import type { LeftToBill } from '../domain/left-to-bill.ts';
import type { Link } from '../domain/link.ts';
import { storedLink, type Match } from '../domain/matching.ts';
import { sum } from '../domain/money.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { OrderLine } from '../domain/invoice.ts';
import type { Seen } from '../domain/preflight/context.ts';
import { blocks } from '../domain/preflight/preflight.ts';
import { preflightProblem } from '../domain/preflight/problems.ts';
import type { Problem } from '../domain/problem.ts';
import type { SourceRead } from '../domain/source.ts';
import type { Terms } from '../domain/terms.ts';
import type { Caller } from './deps.ts';
import { doubtsAbout, gatherInvoice, readAsked, type GatherDeps, type Gathered, type InvoiceRequest } from './look/gather-invoice.ts';
import { raiseDoubts, type DoubtDeps } from './look/raise-doubts.ts';

/** Who the account is in one book: known, new, to be reviewed, or null when it did not answer. */
export type Identity = Match | null;

export interface InvoicePreview {
  source: SourceRead;
  left: LeftToBill;
  draft: Draft;
  lines: OrderLine[];
  terms: Terms[];
  identity: { stripe: Identity; quickbooks: Identity };
  /** Minor units of the source's currency. `tax` is what Trueup computes itself; an outside engine adds its own. */
  totals: { subtotal: number; tax: number; total: number };
  problems: Problem[];
  canIssue: boolean;
}

/** Shows the rep the exact invoice both systems will hold, and every rejection that can be predicted. Sends nothing; who must be settled by a person is put down for one. */
export async function previewInvoice(
  deps: GatherDeps & DoubtDeps,
  request: InvoiceRequest,
  caller: Caller,
): Promise<Outcome<InvoicePreview>> {
  const asked = await readAsked(deps, request, caller);
  if (asked.outcome !== 'done') return asked;
  if (!asked.value.source.rights.canRead) return rejected(preflightProblem('no-access', null));
  const gathered = await gatherInvoice(deps, asked.value);
  await raiseDoubts(deps, doubtsAbout(gathered));
  const lines = orderLines(gathered.source, gathered.draft, gathered.parts.items);
  const subtotal = sum(lines.map((line) => line.amount));
  const tax = sum(lines.map((line) => line.tax));
  return done({
    source: gathered.source,
    left: gathered.left,
    draft: gathered.draft,
    lines,
    terms: gathered.terms,
    identity: { stripe: identity(gathered, 'stripe', gathered.stripe), quickbooks: identity(gathered, 'quickbooks', gathered.ledger) },
    totals: { subtotal, tax, total: subtotal + tax },
    problems: gathered.problems,
    canIssue: !blocks(gathered.problems),
  });
}

/** A book that does not answer is still known by its stored link. */
function identity({ source, draft }: Gathered, system: Link['system'], seen: Seen<{ match: Match }>): Identity {
  if (seen.seen) return seen.value.match;
  const link = storedLink(source.links, system, draft.accountId, source.source.currency);
  return link
    ? {
        status: 'linked',
        id: link.externalId,
        name: link.displayName ?? link.externalId,
        url: link.url ?? null,
        matchedBy: 'Stored',
        reasons: '',
      }
    : null;
}

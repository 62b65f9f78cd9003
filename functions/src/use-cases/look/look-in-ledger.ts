import type { Link } from '../../domain/link.ts';
import { storedLink, type Candidate, type Match, type Whom } from '../../domain/matching.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LedgerView, Seen } from '../../domain/preflight/context.ts';
import type { LedgerCustomer, LedgerItem, LedgerReference } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import { lookForItems, type Good } from './look-for-items.ts';
import { type Known, matchUntaken } from './match-untaken.ts';

export interface LedgerLook extends LedgerView {
  reference: LedgerReference;
  /** Item links found by code or name, to be recorded. */
  newLinks: Link[];
}

/** Who the account and what the goods are in QuickBooks. One batch for a known customer with mapped products. */
export async function lookInLedger(
  deps: Pick<Deps, 'ledger' | 'matches'>,
  whom: Whom,
  goods: readonly Good[],
  known: Known,
  believeMs = 0,
): Promise<Seen<LedgerLook>> {
  const mapped = new Map(
    goods.flatMap((good) => {
      const link = storedLink(known.links, 'quickbooks', good.key, whom.currency);
      return link ? [[good.key, link.externalId] as const] : [];
    }),
  );
  const unmapped = goods.filter((good) => !mapped.has(good.key));
  const link = storedLink(known.links, 'quickbooks', whom.accountId, whom.currency);
  const [reference, read, candidates, items] = await Promise.all([
    deps.ledger.readReference(),
    readKnown(deps, link?.externalId ?? null, [...new Set(mapped.values())], believeMs),
    link ? done<LedgerCustomer[]>([]) : deps.ledger.findCustomers({ accountId: whom.accountId, email: whom.email, name: whom.name }),
    lookForItems(deps, unmapped, known),
  ]);
  for (const answer of [reference, read, candidates, items]) if (answer.outcome !== 'done') return { seen: false, failure: answer };
  if (reference.outcome !== 'done' || read.outcome !== 'done' || candidates.outcome !== 'done' || items.outcome !== 'done')
    throw new Error('unreachable');

  const matched: Outcome<Match> = link
    ? done({
        status: 'linked',
        id: link.externalId,
        name: read.value.customer?.displayName ?? link.displayName ?? whom.name,
        url: read.value.customer?.url ?? link.url ?? null,
        matchedBy: 'Stored',
        reasons: link.reasons ?? '',
      })
    : await matchUntaken(
        deps,
        'quickbooks',
        whom,
        { candidates: candidates.value.map(candidateOfLedger), readOne: readOne(deps, believeMs) },
        known,
      );
  if (matched.outcome !== 'done') return { seen: false, failure: matched };
  const match = matched.value;
  const customer = link
    ? (read.value.customer ?? 'gone')
    : match.status === 'linked'
      ? (candidates.value.find((each) => each.id === match.id) ?? null)
      : null;
  const itemOf = new Map<string, LedgerItem | 'gone'>(items.value.itemOf);
  for (const [key, itemId] of mapped) itemOf.set(key, read.value.items.find((item) => item.id === itemId) ?? 'gone');
  const { newLinks, itemDoubts } = items.value;
  const { homeCurrency, multicurrency, customTxnNumbers, closingDate } = reference.value;
  return {
    seen: true,
    value: {
      match,
      customer,
      homeCurrency,
      multicurrency,
      customTxnNumbers,
      closingDate,
      itemOf,
      itemDoubts,
      newLinks,
      reference: reference.value,
    },
  };
}

export const candidateOfLedger = ({ displayName: name, ...customer }: LedgerCustomer): Candidate => ({ ...customer, name });

function readKnown(
  { ledger }: Pick<Deps, 'ledger'>,
  customerId: string | null,
  itemIds: string[],
  believeMs: number,
): Promise<Outcome<{ customer: LedgerCustomer | null; items: LedgerItem[] }>> {
  if (customerId === null && itemIds.length === 0) return Promise.resolve(done({ customer: null, items: [] }));
  return ledger.readForInvoice({ customerId, itemIds, believeMs });
}

const readOne = (deps: Pick<Deps, 'ledger'>, believeMs: number) => async (id: string) =>
  mapOutcome(await readKnown(deps, id, [], believeMs), ({ customer }) => customer && candidateOfLedger(customer));

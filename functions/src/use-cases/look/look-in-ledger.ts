import type { Link } from '../../domain/link.ts';
import { storedLink, type Candidate, type Match, type Whom } from '../../domain/matching.ts';
import { FREE_LINE_ITEM, matchItem } from '../../domain/match-item.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LedgerView, Seen } from '../../domain/preflight/context.ts';
import type { LedgerCustomer, LedgerItem, LedgerReference } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import { type Known, matchUntaken } from './match-untaken.ts';

/** A product on the invoice, or the lines without one (key `free`). */
export interface Good {
  key: string;
  name: string;
  code: string | null;
}

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
    unmapped.length === 0 ? done<LedgerItem[]>([]) : findUnmapped(deps, unmapped),
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
  const { itemOf, newLinks } = resolveItems(mapped, read.value.items, unmapped, items.value);
  const { homeCurrency, multicurrency, customTxnNumbers, closingDate } = reference.value;
  return {
    seen: true,
    value: { match, customer, homeCurrency, multicurrency, customTxnNumbers, closingDate, itemOf, newLinks, reference: reference.value },
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

function findUnmapped({ ledger }: Pick<Deps, 'ledger'>, goods: readonly Good[]): Promise<Outcome<LedgerItem[]>> {
  return ledger.findItems({
    codes: goods.flatMap((good) => (good.code === null ? [] : [good.code])),
    names: goods.map((good) => (good.key === 'free' ? FREE_LINE_ITEM : good.name)),
  });
}

function resolveItems(
  mapped: ReadonlyMap<string, string>,
  known: readonly LedgerItem[],
  unmapped: readonly Good[],
  found: readonly LedgerItem[],
) {
  const itemOf = new Map<string, LedgerItem | 'gone'>();
  const newLinks: Link[] = [];
  for (const [key, itemId] of mapped) itemOf.set(key, known.find((item) => item.id === itemId) ?? 'gone');
  for (const good of unmapped) {
    const hit = matchItem({ name: good.key === 'free' ? FREE_LINE_ITEM : good.name, code: good.code }, found);
    const item = hit && found.find((each) => each.id === hit.item.id);
    if (!hit || !item) continue;
    itemOf.set(good.key, item);
    if (good.key !== 'free')
      newLinks.push({
        system: 'quickbooks',
        recordId: good.key,
        recordType: 'Product2',
        currency: null,
        externalId: item.id,
        externalType: 'Item',
        matchedBy: 'Score',
        status: 'Linked',
        displayName: item.name,
        reasons: hit.reason,
      });
  }
  return { itemOf, newLinks };
}

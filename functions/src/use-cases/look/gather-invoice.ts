import { booksContext, orderLines, productName, type OrderParts } from '../../domain/build-order.ts';
import { completeDraft } from '../../domain/complete-draft.ts';
import { dayInZone } from '../../domain/dates.ts';
import type { Draft, DraftRequest } from '../../domain/draft.ts';
import type { InvoiceOrder } from '../../domain/invoice.ts';
import { leftToBill, type LeftToBill } from '../../domain/left-to-bill.ts';
import type { Link } from '../../domain/link.ts';
import type { FieldMapping } from '../../domain/map-fields/mapping.ts';
import { customerLink, type Match, type Whom } from '../../domain/matching.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Seen } from '../../domain/preflight/context.ts';
import { preflight } from '../../domain/preflight/preflight.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SourceRead } from '../../domain/source.ts';
import { findTerms, offeredTerms, type Terms } from '../../domain/terms.ts';
import type { Caller, Deps } from '../deps.ts';
import type { Good } from './look-for-items.ts';
import { lookInLedger, type LedgerLook } from './look-in-ledger.ts';
import { lookInStripe, type StripeLook } from './look-in-stripe.ts';
import { listsFailure, mapInvoice, mendedMappings, readForMapping } from './map-invoice.ts';
import { proposeTerms } from './propose-terms.ts';
import { onlySold, type Looked } from './raise-doubts.ts';

export type GatherDeps = Pick<Deps, 'records' | 'matches' | 'mappings' | 'payments' | 'ledger' | 'clock'>;

export interface InvoiceRequest {
  sourceId: string;
  draft: DraftRequest;
}

/** The source, the draft with its defaults, and what is left to bill: all that Salesforce alone knows. */
export interface Asked {
  source: SourceRead;
  left: LeftToBill;
  draft: Draft;
  /** Field mappings of the org, believed for a minute. */
  mappings: FieldMapping[];
  /** Why a mapping could not propose the terms, where nobody chose them. */
  ofTerms: Problem[];
}

/** The same with what the two books say, and every problem known before anything is sent. */
export interface Gathered extends Asked {
  terms: Terms[];
  stripe: Seen<StripeLook>;
  ledger: Seen<LedgerLook>;
  parts: OrderParts;
  problems: Problem[];
}

/** One composite read of Salesforce; the mappings are read once a minute. */
export async function readAsked(deps: GatherDeps, { sourceId, draft: request }: InvoiceRequest, caller: Caller): Promise<Outcome<Asked>> {
  const [read, mappings] = await Promise.all([deps.records.readSource({ sourceId, asking: caller }), deps.mappings.readMappings()]);
  if (read.outcome !== 'done') return read;
  if (mappings.outcome !== 'done') return mappings;
  const source = read.value;
  const left = leftToBill(source.lines, source.earlierLines);
  const draft = completeDraft(source, left, dayInZone(deps.clock.now(), source.company.timeZone), request);
  const proposed = request.terms === undefined ? await proposeTerms(deps, source, draft, mappings.value) : { draft, problems: [] };
  return done({ source, left, draft: proposed.draft, mappings: mappings.value, ofTerms: proposed.problems });
}

/** Asks both books at once and applies every preflight rule. `believeMs`: what they said so recently is not asked again. */
export async function gatherInvoice(deps: GatherDeps, asked: Asked, believeMs = 0): Promise<Gathered> {
  const gathered = await gatherWith(deps, asked, believeMs);
  const mappings = await mendedMappings(deps, asked.mappings, gathered.problems);
  if (!mappings) return gathered;
  const proposed = asked.ofTerms.length > 0 ? await proposeTerms(deps, asked.source, asked.draft, mappings) : null;
  const again = proposed ? { draft: proposed.draft, ofTerms: proposed.problems } : {};
  return gatherWith(deps, { ...asked, mappings, ...again }, believeMs);
}

async function gatherWith(deps: GatherDeps, asked: Asked, believeMs: number): Promise<Gathered> {
  const { source, left, draft } = asked;
  const whom = whoIsBilled(asked);
  const goods = goodsOf(asked);
  const [stripe, seen, forMapping] = await Promise.all([
    lookInStripe(deps, whom, goods, source, believeMs),
    lookInLedger(deps, whom, goods, source, believeMs),
    readForMapping(deps, asked, believeMs),
  ]);
  const failure = listsFailure(forMapping);
  const ledger: typeof seen = seen.seen && failure ? { seen: false, failure } : seen;
  const terms = offeredTerms(ledger.seen ? ledger.value.reference.terms : []);
  const chosen = findTerms(terms, draft.terms) ?? null;
  const parts = partsOf(whom, source.links, stripe, ledger, chosen ?? { value: draft.terms, label: draft.terms, days: 0, termId: null });
  const lines = orderLines(source, draft, parts.items);
  const { mapped, problems: ofMapping } = mapInvoice(deps, asked, forMapping, parts);
  const problems = preflight({
    books: booksContext(source, draft, mapped),
    source,
    left,
    draft,
    terms: chosen,
    lines,
    stripe,
    ledger,
    ofMapping: [...asked.ofTerms, ...ofMapping],
  });
  return { ...asked, terms, stripe, ledger, parts: { ...parts, ...(mapped ? { mapped } : {}) }, problems };
}

/** Who is billed and who they may be, and what is sold that could be several items, for a person. */
export function doubtsAbout({ source, draft, stripe, ledger, parts }: Gathered): Looked {
  const { key: companyKey, id: companyId } = source.company;
  const { links, reviews, itemReviews } = source;
  const books = booksContext(source, draft, parts.mapped);
  return {
    companyKey,
    companyId,
    whom: whoIsBilled({ source, draft }),
    links,
    reviews,
    itemReviews,
    stripe,
    ledger: onlySold(ledger, books),
  };
}

function whoIsBilled({ source, draft }: Pick<Asked, 'source' | 'draft'>): Whom {
  const account = source.accounts.find((each) => each.id === draft.accountId);
  const contact = source.contacts.find((each) => each.id === draft.contactId);
  return {
    accountId: draft.accountId,
    name: account?.name ?? '',
    email: contact?.email ?? null,
    phone: account?.phone ?? null,
    address: account?.address ?? null,
    currency: source.source.currency,
  };
}

function goodsOf({ source, draft }: Asked): Good[] {
  const byKey = new Map<string, Good>();
  for (const line of draft.lines) {
    if (!line.include) continue;
    const sold = source.lines.find((each) => each.productId === line.productId);
    byKey.set(line.productId ?? 'free', {
      key: line.productId ?? 'free',
      name: productName(source, line),
      code: sold?.productCode ?? null,
    });
  }
  return [...byKey.values()];
}

function partsOf(whom: Whom, links: readonly Link[], stripe: Seen<StripeLook>, ledger: Seen<LedgerLook>, terms: Terms): OrderParts {
  const items: Map<string, { itemId: string | null; stripeProductId: string | null }> = new Map();
  for (const link of links) {
    if (link.recordType !== 'Product2' || link.status !== 'Linked') continue;
    const before = items.get(link.recordId) ?? { itemId: null, stripeProductId: null };
    items.set(
      link.recordId,
      link.system === 'stripe' ? { ...before, stripeProductId: link.externalId } : { ...before, itemId: link.externalId },
    );
  }
  if (ledger.seen) {
    for (const [key, item] of ledger.value.itemOf) {
      items.set(key, { stripeProductId: items.get(key)?.stripeProductId ?? null, itemId: item === 'gone' ? null : item.id });
    }
  }
  if (stripe.seen) {
    for (const [key, stripeProductId] of stripe.value.productOf)
      items.set(key, { itemId: items.get(key)?.itemId ?? null, stripeProductId });
  }
  return {
    customers: { stripe: customerRef(whom, stripe), quickbooks: customerRef(whom, ledger) },
    items,
    terms,
    newLinks: [
      ...newCustomerLink('stripe', whom, stripe),
      ...newCustomerLink('quickbooks', whom, ledger),
      ...(stripe.seen ? stripe.value.newLinks : []),
      ...(ledger.seen ? ledger.value.newLinks : []),
    ],
    unchecked: uncheckedOf(stripe, ledger),
  };
}

const matchOf = (seen: Seen<{ match: Match }>): Match | null => (seen.seen ? seen.value.match : null);

function customerRef(whom: Whom, seen: Seen<{ match: Match }>): InvoiceOrder['customers']['stripe'] {
  const match = matchOf(seen);
  return match?.status === 'linked' ? { id: match.id, displayName: match.name } : { id: null, displayName: whom.name };
}

function newCustomerLink(system: Link['system'], whom: Whom, seen: Seen<{ match: Match }>): Link[] {
  const match = matchOf(seen);
  return match?.status === 'linked' && match.matchedBy !== 'Stored' ? [customerLink(system, whom, match, match)] : [];
}

function uncheckedOf(stripe: Seen<unknown>, ledger: Seen<unknown>): OrderParts['unchecked'] {
  return [...(stripe.seen ? [] : (['stripe'] as const)), ...(ledger.seen ? [] : (['quickbooks'] as const))];
}

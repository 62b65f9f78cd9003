import { orderLines, type OrderParts } from '../../domain/build-order.ts';
import { isDay } from '../../domain/dates.ts';
import type { Draft } from '../../domain/draft.ts';
import type { OrderLine } from '../../domain/invoice.ts';
import { type FieldMapping, isOfItem, isOfQuickBooks, isOfTerms, mappingsOf, type TargetObject } from '../../domain/map-fields/mapping.ts';
import { mapFields, type Targets } from '../../domain/map-fields/map-fields.ts';
import type { MappedValues } from '../../domain/map-fields/mapped-values.ts';
import { appliesTo } from '../../domain/map-fields/source-path.ts';
import { placesToRead, type ReadValues, sourceValues, type ValuesWanted } from '../../domain/map-fields/source-values.ts';
import { storedLink } from '../../domain/matching.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SourceRead } from '../../domain/source.ts';
import { dueDate } from '../../domain/terms.ts';
import type { Deps } from '../deps.ts';

export type MapDeps = Pick<Deps, 'mappings' | 'payments' | 'ledger'>;

/** Everything the mappings of an invoice are asked for, while the books are asked who the customer is. */
export interface ReadForMapping {
  mappings: FieldMapping[];
  values: Outcome<ReadValues>;
  /** Of QuickBooks; null: no mapping goes there. */
  targets: Outcome<Targets['quickbooks']>;
}

interface AskedFor {
  source: SourceRead;
  draft: Draft;
  mappings: readonly FieldMapping[];
}

/** The terms were proposed from the same values a moment ago. */
const JUST_READ_MS = 2_000;

/** Values and lists, each in one call and only where a mapping needs it. `believeMs`: what was answered so recently is not asked again. */
export async function readForMapping(deps: MapDeps, { source, draft, mappings }: AskedFor, believeMs: number): Promise<ReadForMapping> {
  const all = ownMappings(source, mappings);
  const own = all.filter((each) => !isOfTerms(each));
  const [values, targets] = await Promise.all([
    deps.mappings.readValues(wantedOf(source, draft, all), Math.max(believeMs, JUST_READ_MS)),
    own.some((each) => isOfQuickBooks(each.targetObject))
      ? deps.ledger.readTargets({ taxEngine: source.company.taxEngine, withItems: own.some(isOfItem), believeMs })
      : done(null),
  ]);
  return { mappings: own, values, targets };
}

/** The mappings of the company that hold for what is billed. */
export const ownMappings = ({ company, source }: SourceRead, mappings: readonly FieldMapping[]): FieldMapping[] =>
  mappingsOf(
    company.key,
    mappings.filter((each) => appliesTo(each, source.type)),
  );

export function wantedOf({ source }: SourceRead, draft: Draft, mappings: readonly FieldMapping[]): ValuesWanted {
  const products = draft.lines.flatMap((line) => (line.include && line.productId !== null ? [line.productId] : []));
  return {
    sourceType: source.type,
    sourceId: source.id,
    accountId: draft.accountId,
    contactId: draft.contactId,
    opportunityId: source.opportunityId,
    productIds: [...new Set(products)].sort(),
    places: placesToRead(mappings, source.type),
  };
}

/** The invoice's mapped values and what is wrong with them; without mappings nothing at all. */
export function mapInvoice(
  deps: Pick<Deps, 'payments'>,
  { source, draft }: AskedFor,
  { mappings, values, targets }: ReadForMapping,
  parts: Pick<OrderParts, 'customers' | 'items' | 'terms'>,
): { mapped?: MappedValues; problems: Problem[] } {
  if (mappings.length === 0) return { problems: [] };
  if (values.outcome !== 'done') return { problems: [{ ...values.problem, severity: 'error' }] };
  const email = source.contacts.find((each) => each.id === draft.contactId)?.email ?? null;
  const invoice = {
    sourceType: source.source.type,
    timeZone: source.company.timeZone,
    currency: source.source.currency,
    dueDate: isDay(draft.invoiceDate) ? dueDate(draft.invoiceDate, parts.terms) : '',
    email,
    draft: { ...draft, terms: parts.terms.label },
    lines: orderLines(source, draft, parts.items).map((line) => ({ ...line, at: placeInDraft(draft, line) })),
  };
  return mapFields({
    mappings,
    objects: objectsOf(source, draft, parts.customers),
    values: sourceValues(invoice, values.value),
    targets: { stripe: deps.payments.targets, quickbooks: targets.outcome === 'done' ? targets.value : null },
  });
}

const placeInDraft = (draft: Draft, { lineKey }: OrderLine): string =>
  `lines[${draft.lines.findIndex((line) => line.lineKey === lineKey)}]`;

/** A customer that is known keeps what it has: it belongs to people. */
function objectsOf({ links, source }: SourceRead, draft: Draft, customers: OrderParts['customers']): TargetObject[] {
  const isNew = (system: 'stripe' | 'quickbooks') =>
    customers[system].id === null && !storedLink(links, system, draft.accountId, source.currency);
  return [
    'QuickBooks Invoice',
    'QuickBooks Invoice Line',
    'Stripe Invoice',
    ...(isNew('quickbooks') ? (['QuickBooks Customer'] as const) : []),
    ...(isNew('stripe') ? (['Stripe Customer'] as const) : []),
  ];
}

/** Why QuickBooks' lists are not known, where they are needed. */
export const listsFailure = ({ targets }: ReadForMapping): Failure | null => (targets.outcome === 'done' ? null : targets);

/** Mappings that were changed since they were read, where what they said stops an invoice; null: they stand. */
export async function mendedMappings(
  { mappings }: Pick<Deps, 'mappings'>,
  believed: readonly FieldMapping[],
  problems: readonly Problem[],
): Promise<FieldMapping[] | null> {
  if (!problems.some((each) => each.field?.includes('mapping'))) return null;
  const read = await mappings.readMappings(true);
  return read.outcome === 'done' && JSON.stringify(read.value) !== JSON.stringify(believed) ? read.value : null;
}

import type { Draft } from '../../domain/draft.ts';
import { isOfTerms, type FieldMapping } from '../../domain/map-fields/mapping.ts';
import { mapFields } from '../../domain/map-fields/map-fields.ts';
import { sourceValues } from '../../domain/map-fields/source-values.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SourceRead } from '../../domain/source.ts';
import type { Deps } from '../deps.ts';
import { ownMappings, wantedOf } from './map-invoice.ts';

interface Proposed {
  draft: Draft;
  /** Why a mapping could not say the terms. */
  problems: Problem[];
}

/** Terms that a mapping proposes, such as those agreed with the account; whether they exist is preflight's to say. */
export async function proposeTerms(
  { mappings: records }: Pick<Deps, 'mappings'>,
  source: SourceRead,
  draft: Draft,
  mappings: readonly FieldMapping[],
): Promise<Proposed> {
  const own = ownMappings(source, mappings);
  const ofTerms = own.filter(isOfTerms);
  if (ofTerms.length === 0) return { draft, problems: [] };
  // All values at once: what the other mappings need is not asked for again.
  const values = await records.readValues(wantedOf(source, draft, own));
  if (values.outcome !== 'done') return { draft, problems: [{ ...values.problem, severity: 'error' }] };
  const invoice = {
    sourceType: source.source.type,
    timeZone: source.company.timeZone,
    currency: source.source.currency,
    dueDate: '',
    email: null,
    draft: { ...draft, terms: '' },
    lines: [],
  };
  const { mapped, problems } = mapFields({
    mappings: ofTerms,
    objects: ['QuickBooks Invoice'],
    values: sourceValues(invoice, values.value),
    targets: { stripe: [], quickbooks: null },
  });
  const [proposed] = mapped.header['QuickBooks Invoice'] ?? [];
  return { draft: proposed ? { ...draft, terms: proposed.value } : draft, problems };
}

import { checkMappings, type MappingCheck } from '../domain/map-fields/check-mappings.ts';
import { type FieldMapping, isOfItem } from '../domain/map-fields/mapping.ts';
import { placesOf } from '../domain/map-fields/source-path.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Caller, Deps } from './deps.ts';
import { NO_RIGHT_TO_MAP } from './list-target-fields.ts';
import { showPayloads, type PayloadDeps, type ShownPayloads } from './preview-mapping/show-payloads.ts';

type PreviewMappingDeps = PayloadDeps & Pick<Deps, 'records' | 'mappings'>;

export interface MappingPreview {
  checks: MappingCheck[];
  preview: ShownPayloads | null;
  problems: Problem[];
}

/**
 * Checks mappings against the fields as they are now, and shows a real invoice with the saved ones and with those given.
 * @param request.mappings null: the saved ones, read anew
 */
export async function previewMapping(
  deps: PreviewMappingDeps,
  request: { mappings: FieldMapping[] | null; invoiceId: string | null },
  caller: Caller,
): Promise<Outcome<MappingPreview>> {
  if (!caller.permissions.includes('Trueup_Administer')) return rejected(NO_RIGHT_TO_MAP);
  const [company, saved] = await Promise.all([deps.records.readCompany({ asking: caller }), deps.mappings.readMappings(true)]);
  if (company.outcome !== 'done') return company;
  if (saved.outcome !== 'done') return saved;
  const { key, taxEngine } = company.value.company;
  const own = saved.value.filter(({ companyKey }) => companyKey === null || companyKey === key);
  const given = request.mappings ?? own;
  const after = [...own.filter(({ name }) => !given.some((each) => each.name === name)), ...given];

  const [described, quickbooks] = await Promise.all([
    deps.mappings.describe(given.flatMap(placesOf)),
    deps.ledger.readTargets({ taxEngine, withItems: after.some(isOfItem) }),
  ]);
  if (described.outcome !== 'done') return described;
  const targets = { stripe: deps.payments.targets, quickbooks: quickbooks.outcome === 'done' ? quickbooks.value : null };
  const asked = new Set(given.map(({ name }) => name));
  const checks = checkMappings(after, targets, described.value).filter(({ mapping }) => asked.has(mapping.name));
  const problems = quickbooks.outcome === 'done' ? [] : [quickbooks.problem];
  if (request.invoiceId === null) return done({ checks, preview: null, problems });
  const preview = await showPayloads(deps, { invoiceId: request.invoiceId, before: own, after }, caller);
  // An invoice that cannot be shown says nothing against the mappings.
  if (preview.outcome === 'done') return done({ checks, preview: preview.value, problems });
  const isTold = problems.some(({ code }) => code === preview.problem.code);
  return done({ checks, preview: null, problems: isTold ? problems : [...problems, preview.problem] });
}

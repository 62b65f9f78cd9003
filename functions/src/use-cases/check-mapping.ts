import type { Company } from '../domain/company.ts';
import { checkMappings } from '../domain/map-fields/check-mappings.ts';
import { isOfItem, isOfQuickBooks } from '../domain/map-fields/mapping.ts';
import { itemIssue, type MappingIssue, mappingIssues, requiredFieldIssue } from '../domain/map-fields/mapping-issues.ts';
import { placesOf } from '../domain/map-fields/source-path.ts';
import { done, mapOutcome, rejected, type Outcome } from '../domain/outcome.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';

export type CheckMappingDeps = Pick<Deps, 'records' | 'mappings' | 'payments' | 'ledger' | 'effects'>;

export interface MappingChecked {
  /** What a person has to mend. */
  issues: MappingIssue[];
  /** Keys of issues that were told before and are mended. */
  resolved: string[];
}

/** So many items are asked for in one query. */
const ITEMS_AT_ONCE = 100;

/** The scheduled flow, an admin's own flow or a person has the mappings checked now; what is wrong becomes sync issues, unless it is only counted. */
export async function checkMapping(
  deps: CheckMappingDeps,
  { onlyCount }: { onlyCount: boolean },
  caller: Caller,
): Promise<Outcome<{ issues: number; resolved: number }>> {
  const read = await deps.records.readCompany({ asking: caller });
  if (read.outcome !== 'done') return read;
  const { company, rights } = read.value;
  if (rights?.runSync !== true)
    return rejected({
      code: 'no-right-to-sync',
      severity: 'error',
      message: 'You do not have the right to check the mappings.',
      action: 'Ask an administrator for it.',
    });
  if (onlyCount) return mapOutcome(await findIssues(deps, company), (issues) => ({ issues: issues.length, resolved: 0 }));
  const checked = await findMappingFaults(deps, company);
  if (checked.outcome !== 'done') return checked;
  const { issues, resolved } = checked.value;
  const all = [...issues, ...resolved.map((key) => mended(key))];
  const written = all.length === 0 ? done(null) : await deps.records.writeIssues({ companyId: company.id, issues: all });
  if (written.outcome === 'done') await noteTold(deps, company.key, checked.value);
  return mapOutcome(written, () => ({ issues: issues.length, resolved: resolved.length }));
}

/** Compares the mappings and linked items with the fields and lists as they are now in all three systems. */
export async function findMappingFaults(deps: CheckMappingDeps, company: Company): Promise<Outcome<MappingChecked>> {
  const found = await findIssues(deps, company);
  if (found.outcome !== 'done') return found;
  const before = ((await deps.effects.kept(toldKey(company.key))) as string[] | null) ?? [];
  const now = found.value.map(({ key }) => key);
  return done({ issues: found.value, resolved: before.filter((key) => !now.includes(key)) });
}

/** Notes what a person was told, once it is written: what is missing in it next time is mended. Nothing is ever told in most companies. */
export async function noteTold(deps: Pick<Deps, 'effects'>, companyKey: string, { issues, resolved }: MappingChecked): Promise<void> {
  if (issues.length + resolved.length === 0) return;
  await deps.effects.keep(
    toldKey(companyKey),
    issues.map(({ key }) => key),
  );
}

const toldKey = (companyKey: string): string => `mapping-told:${companyKey}`;

async function findIssues(deps: CheckMappingDeps, { key, taxEngine }: Company): Promise<Outcome<MappingIssue[]>> {
  const read = await deps.mappings.readMappings(true);
  if (read.outcome !== 'done') return read;
  const mappings = read.value.filter(({ companyKey }) => companyKey === null || companyKey === key);
  const [described, required, targets, items] = await Promise.all([
    deps.mappings.describe(mappings.flatMap(placesOf)),
    deps.mappings.listForeignRequiredFields(),
    mappings.some((each) => isOfQuickBooks(each.targetObject))
      ? deps.ledger.readTargets({ taxEngine, withItems: mappings.some(isOfItem), believeMs: 0 })
      : done(null),
    findItemIssues(deps, key),
  ]);
  if (described.outcome !== 'done') return described;
  if (required.outcome !== 'done') return required;
  if (targets.outcome !== 'done') return targets;
  if (items.outcome !== 'done') return items;
  const checks = checkMappings(mappings, { stripe: deps.payments.targets, quickbooks: targets.value }, described.value);
  return done([...mappingIssues(key, checks), ...required.value.map((field) => requiredFieldIssue(key, field)), ...items.value]);
}

/** Every product's item, a hundred at a time. */
async function findItemIssues({ mappings, ledger }: CheckMappingDeps, companyKey: string): Promise<Outcome<MappingIssue[]>> {
  const linked = await mappings.listLinkedItems();
  if (linked.outcome !== 'done') return linked;
  const issues: MappingIssue[] = [];
  for (let start = 0; start < linked.value.length; start += ITEMS_AT_ONCE) {
    const some = linked.value.slice(start, start + ITEMS_AT_ONCE);
    const read = await ledger.readForInvoice({ customerId: null, itemIds: [...new Set(some.map(({ itemId }) => itemId))] });
    if (read.outcome !== 'done') return read;
    for (const product of some) {
      const found = itemIssue(
        companyKey,
        product,
        read.value.items.find(({ id }) => id === product.itemId),
      );
      if (found) issues.push(found);
    }
  }
  return done(issues);
}

const mended = (key: string): SyncIssueWrite => ({
  key,
  cause: 'Field Mapping',
  invoiceId: null,
  recordId: null,
  message: 'The mapping fits again.',
  fix: 'Nothing to do.',
  resolved: true,
});

import type { DifferenceCause } from '../find-differences.ts';
import type { ItemView } from '../match-item.ts';
import { preflightProblem } from '../preflight/problems.ts';
import type { Problem } from '../problem.ts';
import type { MappingCheck } from './check-mappings.ts';

/** What a person is told of before an invoice is stopped by it. */
export interface MappingIssue {
  key: string;
  cause: DifferenceCause;
  invoiceId: null;
  recordId: string | null;
  message: string;
  fix: string;
}

const CAUSE: DifferenceCause = 'Field Mapping';
/** Warnings that are sure to stop an invoice with such a value; that a text may be too long is not. */
const WILL_STOP = new Set(['value-map-incomplete']);

/** One issue per mapping that no longer fits, whatever is wrong with it. */
export function mappingIssues(companyKey: string, checks: readonly MappingCheck[]): MappingIssue[] {
  return checks.flatMap(({ mapping, problems }) => {
    const told = problems.filter((each) => each.severity === 'error' || WILL_STOP.has(each.code));
    if (told.length === 0) return [];
    return [issue(`mapping.${companyKey}.${mapping.name}`, null, told, `Field mapping "${mapping.label}": `)];
  });
}

/** Somebody made a field required that Trueup does not fill: no invoice could be written. */
export function requiredFieldIssue(
  companyKey: string,
  { object, field, label }: { object: string; field: string; label: string },
): MappingIssue {
  return {
    key: `required-field.${companyKey}.${object}.${field}`,
    cause: CAUSE,
    invoiceId: null,
    recordId: null,
    message: `The field "${label}" (${object}.${field}) was made required, and Trueup does not fill it: no invoice can be issued.`,
    fix: 'Give the field a default value, or make it optional.',
  };
}

/** A linked item that QuickBooks would refuse on the next invoice; null: it takes it. */
export function itemIssue(
  companyKey: string,
  product: { productId: string; productName: string },
  item: ItemView | undefined,
): MappingIssue | null {
  const problem = itemProblem(product.productName, item);
  return problem ? issue(`item.${companyKey}.${product.productId}`, product.productId, [problem], '') : null;
}

function itemProblem(product: string, item: ItemView | undefined): Problem | null {
  if (!item) return preflightProblem('item-gone', null, { product });
  if (!item.active) return preflightProblem('item-inactive', null, { item: item.name });
  return item.hasIncomeAccount ? null : preflightProblem('item-without-income-account', null, { item: item.name });
}

const issue = (key: string, recordId: string | null, problems: readonly Problem[], about: string): MappingIssue => ({
  key,
  cause: CAUSE,
  invoiceId: null,
  recordId,
  message: about + join(problems, 'message'),
  fix: join(problems, 'action'),
});
const join = (problems: readonly Problem[], part: 'message' | 'action'): string =>
  [...new Set(problems.map((each) => each[part]))].join(' ');

import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const isError = ({ severity }) => severity !== 'warning';

/** The mappings of each company and target, with how each stands. `checks` are problems by the mapping's name. */
export function groupsOf(mappings, companies, checks) {
  const groups = new Map();
  for (const mapping of mappings) {
    const company =
      companies.find(({ External_Key__c: key }) => key === mapping.companyKey)?.Name ?? (mapping.companyKey || LABEL.allCompanies);
    const heading = formatLabel(LABEL.group, company, mapping.targetObject);
    groups.set(heading, [...(groups.get(heading) ?? []), rowOf(mapping, checks?.get(mapping.name))]);
  }
  return [...groups].map(([heading, rows]) => ({ heading, rows })).sort((a, b) => a.heading.localeCompare(b.heading));
}

function rowOf(mapping, problems) {
  return {
    ...mapping,
    from: sourceText(mapping),
    ...statusOf(mapping, problems),
    problems: mapping.active ? (problems ?? []).map(({ message, action }) => [message, action].filter(Boolean).join(' ')) : [],
    editLabel: formatLabel(LABEL.editMapping, mapping.label),
    toggleLabel: formatLabel(mapping.active ? LABEL.retireMapping : LABEL.activateMapping, mapping.label),
    toggleText: mapping.active ? LABEL.retire : LABEL.activate,
  };
}

function sourceText({ sourceKind, sourceField, constantValue, template }) {
  return { Constant: `"${constantValue}"`, Template: template }[sourceKind] ?? sourceField;
}

function statusOf({ active }, problems) {
  if (!active) {
    return { status: LABEL.retired, badgeClass: 'slds-badge_lightest' };
  }
  if (!problems) {
    return { status: LABEL.active, badgeClass: '' };
  }
  if (problems.some(isError)) {
    return { status: LABEL.needsAttention, badgeClass: 'slds-theme_error' };
  }
  return problems.length > 0
    ? { status: LABEL.warning, badgeClass: 'slds-theme_warning' }
    : { status: LABEL.good, badgeClass: 'slds-theme_success' };
}

export const hasErrors = (problems) => (problems ?? []).some(isError);

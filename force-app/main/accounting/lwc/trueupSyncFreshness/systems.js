import { formatAgo, secondsBetween } from 'c/trueupFormatTime';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL, SYSTEM_LABEL } from './labels';

const READ_TO = { stripe: 'Stripe_Read_To__c', quickbooks: 'QuickBooks_Read_To__c' };
/** Written every quarter of an hour, for the moment a quarter before: three of them missed is no chance. */
const BEHIND_SECONDS = 45 * 60;
const SHOWN = {
  current: { label: LABEL.current, badge: 'slds-theme_success' },
  behind: { label: LABEL.behind, badge: 'slds-theme_warning', why: LABEL.behindWhy },
  never: { label: LABEL.never, badge: 'slds-theme_warning', why: LABEL.neverWhy },
};

/** Stripe and QuickBooks of each company, as of when the org was asked. */
export function systemsOf({ asOf, companies, issues }) {
  return companies
    .filter((company) => company.Connected__c)
    .flatMap((company) => Object.keys(READ_TO).map((system) => systemOf(company, system, asOf, issues ?? [])));
}

function systemOf(company, system, asOf, issues) {
  const readTo = company[READ_TO[system]];
  const seconds = readTo ? secondsBetween(readTo, asOf) : undefined;
  const { label, badge, why } = SHOWN[stateOf(seconds)];
  const keys = [`${company.External_Key__c}.silent.${system}`, `${company.External_Key__c}.waiting.${system}`];
  const found = issues.filter((issue) => keys.includes(issue.Issue_Key__c)).map((issue) => ({ key: issue.Id, text: issue.Message__c }));
  return {
    key: `${company.Id}-${system}`,
    system,
    label: SYSTEM_LABEL[system],
    company: company.Name,
    state: label,
    badge,
    readTo: seconds === undefined ? undefined : formatLabel(LABEL.readUpTo, formatAgo(seconds)),
    warnings: why && found.length === 0 ? [{ key: 'why', text: why }] : found,
  };
}

function stateOf(seconds) {
  if (seconds === undefined) {
    return 'never';
  }
  return seconds > BEHIND_SECONDS ? 'behind' : 'current';
}

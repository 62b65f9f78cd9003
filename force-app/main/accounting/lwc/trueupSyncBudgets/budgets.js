import LOCALE from '@salesforce/i18n/locale';
import { formatAgo, secondsBetween } from 'c/trueupFormatTime';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

/** Written every quarter of an hour: what is older than three of them may no longer be so. */
const OLD_SECONDS = 45 * 60;
/** From the highest down; the functions raise and close their issue at the same shares. */
const STEPS = [
  { from: 100, label: LABEL.usedUp, badge: 'slds-theme_error' },
  { from: 90, label: LABEL.act, badge: 'slds-theme_error' },
  { from: 70, label: LABEL.lookAhead, badge: 'slds-theme_warning' },
  { from: 0, label: LABEL.enough, badge: 'slds-theme_success' },
];
const OLD = { label: LABEL.old, badge: 'slds-theme_warning' };

const monthOf = (instant) => new Date(instant).toISOString().slice(0, 7);
const formatCount = (count) => new Intl.NumberFormat(LOCALE).format(count);
const asOfText = (asOf, now) => formatLabel(LABEL.asOf, formatAgo(secondsBetween(asOf, now)));
const formatDay = (day) => new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));

/** The reads of each company's QuickBooks, and the calls of the org, as of when the org was asked; what is not known is left out. */
export function budgetsOf({ asOf, companies }) {
  const connected = companies.filter((company) => company.Connected__c);
  return [...connected.flatMap((company) => readsOf(company, asOf)), ...callsOf(connected, asOf)];
}

/** What was counted in an earlier month (UTC, as it is counted) says nothing about this one. */
function readsOf(company, now) {
  const { QuickBooks_Reads__c: used, QuickBooks_Reads_Allowed__c: allowed, QuickBooks_Reads_As_Of__c: asOf } = company;
  if (!asOf) {
    return [];
  }
  const budget = { key: `quickbooks-${company.Id}`, system: 'quickbooks', label: LABEL.quickbooks, company: company.Name };
  if (monthOf(asOf) !== monthOf(now)) {
    return [{ ...budget, text: LABEL.newMonth, asOf: asOfText(asOf, now), state: OLD.label, badge: OLD.badge }];
  }
  return [{ ...budget, ...shown(LABEL.reads, { used, allowed, asOf }, now), forecast: forecastOf(company) }];
}

/** They are the org's, whichever company heard of them last. */
function callsOf(companies, now) {
  const [newest] = companies
    .filter((company) => company.Salesforce_Calls_As_Of__c)
    .sort((one, other) => Date.parse(other.Salesforce_Calls_As_Of__c) - Date.parse(one.Salesforce_Calls_As_Of__c));
  if (!newest) {
    return [];
  }
  const { Salesforce_Calls__c: used, Salesforce_Calls_Allowed__c: allowed, Salesforce_Calls_As_Of__c: asOf } = newest;
  const budget = { key: 'salesforce', system: 'salesforce', label: LABEL.salesforce };
  return [{ ...budget, ...shown(LABEL.calls, { used, allowed, asOf }, now) }];
}

function shown(text, { used, allowed, asOf }, now) {
  const share = Math.floor((100 * used) / allowed);
  const percent = Math.min(100, share);
  const step = secondsBetween(asOf, now) > OLD_SECONDS ? OLD : STEPS.find(({ from }) => share >= from);
  return {
    hasShare: true,
    percent,
    width: `width: ${percent}%`,
    text: formatLabel(text, formatCount(used), formatCount(allowed), formatCount(share)),
    asOf: asOfText(asOf, now),
    state: step.label,
    badge: step.badge,
  };
}

/** A day of the next month means that they are enough. */
function forecastOf({ QuickBooks_Reads_Last_Until__c: until, QuickBooks_Reads_As_Of__c: asOf, ...company }) {
  if (!until || company.QuickBooks_Reads__c >= company.QuickBooks_Reads_Allowed__c) {
    return undefined;
  }
  return monthOf(until) === monthOf(asOf) ? formatLabel(LABEL.lastsUntil, formatDay(until)) : LABEL.lastsMonth;
}

import { formatLabel } from 'c/trueupFormatLabel';
import { formatDuration, secondsBetween } from 'c/trueupFormatTime';
import { LABEL } from './labels';

const LISTED = 10;
const isUnderWay = ({ State__c: state }) => ['Queued', 'Running'].includes(state);

/** The runs as the table shows them; `urls` are those of their pages. */
export function rowsOf(runs, urls) {
  return runs.slice(0, LISTED).map((run, index) => ({
    ...run,
    url: urls[index],
    duration: durationOf(run),
    reportText: run.Finished_At__c ? formatLabel(LABEL.reportOf, run.Name) : undefined,
  }));
}

/** The run that is under way, if one is, and how long runs usually take. */
export function underWayOf(runs) {
  const run = runs.find(isUnderWay);
  const usual = runs.find((each) => each.State__c.startsWith('Completed') && durationOf(each));
  return run && { name: run.Name, usually: usual ? formatLabel(LABEL.usualDuration, durationOf(usual)) : '' };
}

/** Calls of the latest run that ended; those that the user may not see are absent. */
export function spentOf(runs) {
  const run = runs.find((each) => !isUnderWay(each));
  return [
    { key: 'salesforce', label: LABEL.callsSalesforce, value: run?.Calls_Salesforce__c },
    { key: 'stripe', label: LABEL.callsStripe, value: run?.Calls_Stripe__c },
    { key: 'quickbooks', label: LABEL.callsQuickBooks, value: run?.Calls_QuickBooks__c },
  ]
    .filter(({ value }) => value !== undefined && value !== null)
    .map((each) => ({ ...each, labelKey: `${each.key}-label` }));
}

function durationOf({ Started_At__c: from, Finished_At__c: to }) {
  return from && to ? formatDuration(secondsBetween(from, to)) : undefined;
}

import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const FINISHED = ['Completed', 'Completed With Issues', 'Failed'];
/** After so long the person is told that it takes longer. */
const PATIENCE_MS = 300000;

/** What a sync made of a group of issues once it has ended; undefined while it goes on. */
export function readAgainResult({ key, group, title, ids, since }, { runs, issues, causes }) {
  const run = (runs ?? []).find((each) => each.Run_Key__c === key);
  if (!run || !FINISHED.includes(run.State__c)) {
    return Date.now() - since > PATIENCE_MS ? formatLabel(LABEL.syncSlow, title) : undefined;
  }
  if (run.State__c === 'Failed') {
    return formatLabel(LABEL.syncFailed, title);
  }
  const open = new Set((issues ?? []).map((issue) => issue.Id));
  const left = ids.filter((id) => open.has(id)).length;
  const others = (causes ?? []).find(({ cause }) => `issue:${cause}` === group)?.records ?? 0;
  const settled = formatLabel(LABEL.readAgain, title, ids.length - left, ids.length);
  return others > 0 ? `${settled} ${formatLabel(LABEL.left, others)}` : settled;
}

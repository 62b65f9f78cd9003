import { STATE_LABEL, SYSTEM_LABEL } from './labels';

const ICON = { person: 'utility:user', step: 'utility:success', call: 'utility:outbound_call', event: 'utility:broadcast' };
const VARIANT = { failed: 'error', done: 'success' };

function iconOf({ kind, state }) {
  if (state === 'failed') {
    return 'utility:error';
  }
  return kind === 'step' && state === 'running' ? 'utility:clock' : ICON[kind];
}

/** Entries of one kind, newest first, as the list shows them. */
export function shownEntries(entries, kind, canReplay) {
  return entries
    .map((entry, index) => ({
      ...entry,
      key: `${index}`,
      icon: iconOf(entry),
      variant: entry.kind === 'step' || entry.state === 'failed' ? VARIANT[entry.state] : undefined,
      stateLabel: STATE_LABEL[entry.state],
      systemLabel: entry.kind === 'step' || entry.kind === 'person' ? undefined : SYSTEM_LABEL[entry.system],
      canReplay: canReplay && entry.kind === 'event',
    }))
    .filter((entry) => kind === 'all' || entry.kind === kind)
    .reverse();
}

/** Operations that are not settled, or that need a person. */
export function openOperations(operations) {
  return operations
    .filter(({ canRetry, canCancel, state }) => canRetry || canCancel || state === 'needs-attention' || state === 'waiting')
    .map((operation) => ({ ...operation, message: operation.problem ?? '', nextAt: operation.nextAttemptAt }));
}

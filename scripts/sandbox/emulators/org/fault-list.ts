import { requestFaults } from '../core/index.ts';
import type { FaultEntry } from '../core/index.ts';

const PATH = '/services/data/*/composite*';
const entry = (
  id: string,
  title: string,
  effect: string,
  rule: FaultEntry['rule'],
  narrow = { key: 'path', example: PATH },
): FaultEntry => ({
  id,
  system: 'Salesforce',
  title,
  effect,
  rule,
  usual: 'once',
  narrow,
});

/** Every fault of the local org. */
export const ORG_FAULTS: FaultEntry[] = [
  ...requestFaults({ name: 'org', system: 'Salesforce', path: PATH }),
  entry('org-limit', 'Daily limit of API calls reached', 'Nothing is done; 403 with REQUEST_LIMIT_EXCEEDED.', {
    point: 'org.request',
    match: { path: '/services/data/*' },
    fault: { kind: 'throttle' },
  }),
  entry('org-session-expired', 'Session expired', 'Nothing is done; 401 with INVALID_SESSION_ID, until the caller logs in again.', {
    point: 'org.request',
    match: { path: '/services/data/*' },
    fault: { kind: 'expire-token' },
  }),
  entry(
    'org-row-locked',
    'Row locked by another transaction',
    'The save is refused with UNABLE_TO_LOCK_ROW.',
    { point: 'org.dml', fault: { kind: 'lock-row' } },
    { key: 'object', example: 'Trueup_Invoice__c' },
  ),
];

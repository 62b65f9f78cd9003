import { requestFaults, webhookFaults } from '../core/fault-catalogue.ts';
import type { FaultEntry } from '../core/fault-catalogue.ts';

const QUICKBOOKS = { name: 'quickbooks', system: 'QuickBooks' };
const PATH = '/v3/company/*/invoice';
const entry = (
  id: string,
  title: string,
  effect: string,
  rule: FaultEntry['rule'],
  narrow = { key: 'path', example: PATH },
): FaultEntry => ({
  id,
  system: QUICKBOOKS.system,
  title,
  effect,
  rule,
  usual: 'once',
  narrow,
});

/** Every fault of this stand-in. */
export const QUICKBOOKS_FAULTS: FaultEntry[] = [
  ...requestFaults({ ...QUICKBOOKS, path: PATH }),
  entry('quickbooks-throttled', '429, throttled', 'Nothing is done; the fault has code 3001.', {
    point: 'quickbooks.request',
    match: { path: '/v3/*' },
    fault: { kind: 'throttle' },
  }),
  entry('quickbooks-token-expired', 'Access tokens expire', 'Every access token of the company ends at once: 401 until it is refreshed.', {
    point: 'quickbooks.request',
    match: { path: '/v3/*' },
    fault: { kind: 'expire-token' },
  }),
  entry(
    'quickbooks-token-server-down',
    'Token server fails',
    'Refreshing the token answers 503; what is signed in stays so until its hour is over.',
    { point: 'quickbooks.request', match: { path: '/oauth2/*' }, fault: { kind: 'status', status: 503 } },
    { key: 'method', example: 'POST' },
  ),
  entry(
    'quickbooks-edited-by-other',
    'Another user edits the record first',
    'Just before an update the record is saved by somebody else: fault 5010, stale object.',
    { point: 'quickbooks.update', fault: { kind: 'edit-by-other' } },
    { key: 'entity', example: 'Invoice' },
  ),
  ...webhookFaults({ ...QUICKBOOKS, narrow: { key: 'types', example: '*Invoice*' }, change: { key: 'entity', example: 'Payment' } }),
];

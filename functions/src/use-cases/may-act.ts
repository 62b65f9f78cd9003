import type { OperationKind } from '../domain/operation.ts';
import type { Caller } from './deps.ts';

/** The custom permission that lets a person ask for each kind of operation; an administrator may act on all. */
const PERMISSION: Record<OperationKind, string> = {
  'issue-invoice': 'Trueup_Issue_Invoice',
  'send-invoice': 'Trueup_Issue_Invoice',
  'void-invoice': 'Trueup_Void_Invoice',
  'record-payment': 'Trueup_Run_Sync',
  'run-sync': 'Trueup_Run_Sync',
};

/** Who may ask for an operation may also have it tried again or cancelled. */
export function mayAct(kind: OperationKind, { permissions }: Pick<Caller, 'permissions'>): boolean {
  return permissions.includes('Trueup_Administer') || permissions.includes(PERMISSION[kind]);
}

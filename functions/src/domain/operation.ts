import type { Problem } from './problem.ts';

export type OperationKind = 'issue-invoice' | 'send-invoice' | 'void-invoice' | 'record-payment' | 'run-sync';
export type OperationState = 'accepted' | 'running' | 'waiting' | 'done' | 'rejected' | 'needs-attention' | 'compensated';
export type StepName = 'checked' | 'customer' | 'quickbooks' | 'stripe' | 'compared' | 'written-back' | 'sent';
export type StepState = 'done' | 'running' | 'failed' | 'skipped';

/** One step as the panel shows it; `at` is an ISO instant. */
export interface Step {
  name: StepName;
  state: StepState;
  at: string;
  message?: string;
}

/** What a rep's click became, from the click until it is settled. */
export interface Operation {
  key: string;
  kind: OperationKind;
  state: OperationState;
  steps: Step[];
  invoiceId: string | null;
  invoiceNumber: string | null;
  problems: Problem[];
  /** How often it was tried again, by a person or after a fault of ours. */
  retries: number;
  /** User who asked that it be given up; null while nobody did. */
  cancelledBy: string | null;
}

/** The picklist values of Trueup_Operation__c. */
export const OPERATION_KIND_LABEL: Record<OperationKind, string> = {
  'issue-invoice': 'Issue Invoice',
  'send-invoice': 'Send Invoice',
  'void-invoice': 'Void Invoice',
  'record-payment': 'Record Payment',
  'run-sync': 'Run Sync',
};

export const OPERATION_STATE_LABEL: Record<OperationState, string> = {
  accepted: 'Accepted',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  rejected: 'Rejected',
  'needs-attention': 'Needs Attention',
  compensated: 'Compensated',
};

const SETTLED: ReadonlySet<OperationState> = new Set(['done', 'rejected', 'needs-attention', 'compensated']);

/** True when nothing more happens by itself. */
export const isSettled = (state: OperationState): boolean => SETTLED.has(state);

const BROKEN = 'internal-error';

/** What whoever follows is told when a run ended by a fault of ours. */
export const OUR_FAULT: Problem = {
  code: BROKEN,
  severity: 'error',
  message: 'Something went wrong on our side; what was done so far is kept.',
  action: 'Ask a billing administrator to look at the operation, giving its key.',
};

/** A fault of ours ended its run: nobody carries it, and Salesforce was told nothing. */
export const isBroken = ({ state, problems }: Operation): boolean =>
  state === 'needs-attention' && problems.some(({ code }) => code === BROKEN);

/** So often it is tried again by itself; a fault that stays is for a person. */
export const TRIES_AFTER_FAULT = 3;

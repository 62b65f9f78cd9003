import { cancelOperationEndpoint } from './cancel-operation.ts';
import { checkMappingEndpoint } from './check-mapping.ts';
import { controlLoadEndpoint } from './control-load.ts';
import { decideConflictEndpoint } from './decide-conflict.ts';
import { decideMatchEndpoint } from './decide-match.ts';
import type { Endpoint } from './endpoint.ts';
import { followOperationEndpoint } from './follow-operation.ts';
import { forecastLoadEndpoint } from './forecast-load.ts';
import { issueInvoiceEndpoint } from './issue-invoice.ts';
import { issueInvoicesEndpoint } from './issue-invoices.ts';
import { listTargetFieldsEndpoint } from './list-target-fields.ts';
import { previewInvoiceEndpoint } from './preview-invoice.ts';
import { previewMappingEndpoint } from './preview-mapping.ts';
import { readLoadEndpoint } from './read-load.ts';
import { readTimelineEndpoint } from './read-timeline.ts';
import { replayEventEndpoint } from './replay-event.ts';
import { retryOperationEndpoint } from './retry-operation.ts';
import { runSyncEndpoint } from './run-sync.ts';
import { sendInvoiceEndpoint } from './send-invoice.ts';
import { startLoadEndpoint } from './start-load.ts';
import { syncRecordsEndpoint } from './sync-records.ts';
import { undoLinkEndpoint } from './undo-link.ts';
import { voidInvoiceEndpoint } from './void-invoice.ts';

/** Every operation Salesforce can call: both doors and openapi.yaml are made from this list. */
export const ENDPOINTS = [
  previewInvoiceEndpoint,
  issueInvoiceEndpoint,
  issueInvoicesEndpoint,
  followOperationEndpoint,
  sendInvoiceEndpoint,
  voidInvoiceEndpoint,
  runSyncEndpoint,
  syncRecordsEndpoint,
  readTimelineEndpoint,
  retryOperationEndpoint,
  cancelOperationEndpoint,
  replayEventEndpoint,
  decideMatchEndpoint,
  decideConflictEndpoint,
  undoLinkEndpoint,
  listTargetFieldsEndpoint,
  previewMappingEndpoint,
  checkMappingEndpoint,
  forecastLoadEndpoint,
  startLoadEndpoint,
  controlLoadEndpoint,
  readLoadEndpoint,
] as unknown as readonly Endpoint[];

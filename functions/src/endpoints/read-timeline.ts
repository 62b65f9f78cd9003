import { z } from 'zod';
import { readTimeline } from '../use-cases/read-timeline.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure } from './reply.ts';
import { outcome, problem, recordId } from './schemas.ts';

const operation = z.object({
  key: z.string(),
  kind: z.enum(['issue-invoice', 'send-invoice', 'void-invoice', 'record-payment', 'run-sync']),
  state: z.enum(['accepted', 'running', 'waiting', 'done', 'rejected', 'needs-attention', 'compensated']),
  requestedBy: z.string().optional(),
  requestedAt: z.string(),
  finishedAt: z.string().optional(),
  problem: z.string().optional(),
  fix: z.string().optional(),
  nextAttemptAt: z.string().optional(),
  retries: z.number().int(),
  canRetry: z.boolean(),
  canCancel: z.boolean(),
});

const entry = z.object({
  at: z.string().describe('ISO instant'),
  kind: z.enum(['person', 'step', 'call', 'event']),
  system: z.enum(['salesforce', 'stripe', 'quickbooks', 'trueup']),
  text: z.string(),
  detail: z.string().optional(),
  state: z.enum(['done', 'running', 'failed']),
  operationKey: z.string().optional(),
  eventId: z.string().optional(),
});

const reply = z.object({
  outcome,
  operations: z.array(operation),
  entries: z.array(entry),
  canReplay: z.boolean(),
  problems: z.array(problem),
});

export const readTimelineEndpoint = endpoint({
  operationId: 'read-timeline',
  summary: "Read an invoice's history",
  description: 'Who asked for what, each step, each call to Stripe and QuickBooks with its answer, and each event that came, oldest first.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ invoiceId: recordId }),
  reply,
  handle: async (deps, body, caller) => {
    const read = await readTimeline(deps, body, caller);
    if (read.outcome !== 'done') return { ...showFailure(read), operations: [], entries: [], canReplay: false };
    const { operations, entries, canReplay } = read.value;
    return {
      outcome: 'done' as const,
      operations: operations.map(({ key, kind, state, requestedAt, retries, canRetry, canCancel, ...rest }) => ({
        ...{ key, kind, state, requestedAt, retries, canRetry, canCancel },
        ...present(rest),
      })),
      entries: entries.map(({ at, kind, system, text, state, ...rest }) => ({ at, kind, system, text, state, ...present(rest) })),
      canReplay,
      problems: [],
    };
  },
});

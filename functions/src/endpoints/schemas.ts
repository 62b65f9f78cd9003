import { z } from 'zod';
import { toRecordId18 } from '../domain/record-id.ts';

/** A Salesforce id of 15 or 18 characters; longer ones go on. */
export const recordId = z
  .string()
  .regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/, 'must be a Salesforce id of 15 or 18 characters')
  .transform(toRecordId18);

/** Of a flow: as many as the largest list it hands to an action. */
export const recordIds = z.array(recordId).min(1).max(2_000);

/** Decimal text as people type it. The exact check belongs to preflight, which can name the line. */
const decimalText = z.string().max(60).describe('Plain decimal, such as "12.5"');

const text = (longest: number) => z.string().max(longest);
/** Absent, null and empty are the same for a caller that cannot leave fields out. */
const optionalText = (longest: number) =>
  text(longest)
    .nullish()
    .transform((value) => (value === undefined ? undefined : value || null));
export const optionalId = z
  .string()
  .regex(/^(?:[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)?$/, 'must be a Salesforce id of 15 or 18 characters')
  .nullish()
  .transform((id) => (id === undefined ? undefined : id === null || id === '' ? null : toRecordId18(id)));

const draftLine = z.object({
  lineKey: text(255).describe('Key of the line as preview gave it, or "free-<id made by the caller>"'),
  sourceLineId: optionalId.transform((id) => id ?? null),
  productId: optionalId.transform((id) => id ?? null),
  description: text(4000)
    .nullish()
    .transform((value) => value ?? ''),
  quantity: decimalText,
  unitPrice: decimalText,
  serviceDate: optionalText(10).transform((value) => value ?? null),
  include: z.boolean().default(true),
});

/** What the caller asks for; whatever is left out gets its default from the record. */
export const draft = z.object({
  accountId: optionalId.transform((id) => id ?? undefined),
  contactId: optionalId,
  invoiceDate: optionalText(10).transform((value) => value ?? undefined),
  terms: optionalText(60).transform((value) => value ?? undefined),
  poNumber: optionalText(255),
  memo: optionalText(4000),
  delivery: z
    .enum(['send', 'do-not-send'])
    .nullish()
    .transform((value) => value ?? undefined),
  lines: z
    .array(draftLine)
    .max(2000)
    .nullish()
    .transform((value) => value ?? undefined),
});

export const operationKey = z.string().min(1).max(255);

/** Milliseconds to wait for the result; the answer is "accepted" when it takes longer. */
export const waitMs = (longest: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(longest)
    .nullish()
    .transform((value) => value ?? 0);

const OUTCOMES = ['done', 'accepted', 'rejected', 'unauthorized', 'conflict', 'rate-limited', 'unavailable', 'unknown-outcome'] as const;
export const outcome = z.enum(OUTCOMES);

export const problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  field: z.string().optional().describe('Path into the request, such as "lines[2].quantity"'),
  message: z.string(),
  action: z.string(),
});

export const money = z.object({ minor: z.number().int(), currency: z.string(), decimal: z.string(), display: z.string() });

export const step = z.object({
  name: z.enum(['checked', 'customer', 'quickbooks', 'stripe', 'compared', 'written-back', 'sent']),
  state: z.enum(['done', 'running', 'failed', 'skipped']),
  at: z.string(),
  message: z.string().optional(),
});

/** What issue, send and void answer with. */
export const operationReply = z.object({
  outcome,
  operationKey: z.string().optional(),
  invoiceId: z.string().optional(),
  invoiceNumber: z.string().optional(),
  steps: z.array(step),
  problems: z.array(problem),
});

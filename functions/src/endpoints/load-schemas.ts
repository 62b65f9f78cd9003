import { z } from 'zod';
import { type Load, LOAD_OBJECTS, remainingSeconds } from '../domain/first-load/load.ts';
import { isDay } from '../domain/dates.ts';
import { present, showProblem } from './reply.ts';
import { problem } from './schemas.ts';

export const loadObject = z.enum(LOAD_OBJECTS);
const count = z.number().int();
export const loadCalls = z.object({ salesforce: count, stripe: count, quickbooks: count });

/** A day, or nothing: empty and absent are the same for a caller that cannot leave fields out. */
export const since = z
  .string()
  .refine((text) => text === '' || isDay(text), 'must be a day, such as 2025-01-31')
  .nullish()
  .transform((day) => day || null)
  .describe('Documents from that day on; all when absent. Customers are loaded whatever their age');

export const loadShown = z.object({
  key: z.string(),
  runId: z.string().nullable(),
  state: z.enum(['running', 'pausing', 'paused', 'completed', 'cancelled', 'needs-attention']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  requestedBy: z.string().nullable(),
  why: z.string().optional().describe('Why it paused by itself'),
  remainingSeconds: count.nullable(),
  objects: z.array(
    z.object({
      object: loadObject,
      state: z.enum(['waiting', 'running', 'done']),
      expected: count,
      estimated: z.boolean(),
      read: count,
      written: count,
      unchanged: count,
      waiting: count,
      refused: count,
    }),
  ),
  calls: loadCalls,
  causes: z.array(
    z.object({
      object: loadObject,
      standing: z.enum(['waiting', 'refused']),
      code: z.string(),
      message: z.string(),
      action: z.string(),
      count,
      examples: z.array(z.string()),
    }),
  ),
  problems: z.array(problem),
});

export function showLoad(load: Load): z.input<typeof loadShown> {
  const { key, runId, state, startedAt, finishedAt, requestedBy, why, calls, causes } = load;
  return {
    ...{ key, runId, state, startedAt, finishedAt, requestedBy, calls, causes },
    ...present({ why }),
    remainingSeconds: remainingSeconds(load),
    objects: load.objects.map(({ object, state: standing, expected, estimated, read, written, unchanged, waiting, refused }) => ({
      ...{ object, state: standing, expected, estimated, read, written, unchanged, waiting, refused },
    })),
    problems: load.problems.map(showProblem),
  };
}

import { z } from 'zod';
import { forecastFirstLoad } from '../use-cases/forecast-load.ts';
import { endpoint } from './endpoint.ts';
import { loadCalls, loadObject, since } from './load-schemas.ts';
import { present, showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

const forecast = z.object({
  objects: z.array(z.object({ object: loadObject, records: z.number().int(), estimated: z.boolean() })),
  records: z.number().int(),
  seconds: z.number().int(),
  calls: loadCalls,
  salesforceShare: z.number().min(0).max(1).describe('Of the calls that Salesforce has left today'),
  binds: z.enum(['quickbooks', 'stripe', 'salesforce']).describe('The system that takes the most of the time'),
  standing: z.enum(['running', 'paused']).optional().describe('A load that is not over'),
});

export const forecastLoadEndpoint = endpoint({
  operationId: 'forecast-load',
  summary: 'Forecast the first load',
  description:
    'Counts what Stripe and QuickBooks hold from before, and says what it costs to load it and how long it takes. Nothing is read or written.',
  background: true,
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({ since }),
  reply: z.object({ outcome, forecast: forecast.optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const made = await forecastFirstLoad(deps, body, caller);
    if (made.outcome !== 'done') return showFailure(made);
    const { standing, ...rest } = made.value;
    return { outcome: 'done' as const, forecast: { ...rest, ...present({ standing }) }, problems: [] };
  },
});

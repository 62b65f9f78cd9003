import { z } from 'zod';
import { TARGET_OBJECTS } from '../domain/map-fields/mapping.ts';
import type { TargetField } from '../domain/map-fields/target.ts';
import { listTargetFields, type TargetFields } from '../use-cases/list-target-fields.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure, showProblem } from './reply.ts';
import { outcome, problem } from './schemas.ts';

const field = z.object({
  name: z.string().describe('What Target_Field__c holds; a family such as "metadata[…]" takes a name in its place'),
  label: z.string(),
  type: z.enum(['text', 'number', 'date', 'email', 'list']),
  length: z.number().int().optional(),
  required: z.boolean(),
  writable: z.boolean(),
  reason: z.string().optional(),
  named: z.object({ longestName: z.number().int(), most: z.number().int() }).optional(),
  options: z.array(z.object({ value: z.string(), label: z.string(), active: z.boolean() })).optional(),
});

const reply = z.object({
  outcome,
  companyKey: z.string().optional(),
  targets: z.array(z.object({ object: z.enum(TARGET_OBJECTS), fields: z.array(field) })),
  problems: z.array(problem),
});

export const listTargetFieldsEndpoint = endpoint({
  operationId: 'list-target-fields',
  summary: 'List the fields that can be mapped to',
  description: 'The fields of Stripe and QuickBooks as they are now, with type, length and options, and why others cannot be mapped to.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({}),
  reply,
  handle: async (deps, _body, caller) => {
    const listed = await listTargetFields(deps, caller);
    return listed.outcome === 'done' ? showAll(listed.value) : { ...showFailure(listed), targets: [] };
  },
});

function showAll({ companyKey, fields, problems }: TargetFields): z.input<typeof reply> {
  const targets = TARGET_OBJECTS.map((object) => ({ object, fields: fields.filter((each) => each.object === object).map(show) }));
  return { outcome: 'done', companyKey, targets: targets.filter((each) => each.fields.length > 0), problems: problems.map(showProblem) };
}

function show({ name, label, type, required, writable, length, reason, named, options }: TargetField): z.input<typeof field> {
  return {
    name,
    label,
    type,
    required,
    writable,
    ...present({ length, reason }),
    ...(named ? { named: { longestName: named.longestName, most: named.most } } : {}),
    ...(options ? { options: options.map(({ value, label: shown, active }) => ({ value, label: shown, active })) } : {}),
  };
}

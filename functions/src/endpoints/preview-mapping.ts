import { z } from 'zod';
import { type FieldMapping, INVOICE, SOURCE_KINDS, TARGET_OBJECTS, TRANSFORMS } from '../domain/map-fields/mapping.ts';
import { previewMapping, type MappingPreview } from '../use-cases/preview-mapping.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure, showProblem } from './reply.ts';
import { optionalId, outcome, problem } from './schemas.ts';

/** Absent, null and empty are the same for a caller that cannot leave fields out. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .nullish()
    .transform((value) => value || null);
const word = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .enum([...values, ''])
    .nullish()
    .transform((value) => (value || values[0]) as T);

const mapping = z.object({
  name: z.string().min(1).max(80),
  label: text(255),
  targetObject: z.enum(TARGET_OBJECTS),
  targetField: z.string().max(255),
  sourceKind: word(SOURCE_KINDS),
  sourceObject: text(80),
  sourceField: text(255),
  constantValue: text(255),
  template: text(1000),
  transform: word(TRANSFORMS),
  transformArgument: text(80),
  valueMap: text(5000).describe('JSON object of texts'),
  defaultValue: text(255),
  required: z.boolean().nullish(),
  active: z.boolean().nullish(),
  companyKey: text(64),
});

const row = z.object({ path: z.string(), before: z.string().optional(), after: z.string().optional(), changed: z.boolean() });
const PAYLOADS = ['QuickBooks Invoice', 'QuickBooks Customer', 'Stripe Invoice', 'Stripe Customer'] as const;

const reply = z.object({
  outcome,
  checks: z.array(z.object({ name: z.string(), problems: z.array(problem) })),
  preview: z
    .object({
      invoiceId: z.string(),
      number: z.string().optional(),
      problems: z.array(problem),
      payloads: z.array(z.object({ object: z.enum(PAYLOADS), rows: z.array(row) })),
    })
    .optional(),
  problems: z.array(problem),
});

export const previewMappingEndpoint = endpoint({
  operationId: 'preview-mapping',
  summary: 'Preview field mappings',
  description:
    'Checks mappings, saved or not, against the fields as they are now, and shows what a real invoice would send with the saved ones and with those given.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({ mappings: z.array(mapping).max(500).nullish(), invoiceId: optionalId }),
  reply,
  handle: async (deps, body, caller) => {
    const request = { mappings: body.mappings?.map(fromRequest) ?? null, invoiceId: body.invoiceId ?? null };
    const previewed = await previewMapping(deps, request, caller);
    return previewed.outcome === 'done' ? show(previewed.value) : { ...showFailure(previewed), checks: [] };
  },
});

function fromRequest({ constantValue, transformArgument, ...given }: z.output<typeof mapping>): FieldMapping {
  return {
    ...given,
    label: given.label ?? given.name,
    sourceObject: given.sourceObject ?? INVOICE,
    constant: constantValue,
    argument: transformArgument,
    required: given.required ?? false,
    active: given.active ?? true,
  };
}

function show({ checks, preview, problems }: MappingPreview): z.input<typeof reply> {
  return {
    outcome: 'done',
    checks: checks.map(({ mapping: { name }, problems: found }) => ({ name, problems: found.map(showProblem) })),
    ...(preview
      ? {
          preview: {
            invoiceId: preview.invoiceId,
            ...present({ number: preview.number }),
            problems: preview.problems.map(showProblem),
            payloads: preview.payloads,
          },
        }
      : {}),
    problems: problems.map(showProblem),
  };
}

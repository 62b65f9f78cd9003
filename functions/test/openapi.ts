// Writes functions/openapi.yaml from the endpoint schemas; with --check it only compares and fails on drift.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ENDPOINTS } from '../src/endpoints/endpoints.ts';
import type { Endpoint } from '../src/endpoints/endpoint.ts';

const FILE = fileURLToPath(new URL('../openapi.yaml', import.meta.url));
const HEADER = '# Generated from functions/src/endpoints by `npm run openapi`. Do not edit.\n';

const ERRORS: Record<string, string> = {
  400: 'The request is malformed.',
  401: 'The caller is not known.',
  403: 'These functions serve another org.',
  413: 'The body is too large.',
  500: 'A fault of the functions; the correlation id finds it in the log.',
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' }) as { $schema?: string };
  return rest;
}

const json = (schema: object) => ({ 'application/json': { schema } });
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const pascal = (operationId: string) =>
  operationId
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function operation({ operationId, summary, description, permissionSet }: Endpoint): object {
  return {
    post: {
      operationId,
      summary,
      description,
      'x-sfdc': { heroku: { authorization: { externalClientApp: 'Trueup_Functions', permissionSet } } },
      requestBody: { required: true, content: json(refTo(`${pascal(operationId)}Request`)) },
      responses: {
        200: { description: 'The outcome, in business terms.', content: json(refTo(`${pascal(operationId)}Reply`)) },
        ...Object.fromEntries(
          Object.entries(ERRORS).map(([status, words]) => [status, { description: words, content: json(refTo('Error')) }]),
        ),
      },
    },
  };
}

/** The published contract: the AppLink door. The named credential's door takes and answers the same under /v1. */
export function openapi(): object {
  const error = z.object({ code: z.string(), message: z.string(), action: z.string(), correlationId: z.string() });
  return {
    openapi: '3.0.3',
    info: {
      title: 'Trueup functions',
      version: '1.0.0',
      description: 'Bill from Salesforce: invoices in Stripe and QuickBooks that tie out to the cent.',
    },
    paths: Object.fromEntries(ENDPOINTS.map((each) => [`/applink/v1/${each.operationId}`, operation(each)])),
    components: {
      schemas: {
        ...Object.fromEntries(
          ENDPOINTS.flatMap((each) => [
            [`${pascal(each.operationId)}Request`, schemaOf(each.body, 'input')],
            [`${pascal(each.operationId)}Reply`, schemaOf(each.reply, 'output')],
          ]),
        ),
        Error: schemaOf(error, 'output'),
      },
    },
  };
}

/** The exact text of the file. */
export const openapiText = (): string => HEADER + stringify(openapi(), { lineWidth: 120, aliasDuplicateObjects: false });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const current = openapiText();
  if (!process.argv.includes('--check')) writeFileSync(FILE, current);
  else if (readFileSync(FILE, 'utf8') !== current) {
    console.error('functions/openapi.yaml does not match the endpoint schemas. Run: npm run openapi');
    process.exit(1);
  }
}

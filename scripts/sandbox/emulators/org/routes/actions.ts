import { OrgFault, notImplemented } from '../errors.ts';
import { objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';

/**
 * `POST /actions/custom/apex/Class` with `{ inputs: [...] }`: the package's invocable Apex, as the caller.
 * Source: REST API guide, Invocable Actions Custom.
 */
async function invoke(request: ApiRequest, params: Record<string, string>, services: OrgServices): Promise<ApiResponse> {
  const apex = services.apex();
  if (!apex) throw notImplemented('Apex');
  const { inputs = [] } = objectBody(request) as { inputs?: Record<string, unknown>[] };
  const name = params['class'] ?? '';
  if (!mayRun(request, services, name)) throw new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist', { codeFirst: true });
  try {
    const outputs = await apex.invokeAction(name, inputs, request.userId);
    const results = inputs.map((_input, index) => ({
      actionName: name,
      errors: null,
      isSuccess: true,
      outputValues: outputs[index] === undefined ? null : outputValues(outputs[index]),
      version: 1,
    }));
    return { status: 200, body: results };
  } catch (error) {
    if (error instanceof OrgFault) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return {
      status: 400,
      body: inputs.map(() => ({
        actionName: name,
        errors: [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }],
        isSuccess: false,
        outputValues: null,
      })),
    };
  }
}

const outputValues = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { output: value };

/** Running a class needs access to it: by a permission set, or as an administrator. */
export function mayRun(request: { userId: string }, services: OrgServices, className: string): boolean {
  const rights = services.data.core.book.of(request.userId);
  const wanted = className.toLowerCase();
  return rights.administrator || rights.grants.some((grant) => [...grant.classAccess].some((name) => name.toLowerCase() === wanted));
}

export const actionRoutes: Route[] = [{ method: 'POST', path: '/actions/custom/apex/:class', handler: invoke }];

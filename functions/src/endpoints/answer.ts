import type { Caller, Deps } from '../use-cases/deps.ts';
import type { Endpoint } from './endpoint.ts';

/** An answer for HTTP: 200 with the operation's reply, or 400 with what is wrong with the request. */
export interface Answer {
  status: 200 | 400;
  body: object;
}

/** Parses the request, runs the operation, and checks the reply against its own schema: a reply that breaks it is a bug. */
export async function answer(endpoint: Endpoint, deps: Deps, body: unknown, caller: Caller): Promise<Answer> {
  const parsed = endpoint.body.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(String).join('.') ?? '';
    return {
      status: 400,
      body: {
        code: 'malformed-request',
        message: `The request to ${endpoint.operationId} is not valid${field === '' ? '' : ` at "${field}"`}: ${issue?.message ?? 'unknown'}.`,
        action: 'Compare it with openapi.yaml.',
        correlationId: caller.correlationId,
      },
    };
  }
  return { status: 200, body: endpoint.reply.parse(await endpoint.handle(deps, parsed.data, caller)) as object };
}

import type { Operation } from '../domain/operation.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Deps } from './deps.ts';

/** Long-polls an operation: answers as soon as there is something new to show, at the latest after `waitMs`. */
export async function followOperation(
  deps: Pick<Deps, 'progress'>,
  request: { operationKey: string; seen: number; waitMs: number },
): Promise<Outcome<Operation>> {
  const operation = await deps.progress.follow(request.operationKey, request.seen, request.waitMs);
  if (operation) return done(operation);
  return rejected({
    code: 'operation-unknown',
    severity: 'error',
    message: 'Nothing is known of this operation any more.',
    action: 'Open the invoice: its page shows how it stands.',
  });
}

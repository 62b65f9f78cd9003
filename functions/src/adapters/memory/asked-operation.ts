import type { AskedOperation } from '../../domain/timeline.ts';
import type { OperationWrite } from '../../ports/records.ts';

/** An operation of the org as its history shows it. */
export function askedOf(operation: OperationWrite & { requestedAt: string }): AskedOperation {
  const [problem] = operation.problems;
  return {
    key: operation.key,
    kind: operation.kind,
    state: operation.state,
    requestedBy: operation.requestedBy ?? null,
    requestedAt: operation.requestedAt,
    finishedAt: operation.finishedAt ?? null,
    problem: problem?.message ?? null,
    fix: problem?.action ?? null,
    nextAttemptAt: operation.nextAttemptAt ?? null,
  };
}

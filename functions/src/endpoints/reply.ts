import type { z } from 'zod';
import type { Failure, Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { OperationReply } from '../use-cases/operation-reply.ts';
import type { operationReply, problem } from './schemas.ts';

type ProblemText = z.input<typeof problem>;

/** The problem as callers see it: the provider's own words stay in the log. */
export function showProblem({ code, severity, field, message, action }: Problem): ProblemText {
  return { code, severity, ...(field === undefined ? {} : { field }), message, action };
}

/** Leaves out what is null: callers that know optional fields need no second word for nothing. */
export function present<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], null> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== undefined)) as never;
}

export const showFailure = (failure: Failure) => ({ outcome: failure.outcome, problems: [showProblem(failure.problem)] });

export function showOperation(reply: Outcome<OperationReply>): z.input<typeof operationReply> {
  if (reply.outcome !== 'done') return { ...showFailure(reply), steps: [] };
  const { outcome, operationKey, invoiceId, invoiceNumber, steps, problems } = reply.value;
  return { outcome, ...present({ operationKey, invoiceId, invoiceNumber }), steps, problems: problems.map(showProblem) };
}

import { AsyncLocalStorage } from 'node:async_hooks';

const patient = new AsyncLocalStorage<true>();

/** A database that restarts or fails over is back long before this; what is away longer ends the run, as a bug does. */
const PATIENCE_MS = 3_600_000;
const LONGEST_WAIT_MS = 5_000;

/** Runs `work`, a run of the engine, so that it waits for a database that is away: it would be taken up by nobody if that ended it. */
export const waitingForDatabase = <T>(work: () => T): T => patient.run(true, work);

/**
 * Asks the database; inside {@link waitingForDatabase} again and again while it is away. What was asked may have been committed
 * before the connection broke, so it must be something that a process killed at that moment would ask again.
 */
export async function askDatabase<T>(ask: () => Promise<T>): Promise<T> {
  if (!patient.getStore()) return ask();
  const until = Date.now() + PATIENCE_MS;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** Classes 08 and 57P of https://www.postgresql.org/docs/18/errcodes-appendix.html, sockets, and what pg says without a code. */
const CODES = /^(08...|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const WORDS = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isAway);
  return CODES.test(String((error as { code?: unknown }).code)) || WORDS.test(error.message);
}

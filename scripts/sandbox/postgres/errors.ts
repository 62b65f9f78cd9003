/** A PostgreSQL that cannot start: the message says what happened and what to do, in words for the person at the terminal. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}

const FRESH = "start over with: npm start -- --fresh (this deletes the sandbox's data)";

/** Turns what initdb, postgres or the file system said into one sentence and a way out. `place` is the folder concerned. */
export function explain(said: unknown, place: string): PostgresError {
  const code = said instanceof Error && 'code' in said ? String(said.code) : '';
  const text = said instanceof Error ? said.message : String(said);
  if (code === 'ENOSPC' || /No space left on device|could not extend file|EDQUOT/i.test(text)) {
    return new PostgresError(
      `The disk is full: PostgreSQL cannot write to ${place}. Free some space there, then start again; the data is kept.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || /Permission denied/i.test(text)) {
    return new PostgresError(`PostgreSQL may not use ${place}. Make the folder yours (chown), or ${FRESH}.\n${lastLines(text)}`);
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(text)) {
    return new PostgresError(`The data in ${place} was written by another version of PostgreSQL; ${FRESH}.`);
  }
  if (
    /not a valid data directory|PG_VERSION|could not locate a valid checkpoint|pg_control|invalid checkpoint|could not open file|PANIC/i.test(
      text,
    )
  ) {
    return new PostgresError(`The data in ${place} is half-written or damaged; ${FRESH}.\n${lastLines(text)}`);
  }
  return new PostgresError(`PostgreSQL did not start in ${place}. If it happens again, ${FRESH}.\n${lastLines(text)}`);
}

function lastLines(text: string, count = 8): string {
  return text.trim().split('\n').slice(-count).join('\n');
}

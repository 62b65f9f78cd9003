import { FRESH, SandboxError } from './state.ts';

/** Says what is going on when a step takes longer than a second. */
export function timed(log: (line: string) => void) {
  return async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const slow = setTimeout(() => log(`  ${name} …`), 1000);
    const started = Date.now();
    try {
      return await run();
    } finally {
      clearTimeout(slow);
      if (Date.now() - started > 1000) log(`  ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  };
}

/** Errors of the machine in words a person can act on; everything else as it is. */
export function explain(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOSPC') return new SandboxError('The disk is full.', 'Free some space and start again; what was stored is kept.');
  if (code === 'EADDRINUSE')
    return new SandboxError(
      `${message ?? 'A port is in use'}: another program took it.`,
      'Choose other ports, for example: TRUEUP_PORT=4100 npm start',
    );
  if (code === 'EACCES')
    return new SandboxError(
      `A file of the sandbox cannot be written: ${message ?? ''}`,
      'Make the folder writable for you, or set TRUEUP_DATA to another one.',
    );
  if (/malformed|not a database|SQLITE_CORRUPT/.test(message ?? ''))
    return new SandboxError('A data file of the sandbox is damaged.', FRESH);
  return error;
}

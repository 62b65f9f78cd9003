/** Starts a process and ends it in order on SIGTERM or SIGINT; a start that fails says why on one line and exits with 1. */
export async function runUntilSignalled(start: () => Promise<() => Promise<void>>): Promise<void> {
  let stop: (() => Promise<void>) | undefined;
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    // Heroku kills 30 s after SIGTERM; what cannot end by then is taken up by the next process.
    setTimeout(() => process.exit(1), 25_000).unref();
    await stop?.();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  try {
    stop = await start();
    if (ending) await stop();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

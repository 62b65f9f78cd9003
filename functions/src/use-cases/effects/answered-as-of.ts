import type { Deps } from '../deps.ts';

/**
 * As of when a write's answer shows its system: when it was sent. The answer may be acted on much later, by a process that took
 * over or after a wait, so no later moment is certain. Undefined when nothing was sent.
 */
export async function answeredAsOf({ effects }: Pick<Deps, 'effects'>, key: string): Promise<string | undefined> {
  return (await effects.read(key))?.lastSentAt ?? undefined;
}

import type { Deps } from '../deps.ts';

/** What became of a part that is a run of its own: it takes longer, or a fault of ours ended it. */
export type Unfinished = 'late' | 'broken';

/** Neither ends the sync: one invoice that cannot be worked on does not hold up all others. */
export async function waitForPart<T extends object>({ engine }: Pick<Deps, 'engine'>, id: string, waitMs: number): Promise<T | Unfinished> {
  try {
    const result = (await engine.result(id, waitMs)) as unknown as T | undefined;
    return result ?? 'late';
  } catch {
    return 'broken';
  }
}

/** What a person is told of one that broke. */
export const brokenText = (what: string, id: string): { message: string; fix: string } => ({
  message: `${what} could not be checked: something went wrong on our side.`,
  fix: `Look for the run ${id} in the functions' log; the next sync tries again.`,
});

import { goesOn, type Load } from '../../domain/first-load/load.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { Deps } from '../deps.ts';

/** What the engine is given: all else is kept with the load. */
export interface LoadInput {
  key: string;
  turn: number;
}

/** Has a load that goes on carried. Idempotent: each turn of a load is one run. */
export async function lineUp({ engine }: Pick<Deps, 'engine'>, load: Load): Promise<void> {
  if (!goesOn(load)) return;
  const { key, turn } = load;
  await engine.enqueue({
    workflow: 'load-history',
    id: `${key}.${turn}`,
    // A former turn that still sleeps holds up nothing: it sees that it is over.
    queueKey: `load:${key}.${turn}`,
    input: { key, turn } satisfies LoadInput as Json,
  });
}

/** Loads that go on and that no engine may know any more: those that it knows do not mind. */
export async function takeUpLoads({ loads, engine }: Pick<Deps, 'loads' | 'engine'>): Promise<void> {
  for (const load of await loads.running()) await lineUp({ engine }, load);
}

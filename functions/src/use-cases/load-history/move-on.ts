import type { Load } from '../../domain/first-load/load.ts';
import type { Learned } from '../../ports/loads.ts';
import type { Deps } from '../deps.ts';

/**
 * Saves a change to the load as it stands now; a person's word that came meanwhile stays. `change` answers null when the change has no
 * place any more, because another process has gone on: then nothing is saved.
 */
export async function moveOn(
  { loads }: Pick<Deps, 'loads'>,
  key: string,
  change: (load: Load) => Load | null,
  learned?: Learned,
): Promise<Load | null> {
  for (;;) {
    const load = await loads.read(key);
    const changed = load && change(load);
    if (!changed) return null;
    const saved = await loads.save(changed, learned);
    if (saved) return saved;
  }
}

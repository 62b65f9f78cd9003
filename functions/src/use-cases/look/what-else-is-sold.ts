import type { Link } from '../../domain/link.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { Deps } from '../deps.ts';

/** A product, what it could be sold as, and what it is sold as where that is certain but for the others. */
interface Wanted {
  key: string;
  name: string;
  ids: string[];
  fits: string | null;
}

type SellsBeside = (key: string) => ReadonlyMap<string, string[]>;

/** Of what was found in a system: which other products are linked to it, or fit it on this invoice. One call, none where nothing was found. */
export async function whatElseIsSold(
  { matches }: Pick<Deps, 'matches'>,
  system: Link['system'],
  wanted: readonly Wanted[],
): Promise<Outcome<SellsBeside>> {
  const externalIds = [...new Set(wanted.flatMap(({ ids }) => ids))];
  const held = externalIds.length === 0 ? done([]) : await matches.findItemLinks({ system, externalIds });
  return mapOutcome(held, (holders) => (key) => {
    const sells = new Map<string, string[]>();
    const add = (id: string, name: string) => sells.set(id, [...new Set([...(sells.get(id) ?? []), name])]);
    for (const { link, recordName } of holders) if (link.recordId !== key) add(link.externalId, recordName);
    for (const other of wanted) if (other.key !== key && other.fits !== null) add(other.fits, other.name);
    return sells;
  });
}

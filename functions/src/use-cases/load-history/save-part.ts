import { addCauses, type Told } from '../../domain/first-load/causes.ts';
import type { Load, LoadCounts, LoadedObject } from '../../domain/first-load/load.ts';
import type { Learned } from '../../ports/loads.ts';
import type { Deps } from '../deps.ts';
import { moveOn } from './move-on.ts';

/** What a part came to. */
export interface PartDone {
  counts: Partial<LoadCounts>;
  causes: Told[];
  position: Pick<LoadedObject, 'cursor' | 'listed' | 'state'>;
  learned?: Learned;
}

/** Saves counts, causes and position at once; not when another process has done the part meanwhile. */
export function savePart(deps: Pick<Deps, 'loads'>, load: Load, from: LoadedObject, part: PartDone): Promise<Load | null> {
  const waiting = part.causes.filter(({ cause }) => cause.standing === 'waiting').length;
  const counts: LoadCounts = {
    read: part.counts.read ?? 0,
    written: part.counts.written ?? 0,
    unchanged: part.counts.unchanged ?? 0,
    waiting,
    refused: part.causes.length - waiting,
  };
  return moveOn(
    deps,
    load.key,
    (now) => {
      const held = now.objects.find(({ object }) => object === from.object);
      if (now.turn !== load.turn || !held || !isSamePlace(held, from)) return null;
      return {
        ...now,
        causes: addCauses(now.causes, from.object, part.causes),
        objects: now.objects.map((each) => (each.object === from.object ? { ...each, ...sumOf(each, counts), ...part.position } : each)),
      };
    },
    part.learned,
  );
}

/** Nobody has counted anything since. */
const isSamePlace = (now: LoadedObject, from: LoadedObject): boolean =>
  now.cursor === from.cursor &&
  now.listed === from.listed &&
  now.read === from.read &&
  now.written + now.unchanged + now.waiting + now.refused === from.written + from.unchanged + from.waiting + from.refused;

const sumOf = (held: LoadCounts, more: LoadCounts): LoadCounts => ({
  read: held.read + more.read,
  written: held.written + more.written,
  unchanged: held.unchanged + more.unchanged,
  waiting: held.waiting + more.waiting,
  refused: held.refused + more.refused,
});

import type { VerifiedEvent } from '../../ports/webhook-verifier.ts';
import type { Deps } from '../../use-cases/deps.ts';
import type { Feeds } from '../../ports/feeds.ts';
import { dirtyObject } from '../dirty-objects.ts';

export type FoundDeps = Pick<Deps, 'inbox' | 'clock'> & { feeds: Feeds };

/**
 * Stores what a sweep found and no webhook brought, under the same unique key: what comes by webhook later is not doubled.
 * Types that make nothing dirty are left out. @returns how many were news.
 */
export async function storeFound({ inbox, clock, feeds }: FoundDeps, events: VerifiedEvent[], counts: boolean): Promise<number> {
  const entries = events.map((event) => ({ event, dirty: dirtyObject(event) })).filter(({ dirty }) => dirty !== null);
  const unheard = new Set(
    await feeds.sightings.noteUnheard(
      entries.map(({ event }) => event),
      counts,
    ),
  );
  const receivedAt = new Date(clock.now()).toISOString();
  const news = entries.filter(({ event }) => unheard.has(event.eventId)).map((entry) => ({ ...entry, receivedAt }));
  return news.length === 0 ? 0 : inbox.store(news);
}

import { done, type Outcome } from '../../domain/outcome.ts';
import type { Checkpoint } from '../../ports/checkpoints.ts';
import { type FoundDeps, storeFound } from './store-found.ts';
import { MINUTE_MS, type Swept, WINDOW_MS, iso, startOf } from './swept.ts';

/** The clocks of Stripe and ours may differ by ten minutes, and an event may be listed some time after its second. */
const OVERLAP_MS = 25 * MINUTE_MS;
/** An event may appear this late: before that nothing is certain. */
const LATE_MS = MINUTE_MS;
/** What lies before the last sweep is looked through as long as it brings news, and so many pages at least. */
const PAGES_WITHOUT_NEWS = 3;

/** Goes through Stripe's own list of events and stores those that no webhook brought. */
export async function readStripeEvents(deps: FoundDeps, checkpoint: Checkpoint): Promise<Outcome<Swept>> {
  const now = deps.clock.now();
  const from = startOf(checkpoint);
  if (now - (from - OVERLAP_MS) > WINDOW_MS)
    return done({ gap: { system: 'Stripe', since: iso(from), why: 'Stripe lists events of the last 30 days only', readTo: iso(now) } });
  const createdFrom = iso(from - OVERLAP_MS);
  let found = 0;
  let cursor: string | null = null;
  let withoutNews = 0;
  do {
    const page: Awaited<ReturnType<typeof deps.feeds.stripe.listEvents>> = await deps.feeds.stripe.listEvents({ createdFrom, cursor });
    if (page.outcome !== 'done') return page;
    const { events, next } = page.value;
    const news = await storeFound(deps, events, true);
    found += news;
    const isOverlap = events.every(({ createdAt }) => Date.parse(createdAt) < from - OVERLAP_MS / 2);
    withoutNews = isOverlap && news === 0 ? withoutNews + 1 : 0;
    cursor = withoutNews >= PAGES_WITHOUT_NEWS ? null : next;
  } while (cursor !== null);
  return done({ found, readTo: iso(now), asOf: iso(now - LATE_MS) });
}

import { inLane } from '../../../src/platform/lane.ts';
import { QUICKBOOKS_HOOK_PATH, takeQuickBooksEvents } from '../../../src/webhooks/quickbooks.ts';
import { takeStripeEvents } from '../../../src/webhooks/stripe.ts';
import type { Random } from '../dice.ts';
import { inHost } from '../host.ts';
import type { Running } from '../company/boot.ts';
import type { Time } from '../time.ts';
import type { Trace } from '../trace.ts';

type Post = (
  url: string,
  body: string,
  headers: Record<string, string>,
  timeoutMs: number,
) => Promise<{ status: number | null; error: string | null; durationMs: number }>;

/** How the stand-ins reach the functions' webhooks: the process that runs now, if any, and only as long as it lives. */
export function createDoorForWebhooks(deps: { time: Time; latency: Random; trace: Trace; running(): Running | null }): Post {
  const { time, latency, trace, running } = deps;
  return async (url, body, headers, timeoutMs) => {
    await time.sleep(latency.between(5, 400));
    const there = running();
    const about = shortly(body);
    if (!there) {
      trace.note('webhook', `${about} -> refused, no process`);
      return { status: null, error: 'ECONNREFUSED', durationMs: 0 };
    }
    const call = { rawBody: Buffer.from(body), headers, receivedAt: time.now() };
    const receiving = { inbox: there.ports.inbox, clock: there.ports.clock, wake: there.wake };
    const receipt = inHost(there.host, () =>
      inLane('background', () =>
        url.endsWith(QUICKBOOKS_HOOK_PATH)
          ? takeQuickBooksEvents({ ...receiving, verifier: there.verifiers.quickbooks }, call)
          : takeStripeEvents({ ...receiving, verifier: there.verifiers.stripe }, call),
      ),
    );
    const answer = await Promise.race([receipt, time.sleep(timeoutMs).then(() => null)]);
    trace.note('webhook', `${about} -> ${answer ? `${answer.status} ${answer.reason}, ${answer.news} new` : 'no answer'}`);
    return answer ? { status: answer.status, error: null, durationMs: 1 } : { status: null, error: 'timeout', durationMs: timeoutMs };
  };
}

/** Of Stripe's event without reading all of it: its object begins with its id, and its type is the last member. */
const STRIPE_EVENT = /"data":\{"object":\{"id":"([^"]+)".*"type":"([a-z_.]+)"\}$/s;

function shortly(body: string): string {
  const [, id, stripeType] = STRIPE_EVENT.exec(body) ?? [];
  if (stripeType) return `${stripeType} ${id}`;
  const event = JSON.parse(body) as { type?: string; data?: { object?: { id?: string } } } | { type: string; intuitentityid: string }[];
  if (Array.isArray(event)) return event.map((each) => `${each.type} ${each.intuitentityid}`).join(', ');
  return `${event.type ?? ''} ${event.data?.object?.id ?? ''}`;
}

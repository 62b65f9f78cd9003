import type { Clock } from '../ports/clock.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { KeptReason, VerifiedEvent, WebhookCall, WebhookVerifier } from '../ports/webhook-verifier.ts';
import { dirtyObject, isUnknown } from './dirty-objects.ts';

export interface ReceiveDeps {
  inbox: Inbox;
  clock: Clock;
  /** Tells the worker that there is something to do; must not throw. */
  wake?: () => void;
}

/** What the webhook answers. `reason` is for the log and the metrics, not for the provider. */
export interface Receipt {
  status: 200 | 400 | 500;
  reason: string;
  /** Events that were new. */
  news: number;
  /** Those that are stored and not applied, for the metrics: it is no use to have them sent again. */
  kept: { reason: KeptReason | 'unknown-type'; type: string }[];
}

/** Verify, store, answer; nothing else happens in the request. A bad signature is 400, a failing store 500, so that it is sent again. */
export async function receive(deps: ReceiveDeps, verifier: WebhookVerifier, call: WebhookCall): Promise<Receipt> {
  const verification = await verifier.verify(call);
  if (!verification.verified) return { status: 400, reason: verification.reason, news: 0, kept: [] };
  try {
    const news = await store(deps, verification.events);
    if (news > 0) deps.wake?.();
    return { status: 200, reason: 'stored', news, kept: verification.events.flatMap(keptOf) };
  } catch (error) {
    return { status: 500, reason: error instanceof Error ? error.message : 'The store failed.', news: 0, kept: [] };
  }
}

/** Each event once per provider, account and event id, with the object it makes dirty; resolves after the commit. */
function store({ inbox, clock }: ReceiveDeps, events: readonly VerifiedEvent[]): Promise<number> {
  const receivedAt = new Date(clock.now()).toISOString();
  return inbox.store(events.map((event) => ({ event, dirty: dirtyObject(event), receivedAt })));
}

function keptOf(event: VerifiedEvent): Receipt['kept'] {
  const reason = event.kept ?? (isUnknown(event) ? ('unknown-type' as const) : null);
  return reason === null ? [] : [{ reason, type: event.type }];
}

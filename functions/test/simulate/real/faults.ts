import type { Fault, FaultPlan } from '../../../../scripts/sandbox/index.ts';
import type { Random } from '../dice.ts';
import type { Remote, RequestFault, SeededFaults } from '../fault-plan.ts';

/** What is no call of the product's: sessions and tokens. */
const ASIDE = /userinfo|oauth|applink/;
const REMOTE: Record<string, Remote> = { 'org.request': 'salesforce', 'stripe.request': 'stripe', 'quickbooks.request': 'quickbooks' };

/** Requests of the functions after which their process is killed: a few in each seed. */
export function planKills(random: Random, most: number): number[] {
  let at = 0;
  return Array.from({ length: random.between(1, most) }, () => (at += random.between(10, 60)));
}

/** What the stand-ins ask over HTTP, answered by the faults of a seed; `kill` is called while the request that was chosen arrives. */
export function overHttp(faults: SeededFaults, random: Random, kills: readonly number[], kill: () => void): Pick<FaultPlan, 'next'> {
  let requests = 0;
  return {
    next(point, context) {
      const remote = REMOTE[point];
      if (!remote) return point === 'org.dml' ? undefined : faults.plan.next(point, context);
      if (ASIDE.test(context['path'] ?? '')) return undefined;
      requests += 1;
      if (kills.includes(requests)) {
        kill();
        // The request still arrives, or was lost with its sender.
        return random.chance(0.5) ? undefined : { kind: 'drop-before' };
      }
      const kind = faults.onRequest(remote);
      return kind ? asHttp(kind, remote, random) : undefined;
    },
  };
}

function asHttp(kind: RequestFault, remote: Remote, random: Random): Fault {
  switch (kind) {
    case 'lost-before':
    case 'refused':
      return { kind: 'drop-before' };
    case 'answer-lost':
      return { kind: 'drop-answer' };
    case 'failed-500':
      return { kind: 'status', status: remote === 'salesforce' ? 503 : 500 };
    case 'throttled-429':
      return { kind: 'throttle', retryAfterS: 1 };
    case 'slow':
      return { kind: 'delay', ms: random.between(200, 2_000) };
    case 'token-expired':
      return { kind: 'expire-token' };
    case 'locked':
      return { kind: 'lock-row' };
  }
}

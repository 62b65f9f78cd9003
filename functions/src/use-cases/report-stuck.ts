import { instantText } from '../domain/dates.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import { type Operation, OPERATION_KIND_LABEL, TRIES_AFTER_FAULT } from '../domain/operation.ts';
import type { Json } from '../ports/effect-log.ts';
import type { KeptEvents, StuckObject } from '../ports/inbox.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';

type StuckDeps = Pick<Deps, 'inbox' | 'progress' | 'records' | 'effects' | 'clock'>;

/** From so many tries on (some hours) a person is told, whether or not it is still tried. */
export const TRIES_BEFORE_TOLD = 30;
const KEPT_FOR_MS = 86_400_000;
/** The issues that are told now, so that those that are over can be closed. */
const TOLD = 'stuck:told';
const SYSTEM: Record<string, string> = { stripe: 'Stripe', quickbooks: 'QuickBooks', salesforce: 'Salesforce' };

/**
 * Dead letters: what came in or was asked for and cannot be worked off is shown to a person as an issue with what to do, once, and closed by itself
 * when it is over. Costs no call while nothing changes.
 */
export async function reportStuck(deps: StuckDeps): Promise<Outcome<{ opened: number; closed: number }>> {
  const since = new Date(deps.clock.now() - KEPT_FOR_MS).toISOString();
  const [stuck, kept, broken] = await Promise.all([
    deps.inbox.stuck(TRIES_BEFORE_TOLD),
    deps.inbox.keptSince(since),
    deps.progress.broken(TRIES_AFTER_FAULT),
  ]);
  const found = [...stuck.map(issueOfObject), ...kept.map(issueOfEvents), ...broken.map(issueOfOperation)];
  const told = ((await deps.effects.kept(TOLD)) ?? []) as unknown as SyncIssueWrite[];
  const opened = found.filter(({ key }) => !told.some((each) => each.key === key));
  const closed = told.filter(({ key }) => !found.some((each) => each.key === key));
  if (opened.length + closed.length === 0) return done({ opened: 0, closed: 0 });
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const issues = [...opened, ...closed.map((issue) => ({ ...issue, resolved: true }))];
  const written = await deps.records.writeIssues({ companyId: read.value.company.id, issues });
  if (written.outcome !== 'done') return written;
  await deps.effects.keep(TOLD, found as unknown as Json);
  return done({ opened: opened.length, closed: closed.length });
}

function issueOfObject({ kind, id, invoiceId, reason, attempts, since, parked, eventId }: StuckObject): SyncIssueWrite {
  const [system = '', type = ''] = kind.split(':');
  const called = `${SYSTEM[system] ?? system} ${type.replaceAll('_', ' ')} ${id}`;
  return {
    key: `stuck:${kind}:${id}`,
    cause: 'Needs Person',
    invoiceId,
    recordId: kind === 'salesforce:account' ? id : null,
    message: `${called} changed and could not be taken over since ${instantText(since)}, in ${attempts} tries${parked ? '; it is not tried any more' : ''}. ${reason}`,
    fix: eventId
      ? `Remove the cause, then have the event ${eventId} read again (Read Again in the invoice's history, or the operation "replay-event").`
      : system === 'salesforce'
        ? 'Remove the cause, then choose Sync Now on the page of the record.'
        : 'Remove the cause, then run a sync.',
  };
}

function issueOfOperation({ key, kind, invoiceId }: Operation): SyncIssueWrite {
  return {
    key: `broken:${key}`,
    cause: 'Needs Person',
    invoiceId,
    recordId: null,
    message: `${OPERATION_KIND_LABEL[kind]} ended ${TRIES_AFTER_FAULT + 1} times by a fault of Trueup's own; what was done so far is kept. Operation ${key}.`,
    fix: `Look for this operation in the functions' log; when the cause is gone, ${kind === 'run-sync' ? 'run a sync' : "have it tried again in the invoice's history"}.`,
  };
}

const WHY: Record<KeptEvents['reason'], { is: string; fix: string }> = {
  'wrong-mode': {
    is: 'are of the other mode (live instead of test, or test instead of live)',
    fix: "Remove this address from the webhook endpoints of the other mode, or give the functions that mode's key.",
  },
  'wrong-account': {
    is: 'are of another account',
    fix: 'Remove this address from the webhooks of the other account, or connect that account as a company of its own.',
  },
  'newer-version': {
    is: 'are in a newer version than this release knows',
    fix: 'Set the version of the webhook endpoint back, or update Trueup; then run a sync.',
  },
};

function issueOfEvents({ provider, reason, count, type, account }: KeptEvents): SyncIssueWrite {
  const { is, fix } = WHY[reason];
  const whose = account === 'self' ? '' : ` of ${account}`;
  return {
    key: `kept:${provider}:${reason}`,
    cause: 'Needs Person',
    invoiceId: null,
    recordId: null,
    message: `${count === 1 ? 'An event' : `${count} events`} from ${SYSTEM[provider]} ${is}; kept and not applied. The last one was ${type}${whose}.`,
    fix,
  };
}

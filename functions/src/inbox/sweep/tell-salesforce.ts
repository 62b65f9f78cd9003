import { instantText } from '../../domain/dates.ts';
import { isSilent } from '../../domain/silence.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Checkpoint } from '../../ports/checkpoints.ts';
import type { Hearing } from '../../ports/sightings.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../../use-cases/deps.ts';
import type { FoundDeps } from './store-found.ts';
import { HOUR_MS, type Swept, WINDOW_MS, iso } from './swept.ts';
import { budgetIssues, readBudgets } from './tell-budgets.ts';

type TellDeps = FoundDeps & Pick<Deps, 'records' | 'effects'>;
type Provider = 'stripe' | 'quickbooks';

/** A system that is down for this long is worth a word; most outages are over by then. */
const LONG_WAIT_MS = 6 * HOUR_MS;
/** Time enough to apply what was found with the rest of the round. */
const SECOND_LOOK_MS = 10_000;
const NAME = { stripe: 'Stripe', quickbooks: 'QuickBooks' };
const PACE = { stripe: 'every minute', quickbooks: 'every five minutes' };
const FIX = {
  stripe:
    "In Stripe's dashboard open Developers, Webhooks: the endpoint must be enabled, its address must end in /hooks/stripe, and its signing secret must be the one the functions know. Its last deliveries show what was answered.",
  quickbooks:
    "In Intuit's developer portal open the app's Webhooks: the address must end in /hooks/quickbooks, invoices and payments must be chosen, and the verifier token must be the one the functions know.",
};

/** Writes to the company how far each system is known and what is used of what it allows, and raises or closes the alarms of both. */
export async function tellSalesforce(deps: TellDeps): Promise<Outcome<Swept>> {
  const now = deps.clock.now();
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { company } = read.value;
  if (!company.active || !company.connected) return done({ found: 0, readTo: iso(now), asOf: iso(now) });
  const issues: SyncIssueWrite[] = [];
  let suspected = false;
  for (const provider of ['stripe', 'quickbooks'] as const) {
    const wait = await waitOf(deps, company.key, provider, now);
    suspected ||= wait === SUSPECTED;
    const alarms = [await silenceOf(deps, company.key, provider, now), wait === SUSPECTED ? null : wait];
    issues.push(...alarms.flatMap((alarm) => alarm ?? []));
  }
  const budgets = await readBudgets(deps.feeds, now);
  issues.push(...(await budgetIssues(company.key, budgets, (key) => wasTold(deps, key))));
  const written = await deps.records.writeFreshness({
    companyId: company.id,
    stripeReadTo: await knownTo(deps, 'stripe'),
    quickbooksReadTo: await knownTo(deps, 'quickbooks'),
    budgets,
    issues,
  });
  if (written.outcome !== 'done') return written;
  await deps.feeds.sightings.forgetFound(iso(now - 2 * WINDOW_MS));
  for (const { key, resolved } of issues) await deps.effects.keep(toldKey(key), resolved !== true);
  return done({ found: 0, readTo: iso(now), asOf: iso(now), ...(suspected ? { againMs: SECOND_LOOK_MS } : {}) });
}

/** Seen once: kept in place of the alarm until the next look. */
const SUSPECTED = 'suspected';
const toldKey = (key: string): string => `told:${key}`;
const wasTold = async ({ effects }: Pick<Deps, 'effects'>, key: string): Promise<boolean> => (await effects.kept(toldKey(key))) === true;

/** Never younger than the truth: what was read but waits to be applied is not known yet. */
async function knownTo({ feeds }: TellDeps, provider: Provider): Promise<string | null> {
  const { asOf }: Checkpoint = await feeds.checkpoints.read(provider === 'stripe' ? 'stripe-events' : 'quickbooks-changes');
  const waiting = await feeds.sightings.waiting(provider);
  return asOf !== null && waiting !== null && waiting.since < asOf ? waiting.since : asOf;
}

/** Null: nothing new is to be said of it. */
async function silenceOf(deps: TellDeps, companyKey: string, provider: Provider, now: number): Promise<SyncIssueWrite | null> {
  const hearing = await deps.feeds.sightings.hearing(provider);
  const silent = isSilent(hearing, now);
  const key = `${companyKey}.silent.${provider}`;
  const told = await wasTold(deps, key);
  return silent || told ? issueOf(key, provider, hearing, silent) : null;
}

/**
 * What could not be applied for so long is shown, since it holds back how far the system is known. Seen a second time only: what waited
 * while our own service was off is applied by then.
 */
async function waitOf(
  deps: TellDeps,
  companyKey: string,
  provider: Provider,
  now: number,
): Promise<SyncIssueWrite | typeof SUSPECTED | null> {
  const waiting = await deps.feeds.sightings.waiting(provider);
  const late = waiting !== null && now - Date.parse(waiting.since) > LONG_WAIT_MS;
  const key = `${companyKey}.waiting.${provider}`;
  const before = await deps.effects.kept(toldKey(key));
  if (before !== true && (!late || before !== SUSPECTED)) {
    if (late || before === SUSPECTED) await deps.effects.keep(toldKey(key), late && SUSPECTED);
    return late ? SUSPECTED : null;
  }
  const issue = { key, cause: 'Needs Person' as const, invoiceId: null, recordId: null, resolved: !late };
  if (!late || waiting === null)
    return { ...issue, message: `All that changed in ${NAME[provider]} is applied again.`, fix: 'Nothing to do.' };
  return {
    ...issue,
    message: `${waiting.count === 1 ? 'A change' : `${waiting.count} changes`} in ${NAME[provider]} could not be applied yet, the first since ${instantText(waiting.since)}${waiting.reason ? `: ${waiting.reason}` : '.'}`,
    fix: "While a system is down there is nothing to do: they are tried again. Else remove what is in the way, then use Read Again beside the event in the invoice's history.",
  };
}

function issueOf(key: string, provider: Provider, { heardAt, alone, aloneEver }: Hearing, silent: boolean): SyncIssueWrite {
  const since = heardAt === null ? 'No webhook has ever come' : `No webhook has come since ${instantText(heardAt)}`;
  return {
    key,
    cause: 'Webhooks Silent',
    invoiceId: null,
    recordId: null,
    message: !silent
      ? `Webhooks of ${NAME[provider]} arrive again; the last came at ${heardAt ?? ''}. In all ${aloneEver} changes were found without one.`
      : `${since} from ${NAME[provider]}, though ${alone} changes were found that should have brought one. Nothing is lost: Trueup asks ${NAME[provider]} ${PACE[provider]}, so pages are late by that much.`,
    fix: silent ? FIX[provider] : 'Nothing to do.',
    resolved: !silent,
  };
}

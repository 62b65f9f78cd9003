import { isSilent } from '../../domain/silence.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Checkpoint } from '../../ports/checkpoints.ts';
import type { Hearing } from '../../ports/sightings.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../../use-cases/deps.ts';
import type { FoundDeps } from './store-found.ts';
import { type Swept, iso } from './swept.ts';

type TellDeps = FoundDeps & Pick<Deps, 'records' | 'effects'>;
type Provider = 'stripe' | 'quickbooks';

const NAME = { stripe: 'Stripe', quickbooks: 'QuickBooks' };
const PACE = { stripe: 'every minute', quickbooks: 'every five minutes' };
const FIX = {
  stripe:
    "In Stripe's dashboard open Developers, Webhooks: the endpoint must be enabled, its address must end in /hooks/stripe, and its signing secret must be the one the functions know. Its last deliveries show what was answered.",
  quickbooks:
    "In Intuit's developer portal open the app's Webhooks: the address must end in /hooks/quickbooks, invoices and payments must be chosen, and the verifier token must be the one the functions know.",
};

/** Writes to the company how far each system is known, and raises or closes the alarm of each that is not heard of. */
export async function tellSalesforce(deps: TellDeps): Promise<Outcome<Swept>> {
  const now = deps.clock.now();
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { company } = read.value;
  if (!company.active || !company.connected) return done({ found: 0, readTo: iso(now), asOf: iso(now) });
  const alarms = [await alarmOf(deps, company.key, 'stripe', now), await alarmOf(deps, company.key, 'quickbooks', now)];
  const issues = alarms.flatMap((alarm) => alarm ?? []);
  const written = await deps.records.writeFreshness({
    companyId: company.id,
    stripeReadTo: await knownTo(deps, 'stripe'),
    quickbooksReadTo: await knownTo(deps, 'quickbooks'),
    issues,
  });
  if (written.outcome !== 'done') return written;
  for (const { key, resolved } of issues) await deps.effects.keep(toldKey(key), resolved !== true);
  return done({ found: 0, readTo: iso(now), asOf: iso(now) });
}

const toldKey = (key: string): string => `told:${key}`;

/** Never younger than the truth: what was read but waits to be applied is not known yet. */
async function knownTo({ feeds }: TellDeps, provider: Provider): Promise<string | null> {
  const { asOf }: Checkpoint = await feeds.checkpoints.read(provider === 'stripe' ? 'stripe-events' : 'quickbooks-changes');
  const waiting = await feeds.sightings.waitingSince(provider);
  return asOf !== null && waiting !== null && waiting < asOf ? waiting : asOf;
}

/** Null: nothing new is to be said of it. */
async function alarmOf({ feeds, effects }: TellDeps, companyKey: string, provider: Provider, now: number): Promise<SyncIssueWrite | null> {
  const hearing = await feeds.sightings.hearing(provider);
  const silent = isSilent(hearing, now);
  const key = `${companyKey}.silent.${provider}`;
  const told = (await effects.kept(toldKey(key))) === true;
  return silent || told ? issueOf(key, provider, hearing, silent) : null;
}

function issueOf(key: string, provider: Provider, { heardAt, alone, aloneEver }: Hearing, silent: boolean): SyncIssueWrite {
  const since = heardAt === null ? 'No webhook has ever come' : `No webhook has come since ${heardAt}`;
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

import { ANOTHER_LINKED, type Cause, fromSalesforce, IN_REVIEW, NO_ACCOUNT, NO_RIGHT_TO_CREATE } from '../../domain/first-load/causes.ts';
import { type Load, type LoadedObject, type LoadSystem, systemOf } from '../../domain/first-load/load.ts';
import { linkToMade, unknownKey } from '../../domain/first-load/unknown-customer.ts';
import type { Link } from '../../domain/link.ts';
import { isAsked, type MatchReview } from '../../domain/match-review.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { CustomerChange } from '../../ports/loads.ts';
import type { Memo } from './memo.ts';
import { type MatchPlan, makePlan } from './plan-matches.ts';
import { savePart } from './save-part.ts';
import type { PartDeps } from './part-deps.ts';

/** Customers whose fate is written at a time, and links of one call. */
const AT_A_TIME = 1000;
const LINKS = 200;
const QUESTIONS = 50;

type Open = MatchPlan['open'];

/** Writes what became of some customers: links, questions to people, accounts where that was wanted. */
export async function matchCustomers(deps: PartDeps, load: Load, object: LoadedObject, memo: Memo): Promise<Outcome<null>> {
  const plan = await planOf(deps, load, object, memo);
  if (plan.outcome !== 'done') return plan;
  const some = plan.value.open.slice(0, AT_A_TIME);
  const written = await writeFates(deps, load, systemOf(object.object), plan.value, some);
  if (written.outcome !== 'done') return written;
  const changes = written.value;
  const names = new Map(some.map(({ customer }) => [customer.id, customer.name]));
  plan.value.open.splice(0, some.length);
  const isLast = plan.value.open.length === 0;
  if (isLast) memo.plan = null;
  await savePart(deps, load, object, {
    counts: {
      written: changes.filter(({ became }) => became === 'written').length,
      unchanged: changes.filter(({ became }) => became === 'unchanged').length,
    },
    causes: changes.flatMap(({ id, became }) => (typeof became === 'string' ? [] : [{ id, name: names.get(id) ?? null, cause: became }])),
    position: { cursor: object.cursor, listed: true, state: isLast ? 'done' : 'running' },
    learned: { changes: changes.map(({ became: _became, ...change }) => change) },
  });
  return done(null);
}

async function planOf(deps: PartDeps, load: Load, object: LoadedObject, memo: Memo): Promise<Outcome<MatchPlan>> {
  if (memo.plan?.object === object.object) return done(memo.plan.plan);
  const made = await makePlan(deps, load, object);
  if (made.outcome === 'done') memo.plan = { object: object.object, plan: made.value };
  return made;
}

type Change = CustomerChange & { became: 'written' | 'unchanged' | Cause };

async function writeFates(deps: PartDeps, load: Load, system: LoadSystem, plan: MatchPlan, some: Open): Promise<Outcome<Change[]>> {
  const changes: Change[] = [];
  const put = (id: string, became: Change['became'], accountId: string | null = null) => {
    changes.push({ system, id, standing: typeof became === 'string' ? 'linked' : became.standing, accountId, became });
  };
  const links: Link[] = [];
  const questions = new Map<string, MatchReview>();
  const toMake: Open = [];
  const toAsk: Open = [];
  for (const each of some) {
    const { customer, fate } = each;
    if (fate.kind === 'held') put(customer.id, 'unchanged', fate.accountId);
    else if (fate.kind === 'link') links.push(fate.link);
    else if (fate.kind === 'another-linked') put(customer.id, ANOTHER_LINKED);
    // Its key would find the account again that is another's.
    else if (fate.kind === 'unknown') (load.createAccounts && !fate.made ? toMake : toAsk).push(each);
    else {
      const before = plan.reviews.get(fate.review.key);
      if (!before || !isAsked([before], fate.review)) questions.set(fate.review.key, fate.review);
      put(customer.id, IN_REVIEW);
    }
  }
  const owner = { companyKey: load.companyKey, companyId: load.companyId, quickbooksRealmId: null };
  const made = await createAccounts(deps, owner, system, plan, toMake);
  if (made.outcome !== 'done') return made;
  links.push(...made.value.links);
  for (const { id, cause } of made.value.refused) put(id, cause);
  const asked = await askAbout(deps, owner, system, plan, toAsk);
  if (asked.outcome !== 'done') return asked;
  for (const { customer } of toAsk) put(customer.id, asked.value.get(customer.id) ?? NO_ACCOUNT);
  const raised = await raise(deps, owner, [...questions.values()]);
  if (raised.outcome !== 'done') return raised;
  const claimed = await claim(deps, owner, links);
  if (claimed.outcome !== 'done') return claimed;
  for (const link of links) {
    if (claimed.value.has(link.externalId)) put(link.externalId, ANOTHER_LINKED);
    else put(link.externalId, 'written', link.recordId);
  }
  const answered = await raise(deps, owner, answeredBy(changes, plan, owner.companyKey));
  return answered.outcome === 'done' ? done(changes) : answered;
}

/** Questions who a customer is that are open although it is linked now. */
const answeredBy = (changes: readonly Change[], { reviews }: MatchPlan, companyKey: string): MatchReview[] =>
  changes.flatMap(({ system, id, accountId }) => {
    const asked = reviews.get(unknownKey(companyKey, system, id));
    return accountId !== null && asked?.status === 'Open' ? [{ ...asked, recordId: accountId, status: 'Resolved' as const }] : [];
  });

type Owner = Parameters<PartDeps['loadRecords']['askAbout']>[1];

/** Ids of customers whose link could not be made: another link holds a key of theirs. */
async function claim(deps: PartDeps, owner: Owner, links: readonly Link[]): Promise<Outcome<Set<string>>> {
  const taken = new Set<string>();
  for (let start = 0; start < links.length; start += LINKS) {
    const claimed = await deps.matches.claim({ ...owner, links: links.slice(start, start + LINKS) });
    if (claimed.outcome !== 'done') return claimed;
    for (const link of claimed.value) taken.add(link.externalId);
  }
  return done(taken);
}

async function raise(deps: PartDeps, owner: Owner, reviews: readonly MatchReview[]): Promise<Outcome<null>> {
  for (let start = 0; start < reviews.length; start += QUESTIONS) {
    const raised = await deps.matches.raise({ ...owner, reviews: reviews.slice(start, start + QUESTIONS), broken: [], issues: [] });
    if (raised.outcome !== 'done') return raised;
  }
  return done(null);
}

/** Asks who they are, each once: a question that was asked before stays as it was answered. Answers with those that could not be asked about. */
async function askAbout(
  deps: PartDeps,
  owner: Owner,
  system: LoadSystem,
  { reviews }: MatchPlan,
  unknown: Open,
): Promise<Outcome<Map<string, Cause>>> {
  const refused = new Map<string, Cause>();
  const news = unknown
    .map(({ customer }) => ({ reviewKey: unknownKey(owner.companyKey, system, customer.id), system, customer }))
    .filter(({ reviewKey }) => !reviews.has(reviewKey));
  if (news.length === 0) return done(refused);
  const asked = await deps.loadRecords.askAbout(news, owner);
  if (asked.outcome !== 'done') return asked;
  news.forEach(({ customer }, at) => {
    const saved = asked.value[at];
    if (saved && 'problem' in saved) refused.set(customer.id, fromSalesforce(saved.problem));
  });
  return done(refused);
}

async function createAccounts(
  deps: PartDeps,
  owner: Owner,
  system: LoadSystem,
  { homeCurrency }: MatchPlan,
  unknown: Open,
): Promise<Outcome<{ links: Link[]; refused: { id: string; cause: Cause }[] }>> {
  const links: Link[] = [];
  const refused: { id: string; cause: Cause }[] = [];
  for (let start = 0; start < unknown.length; start += LINKS) {
    const some = unknown.slice(start, start + LINKS).map(({ customer }) => ({
      key: unknownKey(owner.companyKey, system, customer.id),
      customer,
      currency: customer.currency ?? homeCurrency,
    }));
    const made = await deps.loadRecords.createAccounts(some, owner);
    if (made.outcome !== 'done') return made;
    some.forEach(({ customer }, at) => {
      const saved = made.value[at];
      if (saved && 'id' in saved) links.push(linkToMade(system, saved.id, customer, homeCurrency));
      else if (saved)
        refused.push({ id: customer.id, cause: saved.problem.code === 'no-access' ? NO_RIGHT_TO_CREATE : fromSalesforce(saved.problem) });
    });
  }
  return done({ links, refused });
}

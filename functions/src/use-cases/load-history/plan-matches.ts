import { type Fate, planMatches } from '../../domain/first-load/plan-matches.ts';
import { type Load, type LoadedObject, systemOf } from '../../domain/first-load/load.ts';
import type { PastCustomer } from '../../domain/first-load/past.ts';
import type { MatchReview } from '../../domain/match-review.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { giveWay } from './give-way.ts';
import type { PartDeps } from './part-deps.ts';

/** Whom it is still to be written what became of, in turn. */
export interface MatchPlan {
  open: { customer: PastCustomer; fate: Fate }[];
  /** Questions that were asked before, by their keys. */
  reviews: Map<string, MatchReview>;
  homeCurrency: string;
}

const PAGE = 5000;

/**
 * Reads all who are to be matched with each other and looks at each. Those whose fate is written already are looked at as well: what
 * became of them says what becomes of the others.
 */
export async function makePlan(deps: PartDeps, load: Load, object: LoadedObject): Promise<Outcome<MatchPlan>> {
  const system = systemOf(object.object);
  const company = await deps.records.readCompany({ asking: null });
  if (company.outcome !== 'done') return company;
  const accounts = await readAll(
    (cursor) => deps.loadRecords.listAccounts(cursor),
    ({ accounts: all }) => all,
  );
  if (accounts.outcome !== 'done') return accounts;
  const links = await readAll(
    (cursor) => deps.loadRecords.listLinks(cursor),
    ({ links: all }) => all.filter((link) => link.system === system),
  );
  if (links.outcome !== 'done') return links;
  const reviews = await readAll(
    (cursor) => deps.loadRecords.listReviews(cursor),
    ({ reviews: all }) => all.filter((each) => each.system === system),
  );
  if (reviews.outcome !== 'done') return reviews;

  const customers: PastCustomer[] = [];
  const read = new Set<string>();
  for (let after: string | null = null; ;) {
    const page = await deps.loads.listCustomers(load.key, system, { after, limit: PAGE });
    for (const { customer, standing } of page) {
      customers.push(customer);
      if (standing === 'read') read.add(customer.id);
    }
    after = page.at(-1)?.customer.id ?? null;
    if (page.length < PAGE) break;
  }
  const { homeCurrency } = company.value.company;
  const ground = {
    system,
    companyKey: load.companyKey,
    homeCurrency,
    accounts: accounts.value,
    links: links.value,
    reviews: reviews.value,
  };
  const fates = await giveWay(planMatches({ ...ground, customers }));
  const open = customers
    .filter(({ id }) => read.has(id))
    .map((customer) => ({ customer, fate: fates.get(customer.id) ?? { kind: 'unknown' as const, made: false } }));
  return done({ open, homeCurrency, reviews: new Map(reviews.value.map((review) => [review.key, review])) });
}

async function readAll<Page extends { next: string | null }, T>(
  list: (cursor: string | null) => Promise<Outcome<Page>>,
  rows: (page: Page) => T[],
): Promise<Outcome<T[]>> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Outcome<Page> = await list(cursor);
    if (page.outcome !== 'done') return page;
    for (const row of rows(page.value)) all.push(row);
    cursor = page.value.next;
  } while (cursor !== null);
  return done(all);
}

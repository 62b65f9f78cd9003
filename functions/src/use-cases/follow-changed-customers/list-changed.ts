import type { Link } from '../../domain/link.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { hasNews, isAsRemembered } from '../../domain/settle-facts.ts';
import type { CustomerRead } from '../../ports/customer-records.ts';
import type { HeldCustomer } from '../../ports/customers.ts';
import type { Deps } from '../deps.ts';

export type ListDeps = Pick<Deps, 'customerRecords' | 'customers'>;

/** Accounts in which something is not as it was settled last, and in which systems that may be. */
export interface ChangedPage {
  changed: { accountId: string; systems: Link['system'][] }[];
  next: string | null;
}

interface Page {
  since: string;
  cursor: string | null;
}

/** So many customers are looked for in Salesforce at once. */
const AT_ONCE = 200;

/** Where Salesforce says something anew: no other system is asked for it. */
export async function listChangedHere({ customerRecords }: ListDeps, page: Page): Promise<Outcome<ChangedPage>> {
  return mapOutcome(await customerRecords.listChangedCustomers(page), ({ customers, next }) => ({
    changed: customers.flatMap((customer) => changedIn(customer.accountId, customer.links.filter(anew(customer)))),
    next,
  }));
}

/** An open question about the e-mail goes to the contact who is billed now, also where both say the same. */
function anew({ ours, contactId, conflicts }: CustomerRead): (held: CustomerRead['links'][number]) => boolean {
  const asksAnother = conflicts.some((each) => each.state === 'Open' && each.fact === 'email' && each.contactId !== contactId);
  return ({ link, memory }) => asksAnother || hasNews({ link, ours, memory });
}

/** Where that system says something anew: its events may have been lost, and times of customers move with every invoice. */
export const listChangedIn =
  (system: Link['system']) =>
  async ({ customerRecords, customers }: ListDeps, page: Page): Promise<Outcome<ChangedPage>> => {
    const listed = await customers[system].listChanged(page);
    if (listed.outcome !== 'done') return listed;
    const held = new Map(listed.value.customers.map((customer) => [customer.id, customer]));
    const ids = [...held.keys()];
    const changed: ChangedPage['changed'] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const read = await customerRecords.readCustomersOf({ system, externalIds: ids.slice(from, from + AT_ONCE) });
      if (read.outcome !== 'done') return read;
      changed.push(...read.value.flatMap((customer) => changedIn(customer.accountId, moved(system, customer, held))));
    }
    return done({ changed, next: listed.value.next });
  };

const moved = (system: Link['system'], { links }: CustomerRead, held: ReadonlyMap<string, HeldCustomer>) =>
  links.filter(({ link, memory }) => {
    const theirs = link.system === system ? held.get(link.externalId) : undefined;
    return theirs?.active === true && !isAsRemembered(theirs.facts, memory);
  });

const changedIn = (accountId: string, links: readonly { link: Link }[]): ChangedPage['changed'] =>
  links.length === 0 ? [] : [{ accountId, systems: [...new Set(links.map(({ link }) => link.system))] }];

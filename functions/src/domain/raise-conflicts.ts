import { type Asked, type Conflict, conflictKey } from './conflict.ts';
import { type CustomerFacts, plainFact } from './customer-facts.ts';
import type { Link } from './link.ts';
import type { Doubt, Settled } from './settle-facts.ts';

type Customer = Pick<Link, 'system' | 'externalId'>;

interface About extends Asked {
  contactId: string | null;
  ours: CustomerFacts;
}

/** The conflicts that a look at one customer opens, keeps up to date or finds settled; those that stay as they are are left out. */
export function conflictsAfter(about: About, customer: Customer, { doubts, agreed }: Pick<Settled, 'doubts' | 'agreed'>): Conflict[] {
  const opened = doubts.flatMap((doubt) => opening(about, customer, doubt));
  const asked = new Set(doubts.map(({ fact }) => conflictKey(about, customer, fact)));
  const settled = new Set(agreed.map((fact) => conflictKey(about, customer, fact)));
  const rest = about.conflicts.filter(({ state, key }) => state === 'Open' && !asked.has(key));
  return [...opened, ...rest.flatMap((conflict) => upToDate(about, conflict, settled.has(conflict.key) ? customer.system : null))];
}

function opening(about: About, customer: Customer, doubt: Doubt): Conflict[] {
  const { accountId, contactId, conflicts } = about;
  const { system } = customer;
  const { fact, reason, ours, theirs } = doubt;
  const key = conflictKey(about, customer, fact);
  const before = conflicts.find((each) => each.key === key);
  // A person answered this very question with Salesforce's value; asked again is only what comes back after the answer was sent.
  const answered = before?.state === 'Decided' && before.chosen === 'Salesforce';
  if (answered && isSamePair(before, system, doubt) && reason !== 'Changed Back Again') return [];
  const others = before?.state === 'Open' ? before.values : { stripe: null, quickbooks: null };
  return [
    {
      key,
      ...(before?.conflictId ? { conflictId: before.conflictId } : {}),
      accountId,
      contactId: fact === 'email' ? contactId : null,
      fact,
      values: { ...others, salesforce: ours, [system]: theirs },
      reason,
      state: 'Open',
      chosen: null,
      decidedBy: null,
      decidedAt: null,
    },
  ];
}

const isSamePair = ({ values }: Conflict, system: Link['system'], { fact, ours, theirs }: Doubt): boolean =>
  plainFact(fact, values.salesforce) === plainFact(fact, ours) && plainFact(fact, values[system]) === plainFact(fact, theirs);

function upToDate({ ours, contactId }: About, before: Conflict, agreed: Link['system'] | null): Conflict[] {
  const { fact, values } = before;
  const here = plainFact(fact, ours[fact]);
  const left = (['stripe', 'quickbooks'] as const).filter(
    (each) => values[each] !== null && plainFact(fact, values[each]) !== here && each !== agreed,
  );
  const now: Conflict = { ...before, contactId: fact === 'email' ? contactId : null, values: { ...values, salesforce: ours[fact] } };
  if (left.length === 0) return [{ ...now, state: 'Decided', chosen: 'In Step' }];
  return plainFact(fact, values.salesforce) === here && now.contactId === before.contactId ? [] : [now];
}

import type { Problem } from '../problem.ts';
import type { LoadCause, LoadObject } from './load.ts';

/** Why a record waits or is refused. */
export interface Cause {
  standing: LoadCause['standing'];
  code: string;
  message: string;
  action: string;
}

const waits = (code: string, message: string, action: string): Cause => ({ standing: 'waiting', code, message, action });
const refuses = (code: string, message: string, action: string): Cause => ({ standing: 'refused', code, message, action });

const NEXT = 'then start the first load again: it takes what waited.';

export const IN_REVIEW = waits(
  'in-match-review',
  'The customer could be several accounts, or is not certain to be the likely one.',
  `Decide its match review, ${NEXT}`,
);
export const NO_ACCOUNT = waits(
  'no-account',
  'No account matches the customer.',
  `Choose the account in its match review, or let the load create accounts; ${NEXT}`,
);
export const ANOTHER_LINKED = waits(
  'another-customer-linked',
  'The account it belongs to is linked to another customer of the same system.',
  `Merge the two customers in their own system, or undo the link and decide the match review; ${NEXT}`,
);
export const CUSTOMER_WAITS = waits(
  'customer-waits',
  'Its customer waits for a match review.',
  `Decide the match review of the customer, ${NEXT}`,
);

export const NOT_ISSUED = refuses(
  'draft',
  'It is a draft and was never issued.',
  'Nothing to do: finalize it, and the next load takes it.',
);
export const UNKNOWN_STATUS = refuses(
  'unknown-status',
  'Its status is one that Trueup does not know.',
  'Look at it in its own system; ask support when it should be shown.',
);
export const NO_CUSTOMER = refuses(
  'customer-missing',
  'Its customer was deleted, cannot be read, or came only after the customers were read.',
  'Nothing to do if it is not wanted; else restore the customer if it was deleted, and start the load again.',
);
export const CUSTOMER_REFUSED = refuses(
  'customer-refused',
  'Its customer could not be loaded.',
  'See the cause at the customers, and start the load again once it is mended.',
);
export const FOREIGN_CURRENCY = refuses(
  'foreign-currency',
  'It is in a currency that the org cannot show: the org has one currency only.',
  'Switch on multiple currencies in Salesforce and start the load again, or leave it out.',
);
export const COPY_DIFFERS = refuses(
  'copy-differs',
  'The copy in QuickBooks is no longer equal to the invoice in Stripe.',
  'Correct whichever is wrong in its own system, and start the load again.',
);
export const MARKED_ELSEWHERE = refuses(
  'issued-elsewhere',
  'It carries the mark of an invoice that Trueup issued, which this org does not hold.',
  'Nothing to do if another org issued it; else restore the invoice in Salesforce.',
);
export const PAYMENT_MARKED_ELSEWHERE = refuses(
  'issued-elsewhere',
  'It carries the mark of a payment of Trueup, which this org does not hold.',
  'Nothing to do if another org issued its invoice; else restore the invoice in Salesforce and refresh it.',
);
export const PAYMENT_NOT_HELD = waits(
  'payment-not-held',
  'It pays an invoice that Trueup issued, and Salesforce does not hold it yet.',
  'Refresh the invoice: its payments come with it, and not with a load.',
);
export const NO_RIGHT_TO_CREATE = refuses(
  'no-right-to-create-accounts',
  'No account matches the customer, and the integration user may not create accounts.',
  'Give it Create and Edit on Account and edit access to its phone and billing address in a permission set of your own, and start the load again; or load without creating accounts, and decide match reviews.',
);
export const NEVER_PAID = refuses('never-paid', 'No money moved: the payment was never made.', 'Nothing to do.');
export const unreadable = (why: string): Cause =>
  refuses('unreadable', `It cannot be read: ${why}`, 'Look at it in its own system and correct what is wrong.');
export const byNoAccount = refuses(
  'no-customer-named',
  'It names no customer, so it belongs to no account.',
  'Nothing to do if it is not wanted; else give it a customer in its own system.',
);
export const fromSalesforce = ({ code, message, action }: Problem): Cause => refuses(code, message, action);

const MOST_CAUSES = 50;
const MOST_EXAMPLES = 5;

/** What became of a record; `name`: what people call it in its own system, where it has a name or number. */
export interface Told {
  id: string;
  name?: string | null;
  cause: Cause;
}

/** What became of some records, added to what is known; causes that are too many to tell are counted under one. */
export function addCauses(known: readonly LoadCause[], object: LoadObject, news: readonly Told[]): LoadCause[] {
  const all = known.map((each) => ({ ...each, examples: [...each.examples] }));
  for (const { id, name, cause } of news) {
    let held = all.find(
      (each) => each.object === object && each.standing === cause.standing && each.code === cause.code && each.message === cause.message,
    );
    if (!held) {
      const { code, message, action, standing } = all.length < MOST_CAUSES ? cause : { ...OTHER, standing: cause.standing };
      held = all.find((each) => each.object === object && each.code === code && each.standing === standing && each.message === message);
      if (!held) all.push((held = { object, standing, code, message, action, count: 0, examples: [] }));
    }
    held.count += 1;
    if (held.examples.length < MOST_EXAMPLES) held.examples.push(name || id);
  }
  return all;
}

const OTHER = { code: 'other', message: 'Other causes, too many to list.', action: 'Mend those that are listed and start the load again.' };

import type { DifferenceCause } from './find-differences.ts';
import { type Link, linkRecordKey } from './link.ts';

/** A link that leads nowhere any more, and why. */
export interface BrokenLink {
  link: Link;
  why: 'gone' | 'account-deleted';
}

/** Of the account, system and currency, so that the same break is reported once. */
export const brokenIssueKey = (companyKey: string, link: Pick<Link, 'system' | 'recordId' | 'currency'>): string =>
  `link-broken.${linkRecordKey(companyKey, link)}`;

/** For a person: nothing is created in the place of what is gone. */
export function brokenIssue(companyKey: string, { link, why }: BrokenLink) {
  const system = link.system === 'stripe' ? 'Stripe' : 'QuickBooks';
  const who = `${link.displayName ?? link.externalId} (${link.externalId}) in ${system}`;
  const cause: DifferenceCause = 'Link Broken';
  const words = link.recordType === 'Product2' ? wordsForProduct(who) : wordsFor(who, why);
  return { key: brokenIssueKey(companyKey, link), cause, invoiceId: null, recordId: link.recordId, ...words };
}

const wordsForProduct = (who: string) => ({
  message: `The product that a product was linked to, ${who}, was deleted or archived. Its invoices wait.`,
  fix: 'Restore it in Stripe if it is still sold. Then open the match review of the product (the next preview of an invoice makes one), and link it again, link another one, or create a new one. Nothing was created in its place.',
});

function wordsFor(who: string, why: BrokenLink['why']): { message: string; fix: string } {
  if (why === 'gone')
    return {
      message: `The customer an account was linked to, ${who}, was deleted or merged into another.`,
      fix: 'Open the match review of the account (the next preview of an invoice makes one) and say who it is now. Nothing was created in its place.',
    };
  return {
    message: `The account that was linked to ${who} was deleted in Salesforce.`,
    fix: 'Nothing to do if that was meant. Otherwise restore the account: the next preview of an invoice looks for the customer again.',
  };
}

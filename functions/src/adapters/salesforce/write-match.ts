import type { ItemReview } from '../../domain/item-review.ts';
import { type Link, linkExternalKey, linkRecordKey } from '../../domain/link.ts';
import { type MatchReview, writeContent } from '../../domain/match-review.ts';
import type { Doubts, Settlement } from '../../ports/match-records.ts';
import type { Subrequest } from './client.ts';
import { at, given } from './write-fields.ts';
import { issueNode } from './write-issue.ts';

interface Owner {
  companyKey: string;
  companyId: string;
}

function linkFields(link: Link, { companyKey, companyId }: Owner): Record<string, unknown> {
  return given({
    Company__c: companyId,
    System__c: link.system === 'stripe' ? 'Stripe' : 'QuickBooks',
    Record_Id__c: link.recordId,
    Record_Type__c: link.recordType,
    Account__c: link.recordType === 'Account' ? link.recordId : undefined,
    Product__c: link.recordType === 'Product2' ? link.recordId : undefined,
    Currency_Code__c: link.currency,
    External_Id__c: link.externalId,
    External_Type__c: link.externalType,
    External_Key__c: linkExternalKey(companyKey, link),
    Status__c: link.status,
    Matched_By__c: link.matchedBy,
    Display_Name__c: link.displayName?.slice(0, 255),
    External_URL__c: link.url,
    Reasons__c: link.reasons?.slice(0, 5000),
    Score__c: link.score,
    Confirmed_By__c: link.confirmedBy,
    Remembered_Facts__c: link.remembered,
  });
}

/** Made, not upserted: a key that is taken must say so. */
export const linkNode = (link: Link, owner: Owner, referenceId: string): Subrequest => ({
  method: 'POST',
  path: '/sobjects/Trueup_Link__c',
  referenceId,
  body: { ...linkFields(link, owner), Record_Key__c: linkRecordKey(owner.companyKey, link) },
});

/** The row stays as history; others may have its keys. */
const giveUp = ({ linkId }: Link, status: Link['status'], referenceId: string): Subrequest => ({
  method: 'PATCH',
  path: `/sobjects/Trueup_Link__c/${linkId ?? ''}`,
  referenceId,
  body: { Status__c: status, Record_Key__c: null, External_Key__c: null },
});

const reviewFields = (review: MatchReview | ItemReview) => ({
  Status__c: review.status,
  Reason__c: review.reason.slice(0, 255),
  Candidates__c: writeContent(review.content),
});

export function doubtNodes({ reviews, itemReviews = [], broken, undone = [], followed = [], issues, ...owner }: Doubts): Subrequest[] {
  return [
    ...broken.map((link, index) => giveUp(link, 'Broken', `broken${index}`)),
    ...undone.map((link, index) => giveUp(link, 'Undone', `undone${index}`)),
    ...followed.map((link, index): Subrequest => ({
      method: 'PATCH',
      path: `/sobjects/Trueup_Link__c/${link.linkId ?? ''}`,
      referenceId: `followed${index}`,
      body: { Record_Id__c: link.recordId, Record_Key__c: linkRecordKey(owner.companyKey, link) },
    })),
    ...[...reviews, ...itemReviews].map((review, index): Subrequest => ({
      method: 'PATCH',
      path: at('Trueup_Match_Review__c', 'Review_Key__c', review.key),
      referenceId: `review${index}`,
      body: {
        ...reviewFields(review),
        Company__c: owner.companyId,
        ...(review.recordType === 'Product2' ? { Product__c: review.recordId } : { Account__c: review.recordId }),
        Record_Id__c: review.recordId,
        Record_Type__c: review.recordType ?? 'Account',
        System__c: review.system === 'stripe' ? 'Stripe' : 'QuickBooks',
      },
    })),
    ...issues.map((issue, index) => issueNode(issue, index, owner)),
  ];
}

export function settlementNodes({ reviewId, review, link, undo, resolved, ...owner }: Settlement): Subrequest[] {
  return [
    ...(undo ? [giveUp(undo, 'Undone', 'undone')] : []),
    ...(link ? [linkNode(link, owner, 'link')] : []),
    { method: 'PATCH', path: `/sobjects/Trueup_Match_Review__c/${reviewId}`, referenceId: 'review', body: reviewFields(review) },
    ...resolved.map((key, index): Subrequest => ({
      method: 'PATCH',
      path: at('Trueup_Sync_Issue__c', 'Issue_Key__c', key),
      referenceId: `resolved${index}`,
      body: { Status__c: 'Resolved' },
    })),
  ];
}

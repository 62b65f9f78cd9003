import { linkExternalKey, linkRecordKey, sortClaims } from '../../domain/link.ts';
import { done, rejected } from '../../domain/outcome.ts';
import type { MatchRecords, StrayLink } from '../../ports/match-records.ts';
import type { Faults } from './faults.ts';
import { leftOf, linksOf, productOf, reviewsOf, type MemoryOrg } from './org.ts';

/** The same unique keys as the org's: rows that gave theirs up stay under their own id. */
export function createMatchRecords(faults: Faults, org: MemoryOrg): MatchRecords {
  const inUse = () => linksOf(org).filter((link) => link.status === 'Linked');
  let given = 0;
  const giveUp = (linkId: string | undefined, status: 'Undone' | 'Broken') => {
    for (const [key, link] of org.links) {
      if (link.linkId !== linkId && key !== linkId) continue;
      org.links.delete(key);
      org.links.set(`${status}${(given += 1)}`, { ...link, status });
    }
  };

  return {
    raise: ({ companyKey, reviews, itemReviews = [], broken, undone = [], followed = [], issues }) =>
      faults.outcome('matches.raise', () => {
        for (const { linkId } of broken) giveUp(linkId, 'Broken');
        for (const { linkId } of undone) giveUp(linkId, 'Undone');
        for (const { linkId = '', ...link } of followed) {
          org.links.delete(linkId);
          org.links.set(linkRecordKey(companyKey, link), link);
        }
        for (const review of reviews) org.reviews.set(review.key, structuredClone(review));
        for (const review of itemReviews) org.itemReviews.set(review.key, structuredClone(review));
        for (const issue of issues) org.issues.set(issue.key, issue);
        return done(null);
      }),
    readReview: ({ reviewId }) =>
      faults.outcome('matches.readReview', () => {
        const review = org.reviews.get(reviewId) ?? org.itemReviews.get(reviewId);
        if (!review)
          return rejected({
            code: 'record-not-found',
            severity: 'error',
            message: 'No such review.',
            action: 'Open it again from its list.',
          });
        const links = linksOf(org).filter((link) => link.recordId === review.recordId && link.status === 'Linked');
        return done(structuredClone({ review, company: org.company, links, canEdit: org.rights.canEdit }));
      }),
    readLink: ({ linkId }) =>
      faults.outcome('matches.readLink', () => {
        const link = linksOf(org).find((each) => each.linkId === linkId);
        if (!link) return rejected({ code: 'record-not-found', severity: 'error', message: 'No such link.', action: 'Open it again.' });
        const of = <Each extends { recordId: string }>(all: Map<string, Each>) =>
          [...all.values()].filter((each) => each.recordId === link.recordId);
        const product = productOf(org, link.recordId);
        const recordName = org.accounts.find((account) => account.id === link.recordId)?.name ?? product?.productName ?? link.recordId;
        return done(
          structuredClone({
            link,
            company: org.company,
            recordName,
            productCode: product?.productCode ?? null,
            reviews: of(org.reviews),
            itemReviews: of(org.itemReviews),
            canRead: org.rights.canRead,
          }),
        );
      }),
    readParties: ({ invoiceId }) =>
      faults.outcome('matches.readParties', () => {
        const invoice = org.invoices.get(invoiceId);
        if (!invoice)
          return rejected({ code: 'record-not-found', severity: 'error', message: 'No such invoice.', action: 'Open it again.' });
        const accountId = leftOf(org, invoice.accountId);
        const sold = new Set(invoice.lines.map((line) => line.productId));
        const links = linksOf(org).filter((link) =>
          link.recordType === 'Account' ? link.recordId === accountId && link.status !== 'Undone' : sold.has(link.recordId),
        );
        const reviews = reviewsOf(org).filter((review) => review.recordId === accountId);
        const itemReviews = [...org.itemReviews.values()].filter((review) => sold.has(review.recordId));
        return done(structuredClone({ accountId, links, reviews, itemReviews }));
      }),
    claim: ({ companyKey, links }) =>
      faults.outcome('matches.claim', () => {
        const { free, taken } = sortClaims(
          companyKey,
          links,
          inUse().map((link) => ({ link })),
        );
        for (const link of free) org.links.set(linkRecordKey(companyKey, link), structuredClone(link));
        return done(taken);
      }),
    settle: ({ companyKey, reviewId, review, link, undo, resolved }) =>
      faults.outcome('matches.settle', () => {
        const keys = link && [linkRecordKey(companyKey, link), linkExternalKey(companyKey, link)];
        const holder = inUse().find(
          (each) =>
            (undo === null || each.linkId !== undo.linkId) &&
            keys?.some((key) => key === linkRecordKey(companyKey, each) || key === linkExternalKey(companyKey, each)),
        );
        if (holder)
          return done({
            link: holder,
            recordName: org.accounts.find((account) => account.id === holder.recordId)?.name ?? holder.recordId,
          });
        if (undo) giveUp(undo.linkId, 'Undone');
        if (link) org.links.set(linkRecordKey(companyKey, link), structuredClone(link));
        if (review.recordType === 'Product2') org.itemReviews.set(reviewId, structuredClone(review));
        else org.reviews.set(reviewId, structuredClone(review));
        for (const key of resolved) {
          const issue = org.issues.get(key);
          if (issue) org.issues.set(key, { ...issue, resolved: true });
        }
        return done(null);
      }),
    findLinks: ({ system, externalId }) =>
      faults.outcome('matches.findLinks', () =>
        done(inUse().filter((link) => link.system === system && link.externalId === externalId && link.recordType === 'Account')),
      ),
    findItemLinks: ({ system, externalIds }) =>
      faults.outcome('matches.findItemLinks', () =>
        done(
          inUse().flatMap((link) =>
            link.recordType === 'Product2' && link.system === system && externalIds.includes(link.externalId)
              ? [{ link: structuredClone(link), recordName: productOf(org, link.recordId)?.productName ?? link.recordId }]
              : [],
          ),
        ),
      ),
    listLinkedProducts: () =>
      faults.outcome('matches.listLinkedProducts', () =>
        done(structuredClone(inUse().filter(({ system, recordType }) => system === 'stripe' && recordType === 'Product2'))),
      ),
    listStrayLinks: () =>
      faults.outcome('matches.listStrayLinks', () => {
        const strays = inUse().flatMap((link): StrayLink[] => {
          if (link.recordType !== 'Account') return [];
          const stored = org.links.get(link.linkId ?? '')?.recordId ?? link.recordId;
          if (stored === link.recordId) return org.accounts.some(({ id }) => id === stored) ? [] : [{ link, mergedInto: null }];
          const of = <Each extends { recordId: string }>(all: Each[]) => all.filter(({ recordId }) => recordId === link.recordId);
          const name = org.mergedInto.get(stored)?.name ?? '';
          return [{ link, mergedInto: { name, links: of(inUse()), reviews: of(reviewsOf(org)) } }];
        });
        return done(structuredClone(strays));
      }),
  };
}

import { linkExternalKey, linkRecordKey, sortClaims, type Link } from '../../domain/link.ts';
import { readContent } from '../../domain/match-review.ts';
import { type Outcome, done, mapOutcome, rejected } from '../../domain/outcome.ts';
import type { Holder, MatchRecords, StrayLink } from '../../ports/match-records.ts';
import { type Row, type SalesforceClient, isRefusal } from './client.ts';
import { type RecordsSettings, createCompanies } from './company.ts';
import { judge } from './errors.ts';
import { LINK_FIELDS, REVIEW_FIELDS, accessQuery, linksQuery, ofCompany } from './select.ts';
import { isRecordId, quote, quoteAll, toId18 } from './soql.ts';
import { id18, text, toItemReview, toLink, toReview } from './translate.ts';
import { doubtNodes, linkNode, settlementNodes } from './write-match.ts';

const notFound = rejected({
  code: 'record-not-found',
  severity: 'error',
  message: 'Salesforce has no such match review or link, or it cannot be seen.',
  action: 'Open it again from its list.',
});
const spoilt = rejected({
  code: 'review-unreadable',
  severity: 'error',
  message: 'The candidates of this review were changed by hand and cannot be read.',
  action: 'Delete the review: the next preview of an invoice for the account makes it anew.',
});
/** More strays than this are left to the next run. */
const MOST_STRAYS = 200;

const accountNameOf = (row: Row): string => text((row.Account__r as Row | null) ?? {}, 'Name') ?? String(row.Record_Id__c);

const productNameOf = (row: Row): string => text((row.Product__r as Row | null) ?? {}, 'Name') ?? String(row.Record_Id__c);
/** The wildcards of LIKE as themselves. */
const plainInLike = (text: string): string => text.replaceAll(/[\\_%]/g, String.raw`\$&`);

/** Salesforce behind the port for links and match reviews, for one company. */
export function createMatchRecords(client: SalesforceClient, settings: RecordsSettings): MatchRecords {
  const companies = createCompanies(client, settings);
  const inUse = `Status__c = 'Linked' AND Company__r.External_Key__c = ${quote(settings.companyKey)}`;

  /** Links that have a unique key of these. */
  const holdersOf = async (companyKey: string, links: readonly Link[]): Promise<Outcome<Holder[]>> => {
    const select = `SELECT ${LINK_FIELDS}, Account__r.Name FROM Trueup_Link__c WHERE`;
    const answer = await client.queries('read-link-holders', {
      record: `${select} Record_Key__c IN (${quoteAll(links.map((link) => linkRecordKey(companyKey, link)))})`,
      external: `${select} External_Key__c IN (${quoteAll(links.map((link) => linkExternalKey(companyKey, link)))})`,
    });
    return mapOutcome(answer, ({ record, external }) =>
      [...record, ...external].map((row) => ({ link: toLink(row), recordName: accountNameOf(row) })),
    );
  };

  return {
    async raise(doubts) {
      const answer = await client.graph('raise-doubts', doubtNodes(doubts));
      if (answer.outcome !== 'done') return answer;
      return isRefusal(answer.value) ? judge(answer.value.refused) : done(null);
    },

    async readReview({ reviewId, asking }) {
      if (!isRecordId(reviewId)) return notFound;
      const id = toId18(reviewId);
      const [company, answer] = await Promise.all([
        companies.read(),
        client.queries('read-review', {
          review: `SELECT Id, ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE Id = ${quote(id)} AND Company__r.External_Key__c = ${quote(settings.companyKey)}`,
          links: linksQuery(settings.companyKey, `Account__c IN (SELECT Account__c FROM Trueup_Match_Review__c WHERE Id = ${quote(id)})`),
          products: linksQuery(
            settings.companyKey,
            `Product__c IN (SELECT Product__c FROM Trueup_Match_Review__c WHERE Id = ${quote(id)})`,
          ),
          access: accessQuery(asking.userId, id),
        }),
      ]);
      if (company.outcome !== 'done') return company;
      if (answer.outcome !== 'done') return answer;
      const [row] = answer.value.review;
      if (!row) return notFound;
      if (!readContent(text(row, 'Candidates__c'))) return spoilt;
      const [review] = row.Record_Type__c === 'Product2' ? toItemReview(row) : toReview(row);
      if (!review) return notFound;
      const canEdit = answer.value.access.some((each) => each.HasEditAccess === true);
      const links = (review.recordType === 'Product2' ? answer.value.products : answer.value.links).map(toLink);
      return done({ review, company: company.value, links, canEdit });
    },

    async readLink({ linkId, asking }) {
      if (!isRecordId(linkId)) return notFound;
      const id = toId18(linkId);
      const [company, answer] = await Promise.all([
        companies.read(),
        client.queries('read-link', {
          link: `SELECT ${LINK_FIELDS}, Account__r.Name, Product__r.Name, Product__r.ProductCode FROM Trueup_Link__c WHERE Id = ${quote(id)} AND Company__r.External_Key__c = ${quote(settings.companyKey)}`,
          reviews: `SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE Account__c IN (SELECT Account__c FROM Trueup_Link__c WHERE Id = ${quote(id)})`,
          itemReviews: `SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE ${ofCompany(settings.companyKey)} AND Product__c IN (SELECT Product__c FROM Trueup_Link__c WHERE Id = ${quote(id)})`,
          access: accessQuery(asking.userId, id),
        }),
      ]);
      if (company.outcome !== 'done') return company;
      if (answer.outcome !== 'done') return answer;
      const [row] = answer.value.link;
      if (!row) return notFound;
      const ofProduct = row.Record_Type__c === 'Product2';
      return done({
        link: toLink(row),
        company: company.value,
        recordName: ofProduct ? productNameOf(row) : accountNameOf(row),
        productCode: text((row.Product__r as Row | null) ?? {}, 'ProductCode'),
        reviews: ofProduct ? [] : answer.value.reviews.flatMap(toReview),
        itemReviews: ofProduct ? answer.value.itemReviews.flatMap(toItemReview) : [],
        canRead: answer.value.access.some((each) => each.HasReadAccess === true),
      });
    },

    async readParties({ invoiceId }) {
      const id = quote(toId18(invoiceId));
      const account = `(SELECT Account__c FROM Trueup_Invoice__c WHERE Id = ${id})`;
      const sold = `(SELECT Product__c FROM Trueup_Invoice_Line__c WHERE Invoice__c = ${id})`;
      const answer = await client.queries('read-parties', {
        invoice: `SELECT Account__c FROM Trueup_Invoice__c WHERE Id = ${id}`,
        links: linksQuery(settings.companyKey, `Account__c IN ${account}`, ['Linked', 'Broken']),
        products: linksQuery(settings.companyKey, `Product__c IN ${sold}`, ['Linked', 'Broken']),
        reviews: `SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE ${ofCompany(settings.companyKey)} AND Account__c IN ${account}`,
        itemReviews: `SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE ${ofCompany(settings.companyKey)} AND Product__c IN ${sold}`,
      });
      if (answer.outcome !== 'done') return answer;
      const { invoice, links, products, reviews, itemReviews } = answer.value;
      const accountId = invoice[0] && id18(invoice[0], 'Account__c');
      if (!accountId) return notFound;
      return done({
        accountId,
        links: [...links, ...products].map(toLink),
        reviews: reviews.flatMap(toReview),
        itemReviews: itemReviews.flatMap(toItemReview),
      });
    },

    async claim({ links, ...owner }) {
      const make = (wanted: readonly Link[]) =>
        client.graph(
          'claim-links',
          wanted.map((link, index) => linkNode(link, owner, `link${index}`)),
        );
      const first = await make(links);
      if (first.outcome !== 'done') return first;
      if (!isRefusal(first.value)) return done([]);
      if (first.value.refused.errorCode !== 'DUPLICATE_VALUE') return judge(first.value.refused);
      const holders = await holdersOf(owner.companyKey, links);
      if (holders.outcome !== 'done') return holders;
      const { free, taken } = sortClaims(owner.companyKey, links, holders.value);
      const second = free.length === 0 ? done({}) : await make(free);
      if (second.outcome !== 'done') return second;
      if (!isRefusal(second.value)) return done(taken);
      const { refused } = second.value;
      // Somebody links at the same time: the next try sees whom.
      return judge(refused.errorCode === 'DUPLICATE_VALUE' ? { ...refused, errorCode: 'UNABLE_TO_LOCK_ROW' } : refused);
    },

    async settle(settlement) {
      const answer = await client.graph('settle-review', settlementNodes(settlement));
      if (answer.outcome !== 'done') return answer;
      if (!isRefusal(answer.value)) return done(null);
      const { link } = settlement;
      if (answer.value.refused.errorCode !== 'DUPLICATE_VALUE' || !link) return judge(answer.value.refused);
      const holders = await holdersOf(settlement.companyKey, [link]);
      if (holders.outcome !== 'done') return holders;
      // Gone again in the meantime: it can be tried once more.
      return holders.value[0] ? done(holders.value[0]) : judge(answer.value.refused);
    },

    async findLinks({ system, externalId }) {
      const type = system === 'stripe' ? 'customer' : 'Customer';
      const key = `${settings.companyKey}:${system}:${type}:${externalId}`;
      const answer = await client.queries('find-links', {
        links: `SELECT ${LINK_FIELDS} FROM Trueup_Link__c WHERE ${inUse} AND External_Key__c = ${quote(key)}`,
      });
      return mapOutcome(answer, ({ links }) => links.map(toLink));
    },

    async findItemLinks({ system, externalIds }) {
      const type = system === 'stripe' ? 'product' : 'Item';
      const keys = externalIds.map((id) => `${settings.companyKey}:${system}:${type}:${id}`);
      const chosen = keys.map((key) => `External_Key__c LIKE ${quote(`${plainInLike(key)}:%`)}`);
      const answer = await client.queries('find-item-links', {
        links: `SELECT ${LINK_FIELDS}, Product__r.Name FROM Trueup_Link__c WHERE ${inUse} AND (External_Key__c IN (${quoteAll(keys)}) OR ${chosen.join(' OR ')})`,
      });
      return mapOutcome(answer, ({ links }) => links.map((row): Holder => ({ link: toLink(row), recordName: productNameOf(row) })));
    },

    async listLinkedProducts() {
      const answer = await client.queries('list-linked-products', {
        links: `SELECT ${LINK_FIELDS} FROM Trueup_Link__c WHERE ${inUse} AND System__c = 'Stripe' AND Record_Type__c = 'Product2' ORDER BY Id`,
      });
      return mapOutcome(answer, ({ links }) => links.map(toLink));
    },

    async listStrayLinks(since) {
      const select = `SELECT ${LINK_FIELDS}, Account__r.Name FROM Trueup_Link__c WHERE ${inUse} AND Record_Type__c = 'Account'`;
      const answer = await client.queries('list-stray-links', {
        deleted: `${select} AND Account__c = null LIMIT ${MOST_STRAYS}`,
        changed: `${select} AND Account__c != null AND SystemModstamp >= ${new Date(since).toISOString()}`,
      });
      if (answer.outcome !== 'done') return answer;
      const deleted = answer.value.deleted.map((row): StrayLink => ({ link: toLink(row), mergedInto: null }));
      // A merge hands the loser's child records to the winner; the link still names the loser.
      const moved = answer.value.changed.filter((row) => id18(row, 'Account__c') !== id18(row, 'Record_Id__c')).slice(0, MOST_STRAYS);
      if (moved.length === 0) return done(deleted);
      const left = `Account__c IN (${quoteAll([...new Set(moved.map((row) => String(row.Account__c)))])})`;
      const survivors = await client.queries('read-merged', {
        links: linksQuery(settings.companyKey, left),
        reviews: `SELECT ${REVIEW_FIELDS} FROM Trueup_Match_Review__c WHERE ${ofCompany(settings.companyKey)} AND ${left}`,
      });
      return mapOutcome(survivors, (rows) => {
        const links = rows.links.map(toLink);
        const reviews = rows.reviews.flatMap(toReview);
        const strays = moved.map((row): StrayLink => {
          const link = toLink(row);
          const of = <Each extends { recordId: string }>(all: Each[]) => all.filter(({ recordId }) => recordId === link.recordId);
          return { link, mergedInto: { name: accountNameOf(row), links: of(links), reviews: of(reviews) } };
        });
        return [...deleted, ...strays];
      });
    },
  };
}

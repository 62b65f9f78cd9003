import { type Outcome, done, rejected } from '../../domain/outcome.ts';
import type { SourceRead, SourceType } from '../../domain/source.ts';
import type { Asking } from '../../ports/records.ts';
import type { Row, SalesforceClient } from './client.ts';
import { type RecordsSettings, type Companies, rightsOf } from './company.ts';
import { type OrgFeatures, accessQuery, accountQuery, earlierLinesQuery, productsQuery, sourceQueries } from './select.ts';
import { isRecordId, toId18 } from './soql.ts';
import { children, id18, text, toAccount, toContact, toEarlierLine, toItemReview, toLink, toReview, toSourceLine } from './translate.ts';

/** Standard objects have the same three leading characters in every org. */
const TYPE_OF_PREFIX: Record<string, SourceType> = { '006': 'Opportunity', '801': 'Order', '0Q0': 'Quote', '001': 'Account' };

/** Everything preview and issue need, in one composite call: the source with its lines, whom it bills, and what the user may do. */
export async function readSource(
  client: SalesforceClient,
  settings: RecordsSettings,
  features: () => Promise<Outcome<OrgFeatures>>,
  companies: Companies,
  sourceId: string,
  asking: Asking,
): Promise<Outcome<SourceRead>> {
  const type = isRecordId(sourceId) ? TYPE_OF_PREFIX[sourceId.slice(0, 3)] : undefined;
  if (!type) {
    return rejected({
      code: 'record-not-found',
      severity: 'error',
      message: 'Invoices are issued from an Opportunity, an Order, a Quote or an Account; this is the id of none of them.',
      action: 'Open the record again from its list.',
    });
  }
  const known = await features();
  if (known.outcome !== 'done') return known;
  const id = toId18(sourceId);
  const of = sourceQueries(type, id, known.value);
  const companyPath = companies.wanted();
  const queries = {
    source: of.source,
    accounts: accountQuery(of.account, settings.companyKey, known.value),
    earlier: earlierLinesQuery(id),
    access: accessQuery(asking.userId, id),
    ...(of.products ? { products: productsQuery(of.products, settings.companyKey) } : {}),
  };
  const answer = await client.queries<string>('read-source', queries, companyPath ? { company: companyPath } : {});
  if (answer.outcome !== 'done') return answer;
  const taken = companies.take(companyPath ? (answer.value['company'] ?? []) : null);
  if (taken.outcome !== 'done') return taken;
  const company = taken.value;
  const rows = (name: string): Row[] => answer.value[name] ?? [];
  const [source] = rows('source');
  const org = await client.org();
  if (org.outcome !== 'done') return org;
  if (!source) {
    return rejected({
      code: 'record-not-found',
      severity: 'error',
      message: 'Salesforce has no such record, or it cannot be seen.',
      action: 'Open the record again from its list; ask an admin when it is there.',
    });
  }
  return done({
    org: { id: org.value.orgId, multiCurrency: known.value.multiCurrency, currency: company.homeCurrency },
    company,
    source: {
      id,
      type,
      name: text(source, 'Name') ?? text(source, 'OrderNumber') ?? '',
      currency: text(source, 'CurrencyIsoCode') ?? company.homeCurrency,
      accountId: type === 'Account' ? id : (id18(source, 'AccountId') ?? ''),
      contactId: id18(source, 'ContactId') ?? id18(source, 'BillToContactId'),
      opportunityId: type === 'Opportunity' ? id : id18(source, 'OpportunityId'),
      ownerId: id18(source, 'OwnerId') ?? '',
      poNumber: text(source, 'PoNumber'),
    },
    accounts: rows('accounts').map(toAccount),
    contacts: rows('accounts').flatMap((account) => children(account, 'Contacts').map(toContact)),
    lines: of.lines ? children(source, of.lines).map(toSourceLine) : [],
    earlierLines: rows('earlier').map(toEarlierLine),
    links: [...rows('accounts'), ...rows('products')].flatMap((row) => children(row, 'Trueup_Links__r')).map(toLink),
    reviews: rows('accounts').flatMap((account) => children(account, 'Trueup_Match_Reviews__r').flatMap(toReview)),
    itemReviews: rows('products').flatMap((product) => children(product, 'Trueup_Match_Reviews__r').flatMap(toItemReview)),
    rights: rightsOf(asking.permissions, rows('access')),
  });
}

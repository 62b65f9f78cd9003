import type { OrgWriter } from './org-writer.ts';
import { type StoryDeal, accounts, company, deals, products } from './story.ts';

export interface SeedOrgOptions {
  /** Writes as a user who may write everything: seeding is an import. */
  org: OrgWriter;
  orgId: string;
  owners: Record<'rep' | 'admin', string>;
  stripeAccountId: string;
  realmId: string;
  /** Milliseconds since the epoch, as the sandbox's clock has them. */
  now: number;
}

/** Ids of the story's records by their keys. */
export interface SeededOrg {
  accounts: Record<string, string>;
  contacts: Record<string, string>;
  products: Record<string, string>;
  deals: Record<string, string>;
  companyId: string;
}

const DAY_MS = 86_400_000;
const byKey = (keys: string[], ids: string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key, index) => [key, ids[index] ?? '']));

/** Accounts, contacts, products with prices, opportunities and orders of the story, and the company record that connects the books. */
export async function seedOrg(options: SeedOrgOptions): Promise<SeededOrg> {
  const { org, owners } = options;
  const accountIds = byKey(
    accounts.map((account) => account.key),
    await org.insert(
      'Account',
      accounts.map((account) => ({
        Name: account.name,
        CurrencyIsoCode: account.currency,
        Industry: account.industry,
        Website: account.website,
        Phone: account.phone,
        BillingStreet: account.street,
        BillingCity: account.city,
        BillingState: account.state ?? null,
        BillingPostalCode: account.postalCode,
        BillingCountry: account.country,
        OwnerId: owners[account.owner],
      })),
    ),
  );
  const people = accounts.flatMap((account) => account.contacts.map((contact) => ({ ...contact, account })));
  const contactIds = byKey(
    people.map((person) => person.key),
    await org.insert(
      'Contact',
      people.map((person) => ({
        AccountId: accountIds[person.account.key],
        FirstName: person.firstName,
        LastName: person.lastName,
        Title: person.title,
        Email: person.email ?? null,
        Phone: person.phone,
        CurrencyIsoCode: person.account.currency,
        OwnerId: owners[person.account.owner],
      })),
    ),
  );
  const prices = await seedPrices(org);
  const dealIds: Record<string, string> = {};
  for (const deal of deals)
    dealIds[deal.key] = await seedDeal(org, deal, { accountIds, contactIds, prices, owner: owners[deal.owner], now: options.now });
  const [companyId = ''] = await org.insert('Trueup_Company__c', [
    {
      Name: company.name,
      External_Key__c: company.key,
      Org_Id__c: options.orgId,
      Stripe_Account_Id__c: options.stripeAccountId,
      QuickBooks_Realm_Id__c: options.realmId,
      Mode__c: 'Test',
      Home_Currency__c: company.homeCurrency,
      Time_Zone__c: company.timeZone,
      Number_Prefix__c: company.numberPrefix,
      Tax_Engine__c: 'None',
      Clearing_Account__c: 'Stripe Clearing',
      Fee_Account__c: 'Stripe Fees',
      Disputed_Funds_Account__c: 'Stripe Disputed Funds',
      Bad_Debt_Account__c: 'Bad debts',
      Payout_Account__c: 'Checking',
      Default_Terms__c: company.defaultTerms,
      Active__c: true,
      Connected__c: true,
    },
  ]);
  return { accounts: accountIds, contacts: contactIds, products: prices.productIds, deals: dealIds, companyId };
}

interface Prices {
  priceBookId: string;
  productIds: Record<string, string>;
  /** `<product code> <currency>` -> price book entry. */
  entries: Record<string, string>;
}

async function seedPrices(org: OrgWriter): Promise<Prices> {
  const [standard] = await org.query<{ Id: string }>('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  if (!standard) throw new Error('the org has no standard price book');
  const productIds = byKey(
    products.map((product) => product.code),
    await org.insert(
      'Product2',
      products.map((product) => ({ Name: product.name, ProductCode: product.code, IsActive: true })),
    ),
  );
  const offered = products.flatMap((product) => Object.entries(product.prices).map(([currency, price]) => ({ product, currency, price })));
  const ids = await org.insert(
    'PricebookEntry',
    offered.map(({ product, currency, price }) => ({
      Pricebook2Id: standard.Id,
      Product2Id: productIds[product.code],
      UnitPrice: Number(price),
      CurrencyIsoCode: currency,
      IsActive: true,
    })),
  );
  const entries = byKey(
    offered.map(({ product, currency }) => `${product.code} ${currency}`),
    ids,
  );
  return { priceBookId: standard.Id, productIds, entries };
}

interface DealContext {
  accountIds: Record<string, string>;
  contactIds: Record<string, string>;
  prices: Prices;
  owner: string;
  now: number;
}

async function seedDeal(org: OrgWriter, deal: StoryDeal, context: DealContext): Promise<string> {
  const { accountIds, contactIds, prices, owner } = context;
  const account = accounts.find((candidate) => candidate.key === deal.account);
  const currency = account?.currency ?? company.homeCurrency;
  const date = new Date(context.now + deal.closesInDays * DAY_MS).toISOString().slice(0, 10);
  const shared = {
    AccountId: accountIds[deal.account],
    Name: deal.name,
    Pricebook2Id: prices.priceBookId,
    CurrencyIsoCode: currency,
    OwnerId: owner,
  };
  const contactId = deal.contact ? contactIds[deal.contact] : null;
  const opportunity = deal.kind === 'opportunity';
  const [id = ''] = opportunity
    ? await org.insert('Opportunity', [{ ...shared, StageName: deal.stage, CloseDate: date, ContactId: contactId }])
    : await org.insert('Order', [{ ...shared, EffectiveDate: date, Status: 'Draft', BillToContactId: contactId }]);
  await org.insert(
    opportunity ? 'OpportunityLineItem' : 'OrderItem',
    deal.lines.map((line) => ({
      [opportunity ? 'OpportunityId' : 'OrderId']: id,
      PricebookEntryId: prices.entries[`${line.product} ${currency}`],
      Quantity: Number(line.quantity),
      UnitPrice: Number(line.price ?? products.find((product) => product.code === line.product)?.prices[currency]),
      Description: line.description ?? null,
    })),
  );
  if (!opportunity && deal.stage === 'Activated') await org.update('Order', [{ Id: id, Status: 'Activated' }]);
  return id;
}

import {
  amount,
  date,
  datetime,
  describedAs,
  flag,
  longText,
  nameField,
  number,
  percent,
  prefiltered,
  picklist,
  readOnly,
  reference,
  required,
  text,
  whole,
} from './builders.ts';
import type { StandardObject } from './builders.ts';

/** Stage, probability, closed, won and forecast category as a new org has them. [memory: default Sales Process] */
export const OPPORTUNITY_STAGES = [
  { name: 'Prospecting', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Qualification', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Needs Analysis', probability: 20, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Value Proposition', probability: 50, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Id. Decision Makers', probability: 60, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Perception Analysis', probability: 70, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Proposal/Price Quote', probability: 75, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Negotiation/Review', probability: 90, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Closed Won', probability: 100, closed: true, won: true, forecast: 'Closed' },
  { name: 'Closed Lost', probability: 0, closed: true, won: false, forecast: 'Omitted' },
] as const;

const filled = { defaultedOnCreate: true };
const fiscal = { compoundFieldName: 'Fiscal' };
/** Values of ForecastCategory are not what people read. */
const FORECAST_LABELS = [
  ['Omitted', 'Omitted'],
  ['Pipeline', 'Pipeline'],
  ['BestCase', 'Best Case'],
  ['MostLikely', 'Most Likely'],
  ['Forecast', 'Commit'],
  ['Closed', 'Closed'],
].map(([value, label]) => ({ active: true, defaultValue: false, label, validFor: null, value }));

/** No relationship leads from an opportunity to its contact. */
const { relationshipName: _none, ...contactId } = reference('ContactId', 'Contact ID', 'Contact', null, { updateable: false });

/** Attributes as in a recorded describe (API 48.0 to 59.0). */
export const opportunity: StandardObject = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  sharing: 'Private',
  owner: true,
  writable: true,
  currency: true,
  source: 'recorded',
  describe: { deepCloneable: true, feedEnabled: true, mruEnabled: true },
  compactLayout: ['Name', 'AccountId', 'CloseDate', 'Amount', 'StageName', 'OwnerId'],
  fields: describedAs(
    'recorded',
    'describe of Opportunity',
    reference('AccountId', 'Account ID', 'Account', 'Opportunities', { onDelete: 'cascade', ...prefiltered }),
    flag('IsPrivate', 'Private'),
    text('Name', 'Name', 120, { ...nameField, describe: { idLookup: true } }),
    longText('Description', 'Description'),
    picklist(
      'StageName',
      'Stage',
      OPPORTUNITY_STAGES.map((stage) => stage.name),
      required,
    ),
    amount('Amount', 'Amount'),
    percent('Probability', 'Probability (%)', 3, 0, { describe: filled }),
    amount('ExpectedRevenue', 'Expected Amount', readOnly),
    number('TotalOpportunityQuantity', 'Quantity', 18, 2),
    date('CloseDate', 'Close Date', required),
    picklist('Type', 'Opportunity Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer',
    ]),
    text('NextStep', 'Next Step', 255),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    flag('IsClosed', 'Closed', readOnly),
    flag('IsWon', 'Won', readOnly),
    picklist('ForecastCategory', 'Forecast Category', ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'], {
      length: 40,
      restrictedPicklist: true,
      nillable: false,
      ...readOnly,
      describe: { picklistValues: FORECAST_LABELS },
    }),
    picklist('ForecastCategoryName', 'Forecast Category', ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'], {
      restrictedPicklist: true,
      describe: filled,
    }),
    flag('HasOpportunityLineItem', 'Has Line Item', readOnly),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Opportunities', {
      relationshipName: 'Pricebook2',
      describe: { ...filled, searchPrefilterable: true },
    }),
    contactId,
    datetime('LastStageChangeDate', 'Last Stage Change Date', readOnly),
    whole('FiscalQuarter', 'Fiscal Quarter', { ...readOnly, describe: fiscal }),
    whole('FiscalYear', 'Fiscal Year', { ...readOnly, describe: fiscal }),
  ),
};

const LINE_DOC = 'developer.salesforce.com/docs OpportunityLineItem (object reference)';

/** Lengths of Quantity, Discount and prices are documented; the rest of the attributes are remembered. */
export const opportunityLineItem: StandardObject = {
  name: 'OpportunityLineItem',
  label: 'Opportunity Product',
  labelPlural: 'Opportunity Products',
  keyPrefix: '00k',
  sharing: 'ControlledByParent',
  sharingParent: 'OpportunityId',
  owner: false,
  writable: true,
  currency: true,
  source: 'documented',
  compactLayout: ['Name', 'Quantity', 'UnitPrice', 'TotalPrice'],
  fields: describedAs(
    'documented',
    LINE_DOC,
    reference('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityLineItems', {
      onDelete: 'cascade',
      updateable: false,
      ...required,
    }),
    whole('SortOrder', 'Sort Order', { createable: true, updateable: true }),
    reference('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'OpportunityLineItems', { onDelete: 'restrict' }),
    reference('Product2Id', 'Product ID', 'Product2', 'OpportunityLineItems', { relationshipName: 'Product2', updateable: false }),
    text('ProductCode', 'Product Code', 255, readOnly),
    text('Name', 'Opportunity Product Name', 376, { nameField: true, ...readOnly }),
    number('Quantity', 'Quantity', 12, 2, required),
    percent('Discount', 'Discount', 5, 2),
    amount('TotalPrice', 'Total Price'),
    amount('Subtotal', 'Subtotal', readOnly),
    amount('UnitPrice', 'Sales Price'),
    amount('ListPrice', 'List Price', readOnly),
    date('ServiceDate', 'Date'),
    text('Description', 'Line Description', 255),
  ),
};

export const opportunityContactRole: StandardObject = {
  name: 'OpportunityContactRole',
  label: 'Opportunity Contact Role',
  labelPlural: 'Opportunity Contact Role',
  idLabel: 'Contact Role ID',
  describe: { searchable: false, undeletable: false },
  keyPrefix: '00K',
  sharing: 'ControlledByParent',
  sharingParent: 'OpportunityId',
  owner: false,
  writable: true,
  currency: true,
  source: 'recorded',
  fields: describedAs(
    'recorded',
    'describe of OpportunityContactRole',
    reference('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityContactRoles', {
      onDelete: 'cascade',
      updateable: false,
      ...required,
    }),
    reference('ContactId', 'Contact ID', 'Contact', 'OpportunityContactRoles', { onDelete: 'cascade', ...required }),
    picklist(
      'Role',
      'Role',
      [
        'Business User',
        'Decision Maker',
        'Economic Buyer',
        'Economic Decision Maker',
        'Evaluator',
        'Executive Sponsor',
        'Influencer',
        'Technical Buyer',
        'Other',
      ],
      { length: 40 },
    ),
    flag('IsPrimary', 'Primary'),
  ),
};

/** The stages with what each implies, readable by `SELECT … FROM OpportunityStage`. */
export const opportunityStage: StandardObject = {
  name: 'OpportunityStage',
  without: ['IsDeleted'],
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stage',
  keyPrefix: '01J',
  sharing: 'ReadWrite',
  owner: false,
  source: 'types',
  fields: describedAs(
    'types',
    'developer.salesforce.com/docs OpportunityStage (object reference)',
    text('MasterLabel', 'Master Label', 255, { nameField: true, ...readOnly }),
    text('ApiName', 'Api Name', 255, readOnly),
    flag('IsActive', 'Is Active', readOnly),
    whole('SortOrder', 'Sort Order', readOnly),
    flag('IsClosed', 'Closed', readOnly),
    flag('IsWon', 'Won', readOnly),
    text('ForecastCategoryName', 'Forecast Category Name', 255, readOnly),
    percent('DefaultProbability', 'Probability (%)', 3, 0, readOnly),
  ),
};

import { datetime, describedAs, flag, nameField, number, picklist, readOnly, text, whole } from './builders.ts';
import type { StandardObject } from './builders.ts';

/** One row. Attributes as in a recorded record. */
export const organization: StandardObject = {
  name: 'Organization',
  without: ['IsDeleted'],
  label: 'Organization',
  labelPlural: 'Organizations',
  describe: {
    layoutable: false,
    searchable: false,
    triggerable: false,
    undeletable: false,
    updateable: true,
  },
  keyPrefix: '00D',
  sharing: 'ReadWrite',
  owner: false,
  source: 'recorded',
  fields: describedAs(
    'recorded',
    'record of Organization',
    text('Name', 'Name', 80, { ...nameField, ...readOnly }),
    text('Street', 'Street', 255, readOnly),
    text('City', 'City', 40, readOnly),
    text('State', 'State/Province', 80, readOnly),
    text('PostalCode', 'Zip/Postal Code', 20, readOnly),
    text('Country', 'Country', 80, readOnly),
    text('DefaultLocaleSidKey', 'Locale', 40, readOnly),
    text('TimeZoneSidKey', 'Time Zone', 40, readOnly),
    text('LanguageLocaleKey', 'Language', 40, readOnly),
    text('OrganizationType', 'Edition', 40, readOnly),
    text('InstanceName', 'Instance Name', 5, readOnly),
    flag('IsSandbox', 'Is Sandbox', readOnly),
    text('NamespacePrefix', 'Namespace Prefix', 15, readOnly),
    datetime('TrialExpirationDate', 'Trial Expiration Date', readOnly),
    whole('FiscalYearStartMonth', 'Fiscal Year Starts In', readOnly),
    picklist('DefaultAccountAccess', 'Default Account Access', [], readOnly),
    picklist('DefaultOpportunityAccess', 'Default Opportunity Access', [], readOnly),
    picklist('DefaultContactAccess', 'Default Contact Access', [], readOnly),
  ),
};

/** Exists only when multi-currency is on. */
export const currencyType: StandardObject = {
  name: 'CurrencyType',
  without: ['IsDeleted'],
  label: 'Currency Type',
  labelPlural: 'Currency Types',
  keyPrefix: '01L',
  sharing: 'ReadWrite',
  owner: false,
  feature: 'multiCurrency',
  source: 'documented',
  fields: describedAs(
    'documented',
    'developer.salesforce.com/docs CurrencyType (object reference)',
    text('IsoCode', 'Currency ISO Code', 3, { ...nameField, ...readOnly }),
    number('ConversionRate', 'Conversion Rate', 18, 6, readOnly),
    whole('DecimalPlaces', 'Decimal Places', readOnly),
    flag('IsActive', 'Active', readOnly),
    flag('IsCorporate', 'Corporate Currency', readOnly),
  ),
};

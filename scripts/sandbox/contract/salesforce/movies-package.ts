import { writePackage } from '../../emulators/org/testing/bills-package.ts';

const file = (type: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}\n</${type}>\n`;

const object = (label: string): string =>
  file(
    'CustomObject',
    `<label>${label}</label><pluralLabel>${label}s</pluralLabel><sharingModel>ReadWrite</sharingModel><deploymentStatus>Deployed</deploymentStatus>
<nameField><label>Name</label><type>Text</type></nameField>`,
  );

const field = (name: string, body: string): string =>
  file('CustomField', `<fullName>${name}</fullName><label>${name.replace('__c', '')}</label>${body}`);

const RATINGS = ['Good', 'Bad'].map((name) => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`);

/** The custom objects of the recorded org, as far as its answers show them. Returns the folder. */
export function writeMovies(): string {
  const lookup = '<type>Lookup</type><referenceTo>Franchise__c</referenceTo><relationshipName>Movies</relationshipName>';
  return writePackage({
    'objects/Movie__c/Movie__c.object-meta.xml': object('Movie'),
    'objects/Movie__c/fields/ReleaseDate__c.field-meta.xml': field('ReleaseDate__c', '<type>Date</type>'),
    'objects/Movie__c/fields/Franchise__c.field-meta.xml': field('Franchise__c', lookup),
    'objects/Franchise__c/Franchise__c.object-meta.xml': object('Franchise'),
    'objects/Site__c/Site__c.object-meta.xml': object('Site'),
    'objects/Site__c/fields/Website__c.field-meta.xml': field(
      'Website__c',
      '<type>Text</type><length>80</length><required>true</required>',
    ),
    'objects/Site__c/fields/B2C_Customer_ID__c.field-meta.xml': field(
      'B2C_Customer_ID__c',
      '<type>Text</type><length>80</length><unique>true</unique><externalId>true</externalId>',
    ),
    'objects/Movie__c/fields/Rating__c.field-meta.xml': field(
      'Rating__c',
      `<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${RATINGS.join('')}</valueSetDefinition></valueSet>`,
    ),
  });
}

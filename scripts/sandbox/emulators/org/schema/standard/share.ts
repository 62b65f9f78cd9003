import { describedAs, picklist, reference, required, text } from './builders.ts';
import type { StandardObject } from './builders.ts';
import type { OrgField } from '../model.ts';

const DOC = 'developer.salesforce.com/docs AccountShare and sharing objects (object reference)';

/** The columns of a share object: record, person, level (Read or Edit) and cause. */
export function shareFields(parentField: string, parentObject: string, levelField: string): OrgField[] {
  return describedAs(
    'documented',
    DOC,
    reference(parentField, `${parentObject} ID`, parentObject, 'Shares', { onDelete: 'cascade', updateable: false, ...required }),
    reference('UserOrGroupId', 'User/Group ID', 'User', null, { updateable: false, ...required }),
    picklist(levelField, 'Access Level', ['Read', 'Edit', 'All'], { length: 40, restrictedPicklist: true, ...required }),
    text('RowCause', 'Row Cause', 40, { updateable: false, defaultValue: 'Manual' }),
  );
}

function standardShare(parent: string, keyPrefix: string): StandardObject {
  return {
    name: `${parent}Share`,
    label: `${parent} Share`,
    labelPlural: `${parent} Share`,
    keyPrefix,
    sharing: 'ReadWrite',
    owner: false,
    without: ['CreatedDate', 'CreatedById', 'SystemModstamp'],
    writable: true,
    source: 'documented',
    fields: shareFields(`${parent}Id`, parent, `${parent}AccessLevel`),
  };
}

export const accountShare = standardShare('Account', '00r');
export const opportunityShare = standardShare('Opportunity', '00t');
export const orderShare = { ...standardShare('Order', '05e'), feature: 'orders' as const };

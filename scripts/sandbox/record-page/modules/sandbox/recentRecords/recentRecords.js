import { LightningElement } from 'lwc';
import { recentRecords } from 'sandbox/recent';
import { iconOf } from 'sandbox/standardObjects';

/** Records this user viewed last: home:recentRecordContainer. */
export default class RecentRecords extends LightningElement {
  records = recentRecords()
    .slice(0, 8)
    .map((record) => ({ ...record, icon: iconOf(record.objectApiName), url: `/lightning/r/${record.objectApiName}/${record.id}/view` }));
}

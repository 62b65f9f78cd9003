import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRelatedListRecords } from 'lightning/uiRelatedListApi';
import { isReadable, labelOf, nameFieldOf, nameOf, requestPaths } from 'sandbox/fields';
import { iconOf } from 'sandbox/standardObjects';

const PAGE_SIZE = 200;

/** One related list as a table; the name links to the record. */
export default class RelatedList extends LightningElement {
  /** `{ relationshipName, childObject, fields, sortBy }`. */
  @api list;
  @api recordId;
  /** Description of the parent object. */
  @api parent;
  /** Rows shown before "View All". */
  @api limit = PAGE_SIZE;
  info;
  data;
  failure;

  @wire(getObjectInfo, { objectApiName: '$childObject' })
  gotInfo({ data, error }) {
    this.info = data;
    if (error) this.failure = error.body.message;
  }

  @wire(getRelatedListRecords, {
    parentRecordId: '$recordId',
    relatedListId: '$relationship',
    optionalFields: '$paths',
    sortBy: '$sortBy',
    pageSize: PAGE_SIZE,
  })
  gotRecords({ data, error }) {
    if (data) this.data = data;
    this.failure = error?.body.message;
  }

  get childObject() {
    return this.list.childObject;
  }

  /** Undefined until the child object is known: the wire waits. */
  get relationship() {
    return this.info ? this.list.relationshipName : undefined;
  }

  get names() {
    return this.list.fields.filter((name) => isReadable(this.info, name));
  }

  get paths() {
    return this.info ? requestPaths(this.info, [...new Set([nameFieldOf(this.info), ...this.names])]) : undefined;
  }

  get sortBy() {
    if (!this.info) return undefined;
    return this.list.sortBy && isReadable(this.info, this.list.sortBy.replace('-', '')) ? [this.list.sortBy] : [];
  }

  get icon() {
    return iconOf(this.list.childObject);
  }

  get title() {
    const label = this.info?.labelPlural || '';
    return this.data ? `${label} (${this.data.count ?? this.data.records.length})` : label;
  }

  get columns() {
    return this.info ? this.names.map((name) => ({ name, label: labelOf(this.info, name) })) : [];
  }

  get rows() {
    if (!this.info || !this.data) return [];
    const nameField = nameFieldOf(this.info);
    // Without a name among the columns the first one leads to the record.
    const link = this.names.includes(nameField) ? nameField : this.names[0];
    return this.data.records.slice(0, Number(this.limit)).map((record) => ({
      id: record.id,
      record,
      name: link === nameField ? nameOf(record, this.info) : (record.fields[link]?.displayValue ?? this.parentName(record, link)),
      url: `/lightning/r/${record.apiName || this.list.childObject}/${record.id}/view`,
      cells: this.names.map((name) => ({ name, isName: name === link })),
    }));
  }

  parentName(record, field) {
    const relationship = this.info.fields[field]?.relationshipName;
    return record.fields[relationship]?.displayValue ?? record.fields[field]?.value ?? record.id;
  }

  get hasMore() {
    return (this.data?.records.length || 0) > Number(this.limit);
  }

  get allLabel() {
    return `View All ${this.title}`;
  }

  get allUrl() {
    return `/lightning/r/${this.parent.apiName}/${this.recordId}/related/${this.list.relationshipName}/view`;
  }
}

import { LightningElement, api } from 'lwc';
import { isReadable, labelOf } from 'sandbox/fields';
import { layoutSections } from 'sandbox/standardObjects';

/** Fields of a record by the sections of its page layout: force:detailPanel. Fields the user may not see are left out. */
export default class DetailPanel extends LightningElement {
  @api info;
  @api record;
  /** Only these fields, without headings: a section of a dynamic form. */
  @api fields;

  get sections() {
    const sections = this.fields
      ? [{ heading: '', showHeading: false, columns: [this.fields.map((field) => ({ field }))] }]
      : layoutSections(this.info);
    return sections
      .map((section, at) => ({
        ...section,
        key: `${at}`,
        columns: section.columns.map((column, index) => ({ key: `${index}`, fields: this.readable(column) })),
      }))
      .filter(({ columns }) => columns.some(({ fields }) => fields.length > 0));
  }

  readable(column) {
    return column
      .filter(({ field }) => isReadable(this.info, field))
      .map(({ field }) => ({ name: field, label: labelOf(this.info, field) }));
  }
}

import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { nameOf } from 'sandbox/fields';
import { layoutSections } from 'sandbox/standardObjects';

/** The standard Edit action: the fields of the page layout the user may write, lookups aside. Fires `close`. */
export default class EditRecord extends LightningElement {
  @api info;
  @api record;

  get title() {
    return `Edit ${nameOf(this.record, this.info)}`;
  }

  get sections() {
    return layoutSections(this.info)
      .map(({ heading, columns }, at) => ({
        key: `${at}`,
        heading,
        fields: columns.flat().filter((one) => this.isOffered(one)),
      }))
      .filter(({ fields }) => fields.length > 0);
  }

  isOffered({ field, editable }) {
    const described = this.info.fields[field];
    return editable && described?.updateable && described.dataType !== 'Reference';
  }

  handleSave() {
    this.refs.form.requestSubmit();
  }

  handleSuccess() {
    this.dispatchEvent(
      new ShowToastEvent({ title: `${this.info.label} "${nameOf(this.record, this.info)}" was saved.`, variant: 'success' }),
    );
    this.handleClose();
  }

  handleClose() {
    this.dispatchEvent(new CustomEvent('close'));
  }
}

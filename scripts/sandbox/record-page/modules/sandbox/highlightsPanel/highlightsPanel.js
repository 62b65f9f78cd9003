import { LightningElement, api } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { deleteRecord } from 'lightning/uiRecordApi';
import { registry } from '@sandbox/registry';
import { isVisible } from 'sandbox/criteria';
import { isReadable, labelOf, nameOf } from 'sandbox/fields';
import { go } from 'sandbox/router';
import { compactFields, iconOf } from 'sandbox/standardObjects';

const DEFAULT_VISIBLE = 3;

/** Title, actions and compact layout of a record: force:highlightsPanel. */
export default class HighlightsPanel extends LightningElement {
  @api info;
  @api record;
  /** As placed on the page: the actions and how many of them are buttons. */
  @api properties = {};
  openAction;

  get icon() {
    return iconOf(this.info.apiName);
  }

  get title() {
    return nameOf(this.record, this.info);
  }

  get highlights() {
    return compactFields(this.info)
      .filter((name) => isReadable(this.info, name))
      .slice(0, 7)
      .map((name) => ({ name, label: labelOf(this.info, name) }));
  }

  get hasHighlights() {
    return this.highlights.length > 0;
  }

  /** Actions named by the page, else by the page layout, else the standard ones; without those the user may not take. */
  get actions() {
    const named = this.properties.enableActionsConfiguration === 'true' ? this.properties.actionNames : undefined;
    const layout = registry.layouts[this.info.apiName]?.actions;
    const listed = Array.isArray(named) ? named : [...(layout || []), 'Edit', 'Delete'].map((value) => ({ value }));
    return listed.filter(({ visibility }) => isVisible(visibility, this.record)).flatMap(({ value }) => this.actionOf(value) || []);
  }

  actionOf(name) {
    if (name === 'Edit') return this.info.updateable === false ? undefined : { name, label: 'Edit' };
    if (name === 'Delete') return this.info.deletable === false || this.info.deleteable === false ? undefined : { name, label: 'Delete' };
    return registry.actions[name];
  }

  get visibleCount() {
    return Number(this.properties.numVisibleActions) || DEFAULT_VISIBLE;
  }

  get visibleActions() {
    return this.actions.slice(0, this.visibleCount);
  }

  get moreActions() {
    return this.actions.slice(this.visibleCount);
  }

  get hasMore() {
    return this.moreActions.length > 0;
  }

  get open() {
    if (!this.openAction) return {};
    return this.openAction.component ? { quick: true } : { edit: true };
  }

  handleAction(event) {
    this.start(event.currentTarget.dataset.action);
  }

  handleMore(event) {
    this.start(event.detail.value);
  }

  start(name) {
    if (name === 'Delete') this.remove();
    else this.openAction = this.actions.find((action) => action.name === name);
  }

  handleClose() {
    const opener = this.openAction?.name;
    this.openAction = undefined;
    const buttons = [...this.template.querySelectorAll('lightning-button')];
    (buttons.find(({ dataset }) => dataset.action === opener) ?? buttons[0])?.focus();
  }

  async remove() {
    const sure = await LightningConfirm.open({
      label: `Delete ${this.info.label}`,
      message: `Are you sure you want to delete this ${this.info.label.toLowerCase()}?`,
      theme: 'default',
    });
    if (!sure) return;
    try {
      await deleteRecord(this.record.id);
      this.dispatchEvent(new ShowToastEvent({ title: `${this.info.label} "${this.title}" was deleted.`, variant: 'success' }));
      go(`/lightning/o/${this.info.apiName}/list`);
    } catch (error) {
      this.dispatchEvent(new ShowToastEvent({ title: 'Not deleted', message: error.body?.message, variant: 'error', mode: 'sticky' }));
    }
  }
}

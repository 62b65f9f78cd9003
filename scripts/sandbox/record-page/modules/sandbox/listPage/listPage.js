import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { registry } from '@sandbox/registry';
import { isReadable, nameFieldOf, requestPaths } from 'sandbox/fields';
import { columnOf, rowOf } from 'sandbox/listRows';
import { go } from 'sandbox/router';
import { call } from 'sandbox/transport';
import { iconOf, listFields } from 'sandbox/standardObjects';

const LIMIT = 200;
const NO_ACCESS = { title: "You don't have access to this page", message: 'Ask your administrator for help or to request access.' };

/** A list view: the package's own views and columns, or the standard list of a standard object. */
export default class ListPage extends LightningElement {
  @api objectApiName;
  /** API name of the list view; the "All" view when absent. */
  @api view;
  /** As part of another page: leaves the title of the window alone. */
  @api embedded = false;
  info;
  records;
  problem;
  sortedBy;
  sortedDirection = 'asc';
  loaded;
  /** View chosen here, where the address is another page's. */
  chosen;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  gotInfo({ data, error }) {
    this.info = data;
    if (error) this.problem = NO_ACCESS;
  }

  renderedCallback() {
    const wanted = `${this.info?.apiName}|${this.viewName}`;
    if (!this.info || this.info.apiName !== this.objectApiName || wanted === this.loaded) return;
    this.loaded = wanted;
    this.load();
    if (!this.embedded) document.title = `${this.viewLabel} | ${this.labelPlural} | Sandbox`;
  }

  async load() {
    const wanted = this.loaded;
    const fields = requestPaths(this.info, [nameFieldOf(this.info), ...this.fields]).map((path) => path.slice(path.indexOf('.') + 1));
    const query = new URLSearchParams({
      object: this.objectApiName,
      fields: fields.join(','),
      limit: String(LIMIT),
      ...(this.viewName && { view: this.viewName }),
    });
    try {
      const { records } = await call('GET', `/sandbox/list?${query}`);
      if (wanted === this.loaded) Object.assign(this, { records, problem: undefined });
    } catch (error) {
      this.problem = error.status === 403 ? NO_ACCESS : { title: 'This list could not be shown', message: error.body?.message };
    }
  }

  get views() {
    return registry.listViews[this.objectApiName] || [];
  }

  get hasViews() {
    return this.views.length > 1;
  }

  get viewName() {
    const wanted = this.chosen || this.view;
    const known = this.views.find(({ name }) => name === wanted) || this.views.find(({ name }) => name === 'All') || this.views[0];
    return known?.name;
  }

  get viewLabel() {
    return this.views.find(({ name }) => name === this.viewName)?.label || `All ${this.labelPlural}`;
  }

  get labelPlural() {
    return this.info?.labelPlural || '';
  }

  get icon() {
    return iconOf(this.objectApiName);
  }

  get fields() {
    return listFields(this.info, this.viewName).filter((name) => isReadable(this.info, name));
  }

  get columns() {
    return this.info ? this.fields.map((name) => columnOf(this.info, name)) : [];
  }

  get rows() {
    if (!this.records || !this.info) return undefined;
    const rows = this.records.map((record) => rowOf(this.info, record, this.fields));
    return this.sortedBy ? this.sorted(rows) : rows;
  }

  sorted(rows) {
    const by = (row) => row.sort[this.sortedBy] ?? '';
    const sign = this.sortedDirection === 'asc' ? 1 : -1;
    return [...rows].sort(
      (a, b) =>
        sign * (typeof by(a) === 'number' && typeof by(b) === 'number' ? by(a) - by(b) : String(by(a)).localeCompare(String(by(b)))),
    );
  }

  get isEmpty() {
    return this.rows?.length === 0;
  }

  get summary() {
    if (!this.records) return 'Loading';
    const count = this.records.length;
    const items = count === LIMIT ? `${LIMIT}+ items` : `${count} item${count === 1 ? '' : 's'}`;
    return this.sortedBy ? `${items} • Sorted by ${this.columns.find(({ fieldName }) => fieldName === this.sortedBy)?.label}` : items;
  }

  handleView(event) {
    if (this.embedded) this.chosen = event.detail.value;
    else go(`/lightning/o/${this.objectApiName}/list?filterName=${event.detail.value}`);
  }

  handleRefresh() {
    this.load();
  }

  handleSort(event) {
    this.sortedBy = event.detail.fieldName;
    this.sortedDirection = event.detail.sortDirection;
  }
}

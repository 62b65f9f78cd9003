import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord } from 'lightning/uiRecordApi';
import { registry } from '@sandbox/registry';
import { boot } from 'sandbox/boot';
import { fieldsOfRules } from 'sandbox/criteria';
import { nameFieldOf, nameOf, requestPaths } from 'sandbox/fields';
import { remember } from 'sandbox/recent';
import { currentApp } from 'sandbox/session';
import { compactFields, layoutSections } from 'sandbox/standardObjects';

const PLACED = new Set(['main', 'sidebar']);
const component = (name, identifier, properties = {}) => ({ name, identifier, custom: false, properties });
const tab = (identifier, title, body, active) => component('flexipage:tab', identifier, { title, body, active });

/** The page an object gets that no app activates one for. */
const GENERIC = {
  regions: {
    header: { facet: false, fields: [], components: [component('force:highlightsPanel', 'highlights')] },
    main: { facet: false, fields: [], components: [component('flexipage:tabset', 'tabs', { tabs: 'tabs' })] },
    tabs: {
      facet: true,
      fields: [],
      components: [tab('related', 'Related', 'related', 'false'), tab('details', 'Details', 'details', 'true')],
    },
    related: { facet: true, fields: [], components: [component('force:relatedListContainer', 'relatedLists')] },
    details: { facet: true, fields: [], components: [component('force:detailPanel', 'detail')] },
  },
};
const PROBLEMS = {
  404: {
    title: "This record doesn't exist",
    message: 'The record was deleted, the link is mistyped, or it is not shared with you. Open a list from the tabs above.',
  },
  403: { title: "You don't have access to this record", message: 'Ask your administrator for help or to request access.' },
};

/** A record page: regions, tabs, components and actions as the app's Lightning page for the object says. */
export default class RecordPage extends LightningElement {
  @api recordId;
  @api objectApiName;
  info;
  record;
  problem;

  /** The address may name any object, as links built from an id alone do: the id's prefix decides. */
  get apiName() {
    const byPrefix = boot.objects.find(({ keyPrefix }) => keyPrefix && this.recordId?.startsWith(keyPrefix));
    return byPrefix?.apiName || this.objectApiName;
  }

  @wire(getObjectInfo, { objectApiName: '$apiName' })
  gotInfo({ data, error }) {
    this.info = data;
    if (error) this.fail(error);
  }

  @wire(getRecord, { recordId: '$wiredId', optionalFields: '$paths' })
  gotRecord({ data, error }) {
    if (error) this.fail(error);
    if (!data) return;
    this.record = data;
    this.problem = undefined;
    const name = nameOf(data, this.info);
    document.title = `${name} | ${this.info.label} | Sandbox`;
    remember({ id: data.id, name, objectApiName: this.info.apiName });
  }

  get wiredId() {
    return this.info ? this.recordId : undefined;
  }

  get paths() {
    if (!this.info) return undefined;
    const detailed = layoutSections(this.info).flatMap(({ columns }) => columns.flat().map(({ field }) => field));
    const placed = Object.values(this.page.regions).flatMap(({ fields }) => fields.map(({ field }) => field));
    return requestPaths(this.info, [nameFieldOf(this.info), ...compactFields(this.info), ...detailed, ...placed, ...this.ruleFields]);
  }

  get ruleFields() {
    const components = Object.values(this.page.regions).flatMap((region) => region.components);
    const listed = components.flatMap(({ properties }) => Object.values(properties).filter(Array.isArray).flat());
    return fieldsOfRules([...components, ...listed].map(({ visibility }) => visibility));
  }

  get page() {
    return registry.pages[currentApp().pages[this.apiName]] || GENERIC;
  }

  get fullRegions() {
    return Object.keys(this.page.regions).filter((name) => !this.page.regions[name].facet && !PLACED.has(name));
  }

  get hasSidebar() {
    return Boolean(this.page.regions.sidebar);
  }

  get mainClass() {
    return `slds-col slds-size_1-of-1 ${this.hasSidebar ? 'slds-large-size_8-of-12' : ''}`;
  }

  get isLoading() {
    return !this.record;
  }

  fail({ status, body }) {
    const denied = status === 403 || /ACCESS|PERMISSION/.test(body?.errorCode || '');
    this.problem =
      PROBLEMS[denied ? 403 : status] ||
      (status === 400 ? PROBLEMS[404] : { title: 'Something went wrong', message: body?.message || 'Reload the page.' });
  }
}

import { LightningElement, api, wire } from 'lwc';
import sourceFields from '@salesforce/apex/TrueupMappingSources.sourceFields';
import { ARGUMENT_LABEL, KIND_LABEL, LABEL } from './labels';
import { BACK, nearParents, pathOf, sourceOptions, startsOf } from './sources';
import { choicesOf, describeTarget, fieldsOf, findTarget, memberName, memberOf, targetOptions } from './targets';

const TRANSFORMS = ['None', 'Upper Case', 'Lower Case', 'Trim', 'First Characters', 'Date', 'Number', 'Yes or No', 'Value Map'];
const TARGETS = ['QuickBooks Invoice', 'QuickBooks Invoice Line', 'QuickBooks Customer', 'Stripe Invoice', 'Stripe Customer'];
const optionOf = (value) => ({ value, label: value });

/** One field mapping: where the value comes from, what becomes of it and where it goes. Fires `mappingchange` with the changed mapping. */
export default class TrueupMappingForm extends LightningElement {
  /** As preview-mapping takes it. */
  @api mapping = {};
  /** What the check says of it: `{ field, message, action }`, where `field` is the API name of the mapping's field. */
  @api problems = [];
  /** Live fields of Stripe and QuickBooks, as list-target-fields gives them. */
  @api targets = [];
  @api companies = [];

  label = LABEL;
  kinds = Object.entries(KIND_LABEL).map(([value, label]) => ({ value, label }));
  transforms = TRANSFORMS.map(optionOf);
  targetObjects = TARGETS.map(optionOf);
  fields = [];
  loadError;
  /** Parents gone through in the picker. */
  steps = [];
  /** Fields of the parents nearby, by relationship. */
  near = {};
  /** What each input says is wrong with it. */
  reported = new WeakMap();

  @wire(sourceFields, { objectName: '$browsedObject' })
  takeFields({ data, error }) {
    this.loadError = error;
    this.fields = data ?? [];
    this.follow();
    this.loadNear();
  }

  connectedCallback() {
    this.ahead = (this.mapping.sourceField ?? '').split('.').slice(0, -1);
  }

  /** Each input says its own problem, so that a screen reader hears it with the input. Pickers and value map are told in the template. */
  renderedCallback() {
    const { said } = this;
    this.template.querySelectorAll('[data-field]').forEach((input) => {
      const problem = said[input.dataset.field] ?? '';
      if (input.setCustomValidity && problem !== (this.reported.get(input) ?? '')) {
        this.reported.set(input, problem);
        input.setCustomValidity(problem);
        input.reportValidity();
      }
    });
  }

  /** Puts the cursor where a problem is. */
  @api focusField(field) {
    this.template.querySelector(`[data-field="${field}"]`)?.focus();
  }

  get startObject() {
    return this.mapping.sourceObject || startsOf(this.mapping.targetObject)[0].value;
  }

  get browsedObject() {
    return this.steps.at(-1)?.object ?? this.startObject;
  }

  get starts() {
    return startsOf(this.mapping.targetObject);
  }

  get sourceOptions() {
    return sourceOptions(this.browsedObject, this.fields, this.steps, this.near);
  }

  get sourceText() {
    return this.steps.length > 0 && !this.mapping.sourceField ? `${pathOf(this.steps, '')}` : this.mapping.sourceField;
  }

  get is() {
    const { sourceKind, transform } = this.mapping;
    return { [sourceKind || 'Field']: true, map: transform === 'Value Map', argument: transform in ARGUMENT_LABEL };
  }

  get argumentLabel() {
    return ARGUMENT_LABEL[this.mapping.transform];
  }

  get companyOptions() {
    const known = this.companies.map(({ Name, External_Key__c: value }) => ({ value, label: Name }));
    const { companyKey } = this.mapping;
    const other = companyKey && !known.some(({ value }) => value === companyKey) ? [optionOf(companyKey)] : [];
    return [{ value: '', label: LABEL.allCompanies }, ...known, ...other];
  }

  get targetFields() {
    return fieldsOf(this.targets, this.mapping.targetObject);
  }

  get targetOptions() {
    return targetOptions(this.targetFields);
  }

  get target() {
    return findTarget(this.targetFields, this.mapping.targetField);
  }

  get targetText() {
    return this.target?.named ? this.target.label : (this.target?.label ?? this.mapping.targetField);
  }

  get targetHint() {
    return this.target ? describeTarget(this.target) : '';
  }

  get isMember() {
    return Boolean(this.target?.named);
  }

  get memberKey() {
    return memberOf(this.mapping.targetField)?.key;
  }

  get choices() {
    return choicesOf(this.target);
  }

  get hasChoices() {
    return this.choices.length > 0;
  }

  /** Values of the picklist a value map can start from. */
  get sourceValues() {
    return this.sourceOptions.find(({ value }) => pathOf(this.steps, value) === this.mapping.sourceField)?.values ?? [];
  }

  /** Sentences by the field they are shown beside. */
  get said() {
    const said = {};
    for (const { field, message, action } of this.problems) {
      said[field] = [said[field], message, action].filter(Boolean).join(' ');
    }
    return said;
  }

  get valueMapProblem() {
    return this.said.Value_Map__c;
  }

  handleChange(event) {
    const { key } = event.target.dataset;
    const { value } = event.detail;
    this.change({ [key]: value });
  }

  handleCheck(event) {
    this.change({ [event.target.dataset.key]: event.target.checked });
  }

  /** What another target can hold is another list, and another start of paths. */
  handleTargetObject(event) {
    const { value: targetObject } = event.detail;
    const starts = startsOf(targetObject);
    const isKept = starts.some(({ value }) => value === this.startObject);
    this.steps = isKept ? this.steps : [];
    this.change({ targetObject, targetField: '', ...(isKept ? {} : { sourceObject: starts[0].value, sourceField: '' }) });
  }

  handleStart(event) {
    this.steps = [];
    this.change({ sourceObject: event.detail.value, sourceField: '' });
  }

  handleTarget(event) {
    const { value } = event.detail;
    const { named, label } = this.targetFields.find(({ name }) => name === value) ?? {};
    this.change({ targetField: named ? memberName(value, '') : value, label: this.mapping.label || (named ? '' : label) });
  }

  handleMember(event) {
    const { value } = event.detail;
    const isOwnLabel = this.mapping.label && this.mapping.label !== this.memberKey;
    this.change({ targetField: memberName(this.target.name, value), label: isOwnLabel ? this.mapping.label : value });
  }

  handleSource(event) {
    const path = this.walk(event.detail.value);
    if (path) {
      this.change({ sourceField: path });
    }
  }

  /** A field joins what the text holds already. */
  handleInsert(event) {
    const path = this.walk(event.detail.value);
    if (path) {
      this.change({ template: `${this.mapping.template ?? ''}{!${path}}` });
    }
  }

  /** Goes on to a parent or back. @returns the path of a field, once one was chosen */
  walk(chosen) {
    if (chosen === BACK) {
      this.steps = this.steps.slice(0, -1);
      return undefined;
    }
    const { leadsTo } = this.sourceOptions.find(({ value }) => value === chosen) ?? {};
    if (leadsTo) {
      this.steps = [...this.steps, { relationship: chosen, object: leadsTo }];
      return undefined;
    }
    return pathOf(this.steps, chosen);
  }

  /** Opens the picker where the saved path leads, one parent at a time as their fields arrive. */
  follow() {
    const [relationship] = this.ahead ?? [];
    const parent = this.fields.find(({ name, leadsTo }) => leadsTo && name === relationship);
    if (parent) {
      this.ahead = this.ahead.slice(1);
      this.steps = [...this.steps, { relationship, object: parent.leadsTo }];
    }
  }

  /** So that a field of the account is found without opening the account first. What cannot be read is not offered. */
  async loadNear() {
    const browsed = this.browsedObject;
    const parents = nearParents(browsed, this.fields);
    const read = await Promise.all(parents.map(({ leadsTo }) => Promise.resolve(sourceFields({ objectName: leadsTo })).catch(() => [])));
    if (browsed === this.browsedObject) {
      this.near = Object.fromEntries(parents.map(({ name }, index) => [name, read[index] ?? []]));
    }
  }

  change(changed) {
    this.dispatchEvent(new CustomEvent('mappingchange', { detail: { ...this.mapping, ...changed } }));
  }
}

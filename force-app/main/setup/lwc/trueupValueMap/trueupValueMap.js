import { LightningElement, api } from 'lwc';
import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

/** Which value becomes which, row by row. Fires `valuemapchange` with `{ value }`, the map as JSON; empty without rows. */
export default class TrueupValueMap extends LightningElement {
  /** Values of the source's picklist, to fill in rows for. */
  @api sources = [];
  /** What the target's list holds: `{ value, label }`; any text when empty. */
  @api options = [];

  label = LABEL;
  pairs = [];
  given;

  @api
  get value() {
    return this.given;
  }

  set value(json) {
    this.given = json;
    if (json !== jsonOf(this.pairs)) {
      this.pairs = pairsOf(json);
    }
  }

  @api focus() {
    this.template.querySelector('lightning-input')?.focus();
  }

  get rows() {
    return this.pairs.map(([from, to], index) => ({
      key: `${index}`,
      index,
      from,
      to,
      removeLabel: formatLabel(LABEL.remove, from),
      choices: this.options.some(({ value }) => value === to) || !to ? this.options : [...this.options, { value: to, label: to }],
    }));
  }

  get hasOptions() {
    return this.options.length > 0;
  }

  get missing() {
    return this.sources.filter((source) => !this.pairs.some(([from]) => from === source));
  }

  get canFill() {
    return this.missing.length > 0;
  }

  handleFrom(event) {
    this.write(event, (pair) => [event.target.value, pair[1]]);
  }

  handleTo(event) {
    this.write(event, (pair) => [pair[0], event.target.value]);
  }

  handleAdd() {
    this.pairs = [...this.pairs, ['', '']];
  }

  handleFill() {
    this.pairs = [...this.pairs, ...this.missing.map((source) => [source, ''])];
    this.tell();
  }

  handleRemove(event) {
    const removed = Number(event.currentTarget.dataset.index);
    this.pairs = this.pairs.filter((_pair, index) => index !== removed);
    this.tell();
  }

  write(event, change) {
    const changed = Number(event.target.dataset.index);
    this.pairs = this.pairs.map((pair, index) => (index === changed ? change(pair) : pair));
    this.tell();
  }

  tell() {
    this.dispatchEvent(new CustomEvent('valuemapchange', { detail: { value: jsonOf(this.pairs) } }));
  }
}

/** A row is part of the map once both its sides say something. */
function jsonOf(pairs) {
  const named = pairs.filter(([from, to]) => from !== '' && to !== '');
  return named.length > 0 ? JSON.stringify(Object.fromEntries(named)) : '';
}

/** What cannot be read shows as no rows; the check says that it cannot be read. */
function pairsOf(json) {
  try {
    return Object.entries(JSON.parse(json)).map(([from, to]) => [from, String(to)]);
  } catch {
    return [];
  }
}

import { LightningElement } from 'lwc';
import { recentRecords } from 'sandbox/recent';
import { iconOf } from 'sandbox/standardObjects';

/** Global header: search among recently viewed records, and the user's menu. */
export default class GlobalHeader extends LightningElement {
  term = '';

  get results() {
    const term = this.term.toLowerCase();
    if (!term) return [];
    return recentRecords()
      .filter(({ name }) => String(name).toLowerCase().includes(term))
      .slice(0, 8)
      .map((record) => ({ ...record, icon: iconOf(record.objectApiName), url: `/lightning/r/${record.objectApiName}/${record.id}/view` }));
  }

  get hasResults() {
    return this.results.length > 0;
  }

  handleInput(event) {
    this.term = event.target.value.trim();
  }

  handleKey(event) {
    if (event.key === 'Escape') this.term = '';
  }

  handleSearch(event) {
    event.preventDefault();
    this.template.querySelector('.result')?.click();
  }

  handleChosen() {
    this.term = '';
    this.template.querySelector('input').value = '';
  }
}

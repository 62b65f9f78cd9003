import { LightningElement } from 'lwc';
import forecastLoad from '@salesforce/apex/TrueupFirstLoad.forecastLoad';
import startLoad from '@salesforce/apex/TrueupFirstLoad.startLoad';
import { readRefusal } from 'c/trueupReadRefusal';
import { forecastOf } from './forecast';
import { LABEL } from './labels';

/** What a first load would bring and take; starts it. Fires `started`. */
export default class TrueupLoadForecast extends LightningElement {
  label = LABEL;
  /** First day of the documents, as ISO date; empty for all. */
  since = '';
  createAccounts = false;
  forecast;
  refusal = {};
  doing = '';

  get isBusy() {
    return this.doing !== '';
  }

  get isWorthIt() {
    return !this.forecast.isEmpty;
  }

  get said() {
    return this.forecast.isEmpty ? LABEL.nothing : this.forecast.sentence;
  }

  get forecastLabel() {
    return this.forecast ? LABEL.forecastAgain : LABEL.forecast;
  }

  get forecastVariant() {
    return this.forecast ? 'neutral' : 'brand';
  }

  /** A forecast is of what was asked: another day makes it void. */
  handleSince(event) {
    this.since = event.detail.value ?? '';
    this.forecast = undefined;
  }

  handleCreateAccounts(event) {
    this.createAccounts = event.detail.checked;
  }

  async handleForecast() {
    const answer = await this.ask(LABEL.forecasting, LABEL.forecastFailed, () => forecastLoad({ since: this.since }));
    this.forecast = answer?.forecast && forecastOf(answer.forecast);
  }

  async handleStart() {
    const started = await this.ask(LABEL.starting, LABEL.notStarted, () =>
      startLoad({ since: this.since, createAccounts: this.createAccounts }),
    );
    if (started) {
      this.dispatchEvent(new CustomEvent('started'));
    }
  }

  /** One question at a time; undefined when it was refused, which is shown. */
  async ask(doing, heading, question) {
    this.doing = doing;
    this.refusal = {};
    try {
      const answer = await question();
      const refusal = answer.outcome === 'accepted' ? null : readRefusal(answer);
      if (!refusal) {
        return answer;
      }
      this.refusal = { heading, ...refusal };
    } catch (error) {
      this.refusal = { heading, error };
    } finally {
      this.doing = '';
    }
    return undefined;
  }
}

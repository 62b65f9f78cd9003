import { LightningElement, api } from 'lwc';
import { LABEL, STATE, STEP_LABEL } from './labels';

const SLOW_AFTER_MS = 12000;

/** The steps of an operation as they happen; what is new is read out politely. */
export default class TrueupOperationProgress extends LightningElement {
  /** Steps so far: `{ name, state, message }`. */
  @api steps = [];

  /** Names of the steps to expect, in order; steps that come on top are appended. */
  @api expected = [];

  /** State of the operation as the functions say, or `lost` when it cannot be seen any more. */
  @api state;

  /** Why it needs a person: `{ message, action }`. */
  @api problems = [];

  label = LABEL;
  isSlow = false;

  connectedCallback() {
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- after a while the person is told that waiting is not needed
    this.timer = setTimeout(() => {
      this.isSlow = true;
    }, SLOW_AFTER_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get items() {
    const come = this.steps ?? [];
    const rest = come.filter((step) => !this.expected.includes(step.name));
    const inOrder = this.expected.map((name) => come.find((step) => step.name === name) ?? { name, state: this.stateOfNext(name) });
    return [...inOrder, ...rest].map((step) => ({
      ...step,
      ...(STATE[step.state] ?? STATE['to-come']),
      label: STEP_LABEL[step.name] ?? step.name,
      isRunning: step.state === 'running',
      textClass: step.state === 'to-come' ? 'slds-text-color_weak' : '',
    }));
  }

  /** Finished steps are told, the one under way is not: it is the first that nothing is known of. */
  stateOfNext(name) {
    const come = this.steps ?? [];
    const isUnderWay = ['accepted', 'running'].includes(this.state) && !come.some(({ state }) => state === 'running');
    const next = this.expected.find((each) => !come.some((step) => step.name === each));
    return isUnderWay && name === next ? 'running' : 'to-come';
  }

  get explanation() {
    switch (this.state) {
      case 'waiting':
        return LABEL.waiting;
      case 'lost':
        return LABEL.lost;
      case 'needs-attention':
        return this.problems?.length ? '' : LABEL.attention;
      case 'done':
        return '';
      default:
        return this.isSlow ? LABEL.slow : '';
    }
  }

  get attentionProblems() {
    return this.state === 'needs-attention' ? this.problems : [];
  }

  get announcement() {
    const latest = this.items.filter((step) => step.state !== 'to-come').pop();
    return latest ? `${latest.label}: ${latest.stateLabel}` : '';
  }
}

// The sandbox's own controls: its clock, its flows and the stand-ins' pages.
import { call } from 'sandbox/transport';

/** `{ now, links: [{ label, url }], flows: [{ name, label }] }`. */
export const state = () => call('GET', '/sandbox/control/state');
export const runFlow = (name) => call('POST', '/sandbox/control/run-flow', { name });
export const advanceClock = (ms) => call('POST', '/sandbox/control/advance-clock', { ms });

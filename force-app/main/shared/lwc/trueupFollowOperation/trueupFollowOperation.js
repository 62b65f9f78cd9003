import followOperation from '@salesforce/apex/TrueupIssueInvoiceController.followOperation';
import { watchBillingEvents } from 'c/trueupBillingEvents';

const SETTLED = ['done', 'rejected', 'needs-attention', 'compensated'];
const PAUSE_MS = 2000;
const FAILURES_BORNE = 5;

/** Stops following when the panel goes, and asks early when an event says that something has changed. */
export class Follower {
  isStopped = false;
  wake = () => {};

  /** `matches(payload)` says whether a billing event may concern the operation. */
  constructor(matches) {
    this.stopWatching = watchBillingEvents({ matches, onChange: () => this.wake(), onMode: () => {} });
  }

  stop() {
    this.isStopped = true;
    this.stopWatching();
    this.wake();
  }

  pause() {
    return new Promise((resolve) => {
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- asking again is paced; wake() ends the pause early
      const timer = setTimeout(resolve, PAUSE_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/**
 * Starts an operation and follows it to its end. `start` is the Apex call that starts it; every answer on the way goes to
 * `onProgress`. Resolves with `{ state, steps, problems, invoiceId, invoiceNumber, error }`, where `state` is done,
 * rejected, needs-attention or compensated as the functions say, `refused` when nothing was started, or `lost` when it
 * goes on but cannot be seen; null once the follower was stopped.
 */
export async function runOperation(start, follower, onProgress) {
  const first = await begin(start);
  if (follower.isStopped) {
    return null;
  }
  onProgress(first);
  return first.state === 'accepted' ? follow(first, follower, onProgress) : first;
}

async function begin(start) {
  try {
    const answer = await start();
    return complete({ ...answer, state: ['done', 'accepted', 'rejected'].includes(answer.outcome) ? answer.outcome : 'refused' });
  } catch (error) {
    return complete({ state: 'refused', error });
  }
}

/* eslint-disable no-await-in-loop -- one question at a time: each asks for what comes after the last answer */
async function follow(first, follower, onProgress) {
  let last = first;
  let failures = 0;
  while (!SETTLED.includes(last.state)) {
    const before = finished(last);
    const answer = await ask(first.operationKey, before);
    if (follower.isStopped) {
      return null;
    }
    failures = answer.error ? failures + 1 : 0;
    last = answer.error ? lose(last, answer.error, failures) : complete({ ...answer, operationKey: first.operationKey });
    onProgress(last);
    if (last.state === 'lost') {
      return last;
    }
    if (finished(last) === before && !SETTLED.includes(last.state)) {
      await follower.pause();
    }
  }
  return follower.isStopped ? null : last;
}
/* eslint-enable no-await-in-loop */

/** The operation goes on whether or not the page can see it, so some failures to look are borne. */
async function ask(operationKey, seen) {
  try {
    const answer = await followOperation({ operationKey, seen });
    return answer.state ? answer : { error: { message: answer.problems?.[0]?.message ?? answer.outcome } };
  } catch (error) {
    return { error };
  }
}

function lose(last, error, failures) {
  return failures > FAILURES_BORNE ? { ...last, state: 'lost', error } : last;
}

function complete(answer) {
  return { ...answer, steps: answer.steps ?? [], problems: answer.problems ?? [] };
}

function finished({ steps }) {
  return steps.filter((step) => step.state !== 'running').length;
}

import deployMappings from '@salesforce/apex/TrueupMappings.deployMappings';
import savedMappings from '@salesforce/apex/TrueupMappingSources.savedMappings';
import { watchBillingEvents } from 'c/trueupBillingEvents';
import { isSame, mappingOf, tidied } from './record';

const KIND = 'deploy-mappings';
const ASK_MS = 2000;
const PATIENCE_MS = 60000;

/**
 * Saves a mapping and waits until Salesforce has it: told by event, and asked for, since events can stay away.
 * Resolves with `{ state: 'saved', records }`, `{ state: 'refused', reason, id }` or, after a minute, `{ state: 'unknown', id }`;
 * with `{ state: 'left' }` once `leaving`, an AbortSignal, says that nobody waits any more. Rejects when the deployment did not even begin.
 */
export async function saveMapping(mapping, leaving) {
  const wanted = tidied(mapping);
  const ends = new Map();
  let wake = () => {};
  const stop = watchBillingEvents({
    matches: ({ Kind__c: kind, Operation_Id__c: id, State__c: state, Reason__c: reason }) =>
      kind === KIND && Boolean(ends.set(id, { state, reason })),
    onChange: () => wake(),
    onMode: () => {},
  });
  const pause = () =>
    new Promise((resolve) => {
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- asking again is paced; an event ends the pause early
      const timer = setTimeout(resolve, ASK_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  leaving?.addEventListener('abort', () => wake());
  try {
    const id = await deployMappings({ mappingsJson: JSON.stringify([wanted]) });
    return await follow(id, wanted, { ends, pause, leaving });
  } finally {
    stop();
  }
}

/* eslint-disable no-await-in-loop -- one question at a time */
async function follow(id, wanted, { ends, pause, leaving }) {
  const began = Date.now();
  while (Date.now() - began < PATIENCE_MS) {
    if (!leaving?.aborted) {
      await pause();
    }
    if (leaving?.aborted) {
      return { state: 'left' };
    }
    const end = ends.get(id);
    if (end && end.state !== 'Succeeded') {
      return { state: 'refused', reason: end.reason, id };
    }
    // It is under way: a look that failed says nothing about it.
    const records = await savedMappings().catch(() => []);
    const saved = records.find(({ DeveloperName: name }) => name === wanted.name);
    if (saved && isSame(mappingOf(saved), wanted)) {
      return { state: 'saved', records };
    }
  }
  return { state: 'unknown', id };
}
/* eslint-enable no-await-in-loop */

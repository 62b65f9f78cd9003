import { LABEL } from './labels';

/** So many at once leave room for people who issue invoices meanwhile. */
const AT_ONCE = 3;

/**
 * Has each operation tried again by `retry`, a few at a time. `onProgress` gets how many were tried.
 * Returns how many were done, how many go on, and why the others were not; one that fails stops no other.
 */
export async function retryAll(operations, retry, onProgress) {
  const waiting = [...operations];
  const result = { total: operations.length, done: 0, underWay: 0, failures: [] };
  let tried = 0;
  const work = async () => {
    for (let operation = waiting.shift(); operation; operation = waiting.shift()) {
      // eslint-disable-next-line no-await-in-loop -- a few at a time is the point
      note(result, operation, await answerOf(operation, retry));
      tried += 1;
      onProgress(tried);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return result;
}

async function answerOf(operation, retry) {
  try {
    return await retry({ invoiceId: operation.Invoice__c, operationKey: operation.Operation_Key__c });
  } catch (error) {
    return { outcome: 'failed', problems: [{ message: error.body?.message ?? error.message }] };
  }
}

function note(result, operation, { outcome, problems }) {
  if (outcome === 'done') {
    result.done += 1;
  } else if (outcome === 'accepted') {
    result.underWay += 1;
  } else {
    const [{ message = LABEL.noReason, action } = {}] = problems ?? [];
    result.failures.push({ message: `${operation.Invoice__r?.Name ?? operation.Name}: ${message}`, action });
  }
}

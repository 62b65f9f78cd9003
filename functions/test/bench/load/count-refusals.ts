import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const CHANNEL = 'http.server.response.finish';

/** Counts what the stand-ins of this process refuse because of a limit: 429, and Salesforce's 403 when the calls of the day are used up. */
export function countRefusals() {
  let refused = 0;
  const look = (message: unknown): void => {
    const { response } = message as { response: ServerResponse };
    const isLimit = response.statusCode === 429 || (response.statusCode === 403 && response.getHeader('x-sandbox') === 'org');
    if (isLimit) refused += 1;
  };
  subscribe(CHANNEL, look);
  return {
    stop(): number {
      unsubscribe(CHANNEL, look);
      return refused;
    },
  };
}

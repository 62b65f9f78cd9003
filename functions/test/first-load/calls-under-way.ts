import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** What an answer is followed by before its caller makes the next call: turns of the event loop. */
const TURNS = 10;

/** Watches the HTTP calls of this process: while one is not answered in full, somebody works and no clock may go on. */
export function watchCalls() {
  let open = 0;
  let waiting: (() => void)[] = [];
  const begin = (): void => void (open += 1);
  const end = (): void => {
    open -= 1;
    if (open > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  };
  const channels: [string, (message: unknown) => void][] = [
    ['http.client.request.start', begin],
    ['http.client.request.error', end],
    ['http.client.response.finish', (message) => void once((message as { response: IncomingMessage }).response, 'close').then(end, end)],
    ['undici:request:create', begin],
    ['undici:request:trailers', end],
    ['undici:request:error', end],
  ];
  for (const [channel, listener] of channels) subscribe(channel, listener);
  return {
    /** Until nobody works any more. */
    async quiet(): Promise<void> {
      for (let turns = 0; turns < TURNS; turns += 1) {
        if (open > 0) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          turns = 0;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    stop(): void {
      for (const [channel, listener] of channels) unsubscribe(channel, listener);
    },
  };
}

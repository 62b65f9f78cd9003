import type { FaultRule } from './faults.ts';

/** One fault a person can switch on. The catalogues are data: the page lists them, and a test shows each happening. */
export interface FaultEntry {
  id: string;
  system: string;
  title: string;
  /** What the caller or the receiver sees. */
  effect: string;
  rule: Pick<FaultRule, 'point' | 'match' | 'fault'>;
  /** How a person would want it: an outage lasts, a lost answer happens once. */
  usual: 'once' | 'always';
  /** The part of the context that narrows it to certain calls, and an example. */
  narrow: { key: string; example: string };
}

interface Where {
  /** Name of the stand-in in fault points. */
  name: string;
  system: string;
  /** Example of a path that writes. */
  path: string;
}

/** Faults of the network and the server, the same at every stand-in. */
export function requestFaults({ name, system, path }: Where): FaultEntry[] {
  const entry = (
    id: string,
    title: string,
    effect: string,
    rule: Omit<FaultEntry['rule'], 'point'>,
    usual: FaultEntry['usual'] = 'once',
  ) => ({
    id: `${name}-${id}`,
    system,
    title,
    effect,
    rule: { point: `${name}.request`, ...rule },
    usual,
    narrow: { key: 'path', example: path },
  });
  return [
    entry('answer-lost', 'Answer of a write lost after the commit', 'The work is done, then the connection closes without an answer.', {
      match: { method: 'POST' },
      fault: { kind: 'drop-answer' },
    }),
    entry('closed-before', 'Connection closed before anything is done', 'Nothing is done and nothing is answered.', {
      fault: { kind: 'drop-before' },
    }),
    entry('error-500', '500, a failure of the server', 'Nothing is done; the answer has the system’s own error body.', {
      fault: { kind: 'status', status: 500 },
    }),
    entry('error-503', '503, service unavailable', 'Nothing is done; the answer has the system’s own error body.', {
      fault: { kind: 'status', status: 503 },
    }),
    entry('slow', 'Slow by three seconds', 'The answer is right and comes three seconds late.', { fault: { kind: 'delay', ms: 3_000 } }),
    entry(
      'down',
      `${system} is down`,
      'Every connection closes without an answer, until it is switched off.',
      { fault: { kind: 'drop-before' } },
      'always',
    ),
  ];
}

/** Faults of webhooks, the same at every stand-in that sends them. */
export function webhookFaults({
  name,
  system,
  narrow,
  change,
}: Omit<Where, 'path'> & Record<'narrow' | 'change', FaultEntry['narrow']>): FaultEntry[] {
  const entry = (id: string, title: string, effect: string, fault: FaultRule['fault']): FaultEntry => ({
    id: `${name}-${id}`,
    system,
    title,
    effect,
    rule: { point: `${name}.webhook`, fault },
    usual: 'once',
    narrow,
  });
  return [
    entry('webhook-lost', 'Webhook lost', 'It is never sent, and never tried again.', { kind: 'lose' }),
    entry('webhook-doubled', 'Webhook doubled', 'It arrives twice.', { kind: 'duplicate' }),
    entry('webhook-delayed', 'Webhook delayed by ten minutes', 'It arrives ten minutes later on the sandbox’s clock.', {
      kind: 'delay',
      ms: 600_000,
    }),
    entry('webhook-reordered', 'Webhooks out of order', 'It is held back and arrives after the next one.', { kind: 'reorder' }),
    entry('webhook-refused', 'Receiver cannot be reached', 'The first try fails; the retry comes by the system’s own ladder.', {
      kind: 'drop-before',
    }),
    entry('webhook-answer-lost', 'Receiver’s answer lost', 'It arrives, the sender never knows, and it arrives again by the ladder.', {
      kind: 'drop-answer',
    }),
    {
      ...entry('event-missing', 'Event never generated', 'The change is made and nothing tells of it.', { kind: 'never-generate' }),
      rule: { point: `${name}.event`, fault: { kind: 'never-generate' } },
      narrow: change,
    },
  ];
}

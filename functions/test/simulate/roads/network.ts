import type { Random } from '../dice.ts';
import type { BatchFault, Remote, RequestFault, SeededFaults } from '../fault-plan.ts';
import { hostNow } from '../host.ts';
import type { Time } from '../time.ts';
import type { Trace } from '../trace.ts';

/** Between the functions and the remote systems: answers take time, and either way may be lost. */
export interface Network {
  send<Answer>(request: Request<Answer>): Promise<Answer>;
  /** Of those that went out: how many, of how many writes, and what went wrong with them. */
  readonly batches: Record<BatchCount, number>;
}

type BatchCount = 'sent' | 'writes' | 'lost' | 'withFaultyItem' | 'refused';
type AnyFault = RequestFault | BatchFault;

export interface Request<Answer> {
  remote: Remote;
  /** For the trace. */
  what: string;
  /** So many writes of a batch it carries. */
  writes?: number;
  /** How long the client waits. */
  timeoutMs: number;
  /** Happens at the remote system when the request arrives there, whatever became of the client. */
  arrive(): Answer;
  /** What the remote system answers instead of acting. */
  faulty(fault: 'failed-500' | 'throttled-429' | 'token-expired' | 'locked' | 'rejected' | 'item-failed' | 'item-unsaid'): Answer;
  /** For the trace. */
  show(answer: Answer): string;
}

/** As Node and the SDKs name it. */
export class ConnectionLost extends Error {
  readonly code: string;

  constructor(code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT') {
    super(code);
    this.code = code;
  }
}

const SLOWEST_MS = 100_000;
/** After these nobody knows what became of its writes. */
const COUNTED: Partial<Record<BatchFault, BatchCount>> = {
  'lost-before': 'lost',
  'answer-lost': 'lost',
  'failed-500': 'lost',
  rejected: 'refused',
  'item-failed': 'withFaultyItem',
  'item-unsaid': 'withFaultyItem',
};

export function createNetwork(deps: { time: Time; faults: SeededFaults; latency: Random; trace: Trace }): Network {
  const { time, faults, latency, trace } = deps;
  const batches: Network['batches'] = { sent: 0, writes: 0, lost: 0, withFaultyItem: 0, refused: 0 };
  const count = (writes: number, fault: BatchFault | null) => {
    batches.sent += 1;
    batches.writes += writes;
    const what = fault && COUNTED[fault];
    if (what) batches[what] += 1;
  };
  return {
    batches,
    async send(request) {
      const host = hostNow();
      const { remote, writes } = request;
      const called = writes ? 'batch' : 'request';
      await host.pass(`a ${called} to ${remote}`);
      const fault = writes ? faults.onBatch() : faults.onRequest(remote);
      if (writes) count(writes, fault as BatchFault | null);
      const answer = await host.receive(travel(request, fault, host.name));
      await host.passed(`an answer to a ${called} of ${remote}`);
      return answer;
    },
  };

  function travel<Answer>(request: Request<Answer>, fault: AnyFault | null, from: string): Promise<Answer> {
    const { remote, what, timeoutMs } = request;
    const note = (result: string) => trace.note(from, `${remote} ${what}${fault ? ` [${fault}]` : ''} -> ${result}`);
    return new Promise((resolve, reject) => {
      const lost = (code: ConstructorParameters<typeof ConnectionLost>[0]) => {
        note(code);
        reject(new ConnectionLost(code));
      };
      if (fault === 'refused') return void time.after(1, () => lost('ECONNREFUSED'));
      if (fault === 'lost-before') return void time.after(latency.between(50, 2_000), () => lost('ECONNRESET'));
      const stopWaiting = time.after(timeoutMs, () => lost('ETIMEDOUT'));
      const there = latency.between(10, 150) + (fault === 'slow' ? latency.between(5_000, SLOWEST_MS) : 0);
      time.after(there, () => {
        const answer = instead(request, fault) ?? (fault === 'locked' ? faults.underLock(() => request.arrive()) : request.arrive());
        const shown = request.show(answer);
        if (fault === 'answer-lost') {
          stopWaiting();
          note(`${shown}, not heard`);
          return void time.after(latency.between(10, 500), () => reject(new ConnectionLost('ECONNRESET')));
        }
        time.after(latency.between(10, 150), () => {
          stopWaiting();
          note(shown);
          resolve(answer);
        });
      });
    });
  }
}

function instead<Answer>(request: Request<Answer>, fault: AnyFault | null): Answer | undefined {
  switch (fault) {
    case 'failed-500':
    case 'throttled-429':
    case 'token-expired':
    case 'rejected':
    case 'item-failed':
    case 'item-unsaid':
      return request.faulty(fault);
    case 'locked':
      // A row lock of Salesforce is met inside the request.
      return request.remote === 'salesforce' ? undefined : request.faulty(fault);
    default:
      return undefined;
  }
}

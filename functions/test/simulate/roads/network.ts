import type { Random } from '../dice.ts';
import type { Remote, RequestFault, SeededFaults } from '../fault-plan.ts';
import { hostNow } from '../host.ts';
import type { Time } from '../time.ts';
import type { Trace } from '../trace.ts';

/** Between the functions and the remote systems: answers take time, and either way may be lost. */
export interface Network {
  send<Answer>(request: Request<Answer>): Promise<Answer>;
}

export interface Request<Answer> {
  remote: Remote;
  /** For the trace. */
  what: string;
  /** How long the client waits. */
  timeoutMs: number;
  /** Happens at the remote system when the request arrives there, whatever became of the client. */
  arrive(): Answer;
  /** What the remote system answers instead of acting. */
  faulty(fault: 'failed-500' | 'throttled-429' | 'token-expired' | 'locked'): Answer;
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

export function createNetwork(deps: { time: Time; faults: SeededFaults; latency: Random; trace: Trace }): Network {
  const { time, faults, latency, trace } = deps;
  return {
    async send(request) {
      const host = hostNow();
      await host.pass(`a request to ${request.remote}`);
      const fault = faults.onRequest(request.remote);
      const answer = await host.receive(travel(request, fault, host.name));
      await host.passed(`an answer of ${request.remote}`);
      return answer;
    },
  };

  function travel<Answer>(request: Request<Answer>, fault: RequestFault | null, from: string): Promise<Answer> {
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

function instead<Answer>(request: Request<Answer>, fault: RequestFault | null): Answer | undefined {
  switch (fault) {
    case 'failed-500':
    case 'throttled-429':
    case 'token-expired':
      return request.faulty(fault);
    case 'locked':
      // A row lock of Salesforce is met inside the request.
      return request.remote === 'salesforce' ? undefined : request.faulty(fault);
    default:
      return undefined;
  }
}

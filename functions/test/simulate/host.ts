import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from './dice.ts';
import type { SeededFaults } from './fault-plan.ts';
import type { Time } from './time.ts';

/** A process of the functions. When it is killed, nothing in it gets past its next await of the outer world. */
export interface Host {
  readonly name: string;
  dead: boolean;
  /** A point at which the process may die; takes a moment. Never resolves in a dead process. */
  pass(point: string): Promise<void>;
  /** The same once the work is done: no moment more. */
  passed(point: string): Promise<void>;
  /** Resolves with what arrives, unless the process died meanwhile: then never. */
  receive<T>(arriving: Promise<T>): Promise<T>;
}

export interface HostDeps {
  time: Time;
  faults: SeededFaults;
  latency: Random;
  /** The process died: whoever watches over it starts another. */
  died(host: Host): void;
}

const current = new AsyncLocalStorage<Host>();
const never = <T>(): Promise<T> => new Promise(() => undefined);

export const hostNow = (): Host => {
  const host = current.getStore();
  if (!host) throw new Error('No process of the functions runs this.');
  return host;
};
export const inHost = <T>(host: Host, work: () => T): T => current.run(host, work);

export function createHost(name: string, { time, faults, latency, died }: HostDeps): Host {
  const mayDie = (point: string): Promise<void> | undefined => {
    if (host.dead) return never();
    if (!faults.kills(point)) return undefined;
    host.dead = true;
    died(host);
    return never();
  };
  const host: Host = {
    name,
    dead: false,
    async pass(point) {
      if (host.dead) return never();
      await time.sleep(latency.between(0, 3));
      return mayDie(point);
    },
    passed: async (point) => mayDie(point),
    async receive(arriving) {
      const settled = await Promise.allSettled([arriving]);
      if (host.dead) return never();
      const [answer] = settled;
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    },
  };
  return host;
}

/** A port of which every call is such a point, before and after it took effect. */
export function guarded<Port extends object>(host: Host, name: string, port: Port): Port {
  const calls = Object.entries(port).map(([method, act]) => [
    method,
    typeof act !== 'function'
      ? (act as unknown)
      : async (...given: unknown[]) => {
          await host.pass(`${name}.${method}`);
          const answer: unknown = await (act as (...given: unknown[]) => unknown)(...given);
          await host.passed(`${name}.${method}, done`);
          return answer;
        },
  ]);
  return Object.fromEntries(calls) as Port;
}

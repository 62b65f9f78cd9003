import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../../../scripts/sandbox/index.ts';

/** The functions' process of a seed: killed at any moment, it comes back, as a host does it. */
export interface RealProcess {
  /** SIGKILL, and another after a moment. Nothing when it is down already. */
  kill(): void;
  /** Killed, and started again after so much time has passed everywhere. */
  later(ms: number): Promise<void>;
  /** Until it is up. */
  up(): Promise<void>;
  /** Those of the plan. */
  readonly kills: number;
}

const BACK_AFTER_MS = 200;

export function watchOver({ functions, clock }: Pick<Sandbox, 'functions' | 'clock'>): RealProcess {
  let comingBack: Promise<void> | undefined;
  let kills = 0;
  const replace = async (meanwhile: () => Promise<unknown>): Promise<void> => {
    await functions.kill();
    await meanwhile();
    // On a machine with much else to do a start may take too long; a host tries again.
    await functions.start().catch(() => functions.kill().then(() => functions.start()));
  };
  const away = (meanwhile: () => Promise<unknown>): Promise<void> =>
    (comingBack ??= replace(meanwhile).finally(() => (comingBack = undefined)));
  return {
    kill() {
      if (comingBack) return;
      kills += 1;
      void away(() => wait(BACK_AFTER_MS));
    },
    async later(ms) {
      await comingBack;
      await away(() => clock.advance(ms));
    },
    up: async () => comingBack,
    get kills() {
      return kills;
    },
  };
}

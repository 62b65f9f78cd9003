/** Those of one process who wait for tokens of one bucket in one lane: one of them looks for all, in the order in which they came. */
export interface BudgetLine {
  /** @returns false when there was none within `patienceMs`; without patience also where others wait already */
  wait(patienceMs: number): Promise<boolean>;
}

interface Waiting {
  until: number;
  answer(granted: boolean): void;
  fail(error: unknown): void;
}

/** @param ask takes up to so many tokens as are there now; answers how many it got */
export function createBudgetLine(ask: (most: number) => Promise<number>, pauseMs: number): BudgetLine {
  let waiting: Waiting[] = [];
  let looking = false;
  let pausing = false;

  async function look(): Promise<void> {
    looking = true;
    try {
      while (waiting.length > 0) {
        const asked = waiting.length;
        const granted = await ask(asked);
        for (const each of waiting.splice(0, granted)) each.answer(true);
        // There may be more for those who came meanwhile.
        if (granted === asked) continue;
        const left = waiting.filter(({ until }) => until > Date.now());
        for (const each of waiting) if (!left.includes(each)) each.answer(false);
        waiting = left;
        if (waiting.length > 0) await pause(Math.min(...waiting.map(({ until }) => until)) - Date.now());
      }
    } catch (error) {
      for (const each of waiting.splice(0)) each.fail(error);
    } finally {
      looking = false;
    }
  }

  async function pause(most: number): Promise<void> {
    pausing = true;
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(pauseMs, most))));
    pausing = false;
  }

  return {
    wait: (patienceMs) =>
      patienceMs <= 0 && pausing
        ? Promise.resolve(false)
        : new Promise((answer, fail) => {
            waiting.push({ until: Date.now() + patienceMs, answer, fail });
            if (!looking) void look();
          }),
  };
}

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

  async function look(): Promise<void> {
    looking = true;
    try {
      while (waiting.length > 0) {
        for (const each of waiting.splice(0, await ask(waiting.length))) each.answer(true);
        const left = waiting.filter(({ until }) => until > Date.now());
        for (const each of waiting) if (!left.includes(each)) each.answer(false);
        waiting = left;
        const next = Math.min(...waiting.map(({ until }) => until)) - Date.now();
        if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(pauseMs, next))));
      }
    } catch (error) {
      for (const each of waiting.splice(0)) each.fail(error);
    } finally {
      looking = false;
    }
  }

  return {
    wait: (patienceMs) =>
      patienceMs <= 0 && waiting.length > 0
        ? Promise.resolve(false)
        : new Promise((answer, fail) => {
            waiting.push({ until: Date.now() + patienceMs, answer, fail });
            if (!looking) void look();
          }),
  };
}

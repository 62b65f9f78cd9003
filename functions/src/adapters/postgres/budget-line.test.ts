import { describe, expect, it } from 'vitest';
import { createBudgetLine } from './budget-line.ts';

/** A bucket that holds what is put in. */
function bucket(held = 0, pauseMs = 5) {
  const state = { held, looks: 0, away: false };
  const line = createBudgetLine(async (most) => {
    state.looks += 1;
    if (state.away) throw new Error('The database is away.');
    const granted = Math.min(most, state.held);
    state.held -= granted;
    return granted;
  }, pauseMs);
  return { state, line };
}

describe('those who wait for tokens', () => {
  it('have one look for all, and are served in the order in which they came', async () => {
    const { state, line } = bucket();
    const served: number[] = [];
    const waits = [1, 2, 3, 4].map((who) => line.wait(5_000).then((granted) => granted && served.push(who)));
    await expect.poll(() => state.looks).toBeGreaterThan(2);
    const before = state.looks;
    state.held = 3;
    await Promise.all(waits.slice(0, 3));
    expect(served).toEqual([1, 2, 3]);
    state.held = 1;
    await Promise.all(waits);
    expect(served).toEqual([1, 2, 3, 4]);
    expect(state.looks - before).toBeLessThan(10);
  });

  it('are told when their patience ends, and nothing is taken for them then', async () => {
    const { state, line } = bucket();
    const waits = [line.wait(5_000), line.wait(20)];
    expect(await waits[1]).toBe(false);
    state.held = 2;
    expect(await waits[0]).toBe(true);
    expect(state.held).toBe(1);
  });

  it('and have no patience are told at once, also where others wait already', async () => {
    const { state, line } = bucket(1);
    expect(await line.wait(0)).toBe(true);
    expect(await line.wait(0)).toBe(false);
    const patient = line.wait(5_000);
    const looks = state.looks;
    expect(await line.wait(0)).toBe(false);
    expect(state.looks).toBe(looks);
    state.held = 1;
    expect(await patient).toBe(true);
  });

  it('and come while others ask are asked for at once, as long as there are any', async () => {
    const { state, line } = bucket(4, 60_000);
    expect(await Promise.all([line.wait(5_000), line.wait(5_000), line.wait(0), line.wait(0)])).toEqual([true, true, true, true]);
    expect(state.looks).toBe(2);
    expect(await line.wait(0)).toBe(false);
  });

  it('hear of a fault, and the next one looks anew', async () => {
    const { state, line } = bucket(1);
    state.away = true;
    await expect(line.wait(5_000)).rejects.toThrow('away');
    state.away = false;
    expect(await line.wait(5_000)).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { createWorld } from '../src/adapters/memory/world.ts';
import { done, type Outcome } from '../src/domain/outcome.ts';
import { createHealth } from '../src/health.ts';

const CUT: Outcome<null> = {
  outcome: 'unauthorized',
  problem: { code: 'system-not-connected', severity: 'error', message: 'It is cut.', action: 'Reconnect.' },
};

test('QuickBooks, whose reads are metered, is asked every five minutes at most, unless it fails or a person asks for now', async () => {
  const world = createWorld();
  let [pings, answer]: [number, Outcome<null>] = [0, done(null)];
  world.ledger.ping = async () => {
    pings += 1;
    return answer;
  };
  const health = createHealth({ ports: world, pool: { query: async () => ({ rows: [] }) } } as unknown as Parameters<
    typeof createHealth
  >[0]);
  const later = async (ms: number, isNow = false) => {
    world.clock.advance(ms);
    return [(await health(isNow)).status, pings];
  };
  expect(await later(0)).toEqual(['ok', 1]);
  expect(await later(60_000)).toEqual(['ok', 1]);
  expect(await later(0, true)).toEqual(['ok', 2]);
  expect(await later(0, true)).toEqual(['ok', 2]);
  answer = CUT;
  expect(await later(301_000)).toEqual(['degraded', 3]);
  expect(await later(11_000)).toEqual(['degraded', 4]);
  answer = done(null);
  expect(await later(11_000)).toEqual(['ok', 5]);
});

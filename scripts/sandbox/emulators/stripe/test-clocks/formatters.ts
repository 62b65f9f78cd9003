import type { TestClock } from '../entities.ts';

export function formatTestClock({ target, ...clock }: TestClock) {
  return {
    object: 'test_helpers.test_clock',
    ...clock,
    livemode: false,
    status: target === null ? 'ready' : 'advancing',
    status_details: target === null ? {} : { advancing: { target_frozen_time: target } },
  };
}

import { expect, test } from 'vitest';
import { createClock } from '../memory/clock.ts';
import { createEffectLog } from '../memory/effect-log.ts';
import { createFaults } from '../memory/faults.ts';
import { done } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import { type Creation, sendBatch } from './send-batch.ts';

const clock = createClock();
const effects = createEffectLog(createFaults(), clock);

/** QuickBooks, as it answers what was not tried with the stand-in. */
const answering = (answers: object[]) => ({ callInTurn: async () => done({ BatchItemResponse: answers }) }) as unknown as QuickBooksClient;

async function creation(key: string): Promise<Creation> {
  const sending = await effects.begin({ key, system: 'quickbooks', body: null, at: new Date(clock.now()).toISOString() });
  return { entity: 'Payment', body: {}, key, sending, alone: () => Promise.reject(new Error('went alone')) };
}

test('answers in any order are told apart; a fault of QuickBooks’ own and no answer at all prove nothing', async () => {
  const creations = await Promise.all(['c', 'a', 'd', 'b'].map(creation));
  const outcomes = await sendBatch(
    answering([
      { bId: 'i4', Fault: { type: 'SystemFault', Error: [{ Message: 'An application error has occurred', code: '10000' }] } },
      { bId: 'i3', Payment: { Id: '33' } },
      { bId: 'i1', Fault: { type: 'ValidationFault', Error: [{ Message: 'closed', code: '6210' }] } },
    ]),
    { effects, clock },
    creations,
  );
  expect(outcomes).toMatchObject([
    done({ Id: '33' }),
    { outcome: 'rejected', problem: { code: 'quickbooks-closed-period' } },
    { outcome: 'unknown-outcome' },
    { outcome: 'unknown-outcome' },
  ]);
});

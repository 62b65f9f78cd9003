import { quickbooksBatchId } from '../../domain/operation-key.ts';
import { type Outcome, done } from '../../domain/outcome.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EffectLog, Sending } from '../../ports/effect-log.ts';
import type { QuickBooksClient, Sdk } from './client.ts';
import { judgeItem, readFault } from './errors.ts';

/** A new document that may share a batch. */
export interface Creation {
  entity: 'Invoice' | 'Payment' | 'RefundReceipt' | 'CreditMemo' | 'JournalEntry' | 'Transfer' | 'Purchase';
  body: object;
  /** The requestid it would have alone. */
  key: string;
  sending: Sending;
  /** Sends it alone, `callInTurn` when its turn has come. */
  alone(how: 'call' | 'callInTurn', requestId: string): Promise<Outcome<unknown>>;
}

type Answers = { BatchItemResponse?: ({ bId?: string } & Record<string, unknown>)[] };

/**
 * Sends so many in one request, once the log knows what goes out as what; each is judged by its own answer. Answers in their order.
 * QuickBooks knows each by requestid and bId joined (it says so when they are too long together: QuickBooks-V3-Java-SDK, issue 180), and
 * answers in any order (routablehq/python-quickbooks, issue 143).
 */
export async function sendBatch(
  client: QuickBooksClient,
  { effects, clock }: { effects: Pick<EffectLog, 'sendTogether'>; clock: Pick<Clock, 'now'> },
  creations: readonly Creation[],
): Promise<Outcome<unknown>[]> {
  const keys = creations.map(({ key }) => key).sort();
  const id = quickbooksBatchId(keys);
  const items = creations.map((creation) => {
    const bId = `i${keys.indexOf(creation.key) + 1}`;
    return { ...creation, bId, sentAs: `${id}${bId}` };
  });
  const frozen = await effects.sendTogether(
    items.map(({ sending, sentAs }) => ({ ...sending, sentAs })),
    new Date(clock.now()).toISOString(),
  );
  const sent = items.filter(({ sending }) => frozen.includes(sending.key));
  const requests = sent.map(({ bId, entity, body }) => ({ bId, operation: 'create', [entity]: body }));
  const answer: Outcome<Answers> =
    sent.length === 0
      ? done({})
      : await client.callInTurn<Answers>('write', 'batch', (sdk, ready) => withRequestId(sdk, id).batch(structuredClone(requests), ready));
  return Promise.all(
    items.map((item) => {
      // Of what somebody else has taken over, only the log tells what becomes.
      if (!sent.includes(item)) return judgeItem(undefined);
      // The request as such was refused, so nothing was done: whichever item is to blame, it is to hold up no other.
      if (answer.outcome === 'rejected' || answer.outcome === 'conflict') return sent.length > 1 ? item.alone('call', item.sentAs) : answer;
      if (answer.outcome !== 'done') return answer;
      const own = answer.value.BatchItemResponse?.find(({ bId }) => bId === item.bId);
      const fault = readFault(own);
      return own?.[item.entity] && !fault ? done(own[item.entity]) : judgeItem(fault);
    }),
  );
}

/**
 * The SDK's batch takes no requestid (mcohen01/node-quickbooks, issue 161), but builds its address of endpoint, realm and path; what
 * follows "#" is never sent.
 */
const withRequestId = (sdk: Sdk, requestId: string): Sdk =>
  Object.create(sdk, { endpoint: { value: `${sdk.endpoint}${sdk.realmId}/batch?requestid=${requestId}#` } }) as Sdk;

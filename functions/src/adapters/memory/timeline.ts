import type { Timeline } from '../../ports/timeline.ts';
import type { MemoryEffectLog } from './effect-log.ts';
import type { createInbox } from './inbox.ts';
import type { createProgress } from './progress.ts';

interface Kept {
  effects: MemoryEffectLog;
  progress: ReturnType<typeof createProgress>;
  inbox: ReturnType<typeof createInbox>;
}

export function createTimeline({ effects, progress, inbox }: Kept): Timeline {
  return {
    calls: async (recordId) => effects.notes.filter(({ key }) => key.split(':')[1] === recordId),
    operations: async (invoiceId) => [...progress.operations.values()].filter((each) => each.invoiceId === invoiceId),
    events: async (objects) =>
      inbox.entries
        .filter(({ event }) =>
          objects.some(({ provider, type, id }) => event.provider === provider && event.objectType === type && event.objectId === id),
        )
        .map(({ event, dirty, receivedAt }) => ({
          provider: event.provider,
          eventId: event.eventId,
          type: event.type,
          applied: dirty !== null,
          receivedAt,
        })),
  };
}

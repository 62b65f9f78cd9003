import type { EffectLog, EffectRow, Json } from '../../ports/effect-log.ts';
import type { CallNote } from '../../domain/timeline.ts';
import type { MemoryClock } from './clock.ts';
import { copyJson } from './copy-json.ts';
import type { Faults } from './faults.ts';

export interface MemoryEffectLog extends EffectLog {
  rows: Map<string, EffectRow>;
  notes: CallNote[];
}

export function createEffectLog(faults: Pick<Faults, 'plain'>, clock: Pick<MemoryClock, 'now'>): MemoryEffectLog {
  const notes: CallNote[] = [];
  const note = (row: EffectRow, what: CallNote['what'], reason: string | null = null): EffectRow => {
    notes.push({ key: row.key, system: row.system, what, reason, at: new Date(clock.now()).toISOString() });
    return row;
  };
  const rows = new Map<string, EffectRow>();
  const documents = new Map<string, Json>();
  const change = (key: string, part: Partial<EffectRow>): EffectRow => {
    const row = rows.get(key);
    if (!row) throw new Error(`No effect "${key}".`);
    const next = { ...row, ...part };
    rows.set(key, next);
    return copyJson(next);
  };
  return {
    rows,
    notes,
    begin: ({ key, system, body, at }) =>
      faults.plain('effects.begin', () => {
        const held = rows.get(key);
        if (held) return { ...copyJson(held), fresh: false };
        const row: EffectRow = {
          key,
          system,
          revision: 1,
          state: 'sent',
          body: copyJson(body),
          answer: null,
          firstSentAt: at,
          lastSentAt: at,
          sentAs: null,
        };
        rows.set(key, row);
        return { ...copyJson(note(row, 'sent')), fresh: true };
      }),
    resend: (key, at) =>
      faults.plain('effects.resend', () =>
        note(change(key, { state: 'sent', firstSentAt: rows.get(key)?.firstSentAt ?? at, lastSentAt: at }), 'resent'),
      ),
    revise: (key, body, at) =>
      faults.plain('effects.revise', () =>
        note(
          change(key, {
            state: 'sent',
            body: copyJson(body),
            answer: null,
            revision: (rows.get(key)?.revision ?? 0) + 1,
            firstSentAt: at,
            lastSentAt: at,
            sentAs: null,
          }),
          'revised',
        ),
      ),
    sendTogether: (sendings, at) =>
      faults.plain('effects.sendTogether', () =>
        sendings.flatMap(({ key, revision, lastSentAt, sentAs }) => {
          const row = rows.get(key);
          if (row?.state !== 'sent' || row.revision !== revision) return [];
          if (row.lastSentAt !== lastSentAt && (row.lastSentAt !== at || row.sentAs !== sentAs)) return [];
          change(key, { sentAs, firstSentAt: at, lastSentAt: at });
          return [key];
        }),
      ),
    answer: (key, answer) =>
      faults.plain('effects.answer', () => void note(change(key, { state: 'answered', answer: copyJson(answer) }), 'answered')),
    release: (key, reason) =>
      faults.plain('effects.release', () => void note(change(key, { state: 'idle', firstSentAt: null }), 'released', reason)),
    read: (key) => faults.plain('effects.read', () => copyJson(rows.get(key) ?? null)),
    keep: (key, document) => faults.plain('effects.keep', () => void documents.set(key, copyJson(document ?? null))),
    kept: (key) => faults.plain('effects.kept', () => copyJson(documents.get(key) ?? null)),
  };
}

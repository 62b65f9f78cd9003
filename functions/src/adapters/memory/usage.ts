import type { DayOfUsage } from '../../domain/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Usage } from '../../ports/usage.ts';

/** Usage with PostgreSQL's rules (adapters/postgres/usage.ts). */
export function createUsage(clock: Pick<Clock, 'now'>): Usage {
  const meters = new Map<string, Map<string, DayOfUsage>>();
  return {
    count(meter, calls) {
      const since = new Date(clock.now()).toISOString();
      const day = since.slice(0, 10);
      const days = meters.get(meter) ?? new Map<string, DayOfUsage>();
      meters.set(meter, days);
      const held = days.get(day);
      days.set(day, { day, calls: calls + (held?.calls ?? 0), since: held?.since ?? since });
    },
    readDays: async (meter, from) =>
      structuredClone([...(meters.get(meter)?.values() ?? [])].filter(({ day }) => day >= from).sort((a, b) => (a.day < b.day ? -1 : 1))),
    close: async () => undefined,
  };
}

import type { Counted } from '../../domain/first-load/forecast.ts';
import { LOAD_OBJECTS, systemOf } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PastRange } from '../../ports/history.ts';
import type { Deps } from '../deps.ts';

/** How many records of each kind there are; one system after the other asks itself, both at once. */
export async function countHistory({ histories }: Pick<Deps, 'histories'>, range: PastRange): Promise<Outcome<Counted[]>> {
  const counted: Counted[] = [];
  const inTurn = async (system: 'quickbooks' | 'stripe'): Promise<Outcome<null>> => {
    for (const object of LOAD_OBJECTS.filter((each) => systemOf(each) === system)) {
      const answer = await histories[system].count(object, range);
      if (answer.outcome !== 'done') return answer;
      counted.push({ object, ...answer.value });
    }
    return done(null);
  };
  for (const answer of await Promise.all([inTurn('quickbooks'), inTurn('stripe')])) if (answer.outcome !== 'done') return answer;
  return done(LOAD_OBJECTS.flatMap((object) => counted.find((each) => each.object === object) ?? []));
}

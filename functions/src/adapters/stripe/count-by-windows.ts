import { type Outcome, done } from '../../domain/outcome.ts';

/** Seconds since the epoch. */
export interface CreatedRange {
  gte?: number;
  lte: number;
}

type Newest = (within: CreatedRange) => Promise<Outcome<{ data: { created: number }[]; has_more: boolean }>>;

interface Window {
  from: number;
  to: number;
  records: number;
  exact: boolean;
}

/** Stripe began in 2011; nothing is older. */
const OLDEST = Date.UTC(2011, 0, 1) / 1000;
/** Calls that an estimate may cost. */
const LOOKS = 24;

/**
 * Stripe tells no counts: a window of time with no more than one page is counted, a fuller one is estimated by how close together its
 * newest hundred lie. The fullest is halved as long as looks are left.
 */
export async function countByWindows(
  { gte = OLDEST, lte }: CreatedRange,
  newest: Newest,
): Promise<Outcome<{ records: number; estimated: boolean }>> {
  let looks = LOOKS;
  const look = async (from: number, to: number): Promise<Outcome<Window>> => {
    looks -= 1;
    const answer = await newest({ gte: from, lte: to });
    if (answer.outcome !== 'done') return answer;
    const { data, has_more: more } = answer.value;
    const oldestSeen = data.at(-1)?.created ?? to;
    const seenSpan = Math.max(1, to - oldestSeen);
    return done({ from, to, exact: !more, records: more ? Math.round((data.length * Math.max(1, to - from)) / seenSpan) : data.length });
  };

  const first = await look(gte, lte);
  if (first.outcome !== 'done') return first;
  const windows = [first.value];
  while (looks >= 2) {
    const fullest = windows.filter(({ exact, from, to }) => !exact && to > from).sort((a, b) => b.records - a.records)[0];
    if (!fullest) break;
    const middle = Math.floor((fullest.from + fullest.to) / 2);
    const halves = await Promise.all([look(fullest.from, middle), look(middle + 1, fullest.to)]);
    for (const half of halves) if (half.outcome !== 'done') return half;
    windows.splice(windows.indexOf(fullest), 1, ...halves.flatMap((half) => (half.outcome === 'done' ? [half.value] : [])));
  }
  return done({ records: windows.reduce((sum, { records }) => sum + records, 0), estimated: windows.some(({ exact }) => !exact) });
}

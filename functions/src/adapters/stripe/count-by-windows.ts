import { type Outcome, done } from '../../domain/outcome.ts';

/** Seconds since the epoch, of Stripe's clock. */
export interface CreatedRange {
  gte?: number;
  lte?: number;
}

type Newest<T> = (within: CreatedRange) => Promise<Outcome<{ data: T[]; has_more: boolean }>>;

interface Seen {
  /** There is something, wanted or not. */
  any: boolean;
  records: number;
  exact: boolean;
}

/** Stripe began in 2011; nothing is older. */
const OLDEST = Date.UTC(2011, 0, 1) / 1000;
/** Calls for the beginning of the past, to within three weeks, and windows from there on. */
const LOOKS_FOR_BEGINNING = 8;
const WINDOWS = 12;

/**
 * Stripe tells no counts: what fits on one page is counted. More is estimated, window by window from the first record to the last, by
 * how close together the newest hundred of each lie, and how many of these are `wanted`.
 */
export async function countByWindows<T extends { created: number }>(
  { gte = OLDEST }: Pick<CreatedRange, 'gte'>,
  newest: Newest<T>,
  wanted: (object: T) => boolean = () => true,
): Promise<Outcome<{ records: number; estimated: boolean }>> {
  const look = async (from: number, to: number): Promise<Outcome<Seen>> => {
    const answer = await newest({ gte: from, lte: to });
    if (answer.outcome !== 'done') return answer;
    const { data, has_more: more } = answer.value;
    const count = data.filter(wanted).length;
    const span = Math.max(1, to - (data.at(-1)?.created ?? to));
    const records = more ? Math.round((count * Math.max(1, to - from)) / span) : count;
    return done({ any: data.length > 0, exact: !more, records });
  };

  // Where the last one lies is for Stripe to say: our clock may be behind.
  const whole = await newest({ gte });
  if (whole.outcome !== 'done') return whole;
  const [last] = whole.value.data;
  if (!last || !whole.value.has_more) return done({ records: whole.value.data.filter(wanted).length, estimated: false });
  const lte = last.created;

  let [empty, begun] = [gte, lte];
  for (let looks = 0; looks < LOOKS_FOR_BEGINNING; looks += 1) {
    const middle = Math.floor((empty + begun) / 2);
    const older = await look(gte, middle);
    if (older.outcome !== 'done') return older;
    if (older.value.any) begun = middle;
    else empty = middle;
  }
  const width = Math.max(1, Math.ceil((lte - empty) / WINDOWS));
  const windows: Seen[] = [];
  for (let from = empty; from <= lte; from += width + 1) {
    const seen = await look(from, Math.min(lte, from + width));
    if (seen.outcome !== 'done') return seen;
    windows.push(seen.value);
  }
  return done({ records: windows.reduce((sum, { records }) => sum + records, 0), estimated: windows.some(({ exact }) => !exact) });
}

import { chunkOf, PAGE } from '../../domain/first-load/forecast.ts';
import { isOfCustomers, type Load, LOAD_OBJECTS, type LoadObject, type LoadSystem, systemOf } from '../../domain/first-load/load.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { History, PageAsk, PastPage } from '../../ports/history.ts';
import type { Deps } from '../deps.ts';

type Histories = Deps['histories'];
type List<T> = (ask: PageAsk) => Promise<Outcome<PastPage<T>>>;

/** Histories whose next pages are asked for while those before are written. */
export interface Ahead {
  histories: Histories;
  /** What was read ahead is used at once or not at all: after a wait it may not be so any more. */
  drop(): void;
}

/** As much as the next part needs is read ahead, and the first pages of the documents that come next. One call at a time of each kind. */
export function readAhead(histories: Histories, load: Load): Ahead {
  const queues = new Map<LoadObject, { begin(): void; drop(): void }>();
  const ahead = <T>(object: LoadObject, list: List<T>): List<T> => {
    const expected = load.objects.find((each) => each.object === object)?.expected ?? 0;
    const queue = createQueue(list, load.since, Math.ceil(chunkOf(expected) / PAGE[systemOf(object)]));
    queues.set(object, queue);
    const next = LOAD_OBJECTS[LOAD_OBJECTS.indexOf(object) + 1];
    return async (ask) => {
      const page = await queue.list(ask);
      const isLast = page.outcome === 'done' && page.value.next === null;
      if (isLast && next && !isOfCustomers(object)) queues.get(next)?.begin();
      return page;
    };
  };
  const of = (system: LoadSystem): History => {
    const history = histories[system];
    return {
      count: (object, range) => history.count(object, range),
      listCustomers: ahead(`${system}-customers`, (ask) => history.listCustomers(ask)),
      listInvoices: ahead(`${system}-invoices`, (ask) => history.listInvoices(ask)),
      listPayments: ahead(`${system}-payments`, (ask) => history.listPayments(ask)),
    };
  };
  return {
    histories: { quickbooks: of('quickbooks'), stripe: of('stripe') },
    drop: () => {
      for (const queue of queues.values()) queue.drop();
    },
  };
}

/** Up to `depth` pages of a list that nobody has asked for yet. */
function createQueue<T>(list: List<T>, since: string | null, depth: number) {
  let held: { cursor: string | null; page: ReturnType<List<T>> }[] = [];
  /** Where to go on once there is room; null while a page is under way, and after the last one. */
  let next: string | null = null;
  /** What a former turn still hears is of no use. */
  let turn = 0;

  function ask(cursor: string | null): void {
    const asked = turn;
    const read = async (): ReturnType<List<T>> => {
      const answer = await list({ since, cursor });
      if (asked === turn && answer.outcome === 'done') {
        next = answer.value.next;
        goOn();
      }
      return answer;
    };
    const page = read();
    // Whoever comes for the page is told; it may be that nobody comes.
    page.catch(() => undefined);
    held.push({ cursor, page });
  }
  function goOn(): void {
    if (next === null || held.length >= depth) return;
    const cursor = next;
    next = null;
    ask(cursor);
  }
  function drop(): void {
    turn += 1;
    held = [];
    next = null;
  }

  return {
    begin: () => {
      if (held.length === 0) ask(null);
    },
    drop,
    list({ cursor }: PageAsk): ReturnType<List<T>> {
      if (held[0]?.cursor !== cursor) {
        drop();
        ask(cursor);
      }
      const page = held.shift()?.page ?? list({ since, cursor });
      goOn();
      return page;
    },
  };
}

/** An answer of QuickBooks'. */
export interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

interface Item {
  bId: string;
  operation?: string;
}
interface Batch {
  BatchItemRequest: Item[];
}

/** The writes in the body of a batch; a batch of queries has none. */
export const writesIn = (body: string | undefined): Item[] =>
  (JSON.parse(body ?? '{}') as Partial<Batch>).BatchItemRequest?.filter(({ operation }) => operation !== undefined) ?? [];

/** QuickBooks does all but the first of its writes, and names a fault of its own for that. */
export function withoutTheFirst([first, ...others]: Item[], send: (batch: Batch) => Answer): Answer {
  const answer = others.length > 0 ? send({ BatchItemRequest: others }) : { status: 200, body: { BatchItemResponse: [] }, headers: {} };
  const { BatchItemResponse: said } = answer.body as { BatchItemResponse?: object[] };
  const Fault = { Error: [{ Message: 'An application error has occurred', Detail: '', code: '10000' }], type: 'SystemFault' };
  return said ? { ...answer, body: { BatchItemResponse: [{ bId: first?.bId, Fault }, ...said] } } : answer;
}

/** QuickBooks does them all, and does not say so of the last. */
export function withTheLastUnsaid(answer: Answer): Answer {
  const { BatchItemResponse: said } = answer.body as { BatchItemResponse?: object[] };
  return said ? { ...answer, body: { BatchItemResponse: said.slice(0, -1) } } : answer;
}

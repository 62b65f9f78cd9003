/** What all of Stripe's lists have in common. */
export interface Listed {
  id: string;
  /** Seconds since the epoch. */
  created: number;
}

/**
 * Up to where a list was read, newest first. Its last record may be deleted before the next page is asked for, and Stripe then knows
 * nothing that lies after it: what was created in that second or before is found all the same, less what was read of that second.
 */
export interface Place extends Listed {
  /** Of that second. */
  seen: string[];
}

/** The place after a page that began at `from`. */
export function placeAfter(data: readonly Listed[], from: Place | null): string | null {
  const last = data.at(-1);
  if (!last) return null;
  const before = from?.created === last.created ? from.seen : [];
  const seen = [...new Set([...before, ...data.filter(({ created }) => created === last.created).map(({ id }) => id)])];
  return JSON.stringify({ id: last.id, created: last.created, seen } satisfies Place);
}

export const readPlace = (cursor: string | null): Place | null => (cursor === null ? null : (JSON.parse(cursor) as Place));

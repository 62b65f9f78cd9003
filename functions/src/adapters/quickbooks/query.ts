/** A text as a literal of QuickBooks' query language: the backslash escapes, so it is escaped first. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `field IN ('a','b')`; an empty list matches nothing. */
export function within(field: string, values: readonly string[]): string {
  return `${field} IN (${(values.length > 0 ? values : ['']).map(literal).join(', ')})`;
}

/** Without this a query on names leaves out the inactive ones. */
export const ACTIVE_OR_NOT = 'Active IN (true, false)';

/** A full query; every one is ordered by Id, since the default order differs by entity and by time. */
export function select(entity: string, where: string | null, page: { start?: number; max?: number } = {}): string {
  return `select * from ${entity}${clauses(where, page)}`;
}

/** What follows `select * from X`, for the SDK's find calls. */
export function clauses(where: string | null, { start = 1, max = 1000 }: { start?: number; max?: number } = {}): string {
  return `${where ? ` where ${where}` : ''} ORDERBY Id STARTPOSITION ${start} MAXRESULTS ${max}`;
}

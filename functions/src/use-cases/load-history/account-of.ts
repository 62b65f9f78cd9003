import { type Cause, CUSTOMER_REFUSED, CUSTOMER_WAITS, NO_CUSTOMER } from '../../domain/first-load/causes.ts';
import type { Loads } from '../../ports/loads.ts';

type Standings = Awaited<ReturnType<Loads['customersOf']>>;

/** The account a document belongs to, or why it cannot be told yet. */
export function accountOf(standings: Standings, customerId: string): { accountId: string } | { cause: Cause } {
  const held = standings.get(customerId);
  if (!held) return { cause: NO_CUSTOMER };
  if (held.standing === 'refused') return { cause: CUSTOMER_REFUSED };
  return held.accountId === null ? { cause: CUSTOMER_WAITS } : { accountId: held.accountId };
}

import type { Link } from '../../domain/link.ts';
import { done, rejected, type Outcome } from '../../domain/outcome.ts';
import type { Deps } from '../deps.ts';
import { refusal } from './refusals.ts';

/** The review may be days old: the customer must exist still and be able to take invoices in this currency. */
export async function isStillThere(
  deps: Pick<Deps, 'payments' | 'ledger'>,
  system: Link['system'],
  id: string,
  currency: string,
): Promise<Outcome<null>> {
  const read = system === 'stripe' ? await deps.payments.readCustomer(id) : await readInLedger(deps, id);
  if (read.outcome !== 'done') return read;
  const customer = read.value;
  if (!customer) return rejected(refusal('candidate-gone'));
  if ('active' in customer && !customer.active) return rejected(refusal('candidate-inactive'));
  if (customer.currency !== null && customer.currency !== currency) return rejected(refusal('candidate-currency', customer.currency));
  return done(null);
}

async function readInLedger({ ledger }: Pick<Deps, 'ledger'>, customerId: string) {
  const read = await ledger.readForInvoice({ customerId, itemIds: [] });
  return read.outcome === 'done' ? done(read.value.customer) : read;
}

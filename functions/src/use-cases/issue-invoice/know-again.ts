import type { InvoiceOrder } from '../../domain/invoice.ts';
import type { Link } from '../../domain/link.ts';
import { storedLink } from '../../domain/matching.ts';
import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome, done, type Outcome } from '../../domain/outcome.ts';
import { ledgerInvoiceKey } from '../writes/ledger-invoice.ts';
import type { Saga } from './saga.ts';
import { inSaga } from './wait.ts';

type System = Link['system'];

const SYSTEMS: readonly System[] = ['stripe', 'quickbooks'];
/** So long an account that both books know by their links is believed to be linked still. */
const BELIEVE_CLICK_MS = 60_000;

/** One of the books has been sent the invoice, or may have been: its customer is settled. */
export async function isBegun({ deps, ids, stands }: Saga): Promise<boolean> {
  if (stands) return true;
  const rows = await Promise.all([
    deps.effects.read(effectKey(ids.invoiceId, 'create-draft')),
    deps.effects.read(ledgerInvoiceKey(ids.invoiceId)),
  ]);
  return rows.some((row) => row && row.state !== 'idle');
}

/**
 * Links and reviews as they are now: since the click a person may have decided, or another invoice have linked the account.
 * Answers with the systems in which has to be looked anew; `taken`: links that could not be made.
 */
export async function knowAgain(saga: Saga, round: number, taken: readonly Link[]): Promise<Outcome<System[]>> {
  const { deps, ids, order: before } = saga;
  if (round === 1 && (await saga.run.step('see whether the click is fresh', () => isFresh(saga)))) return done([]);
  const known = await inSaga(saga, `read who is billed ${round}`, () => deps.matches.readParties({ invoiceId: ids.invoiceId }));
  return mapOutcome(known, ({ accountId, links, reviews, itemReviews }) => {
    saga.order = { ...before, accountId, links, reviews, itemReviews };
    return SYSTEMS.filter(
      (system) =>
        before.unchecked.includes(system) ||
        taken.some((link) => link.system === system) ||
        knownOf(before, system) !== knownOf(saga.order, system),
    );
  });
}

/** A book may hold the invoice already: it is the linked customer's, since links are claimed before; nothing else is decided anew. */
export async function knowBegun(saga: Saga): Promise<Outcome<System[]>> {
  const { deps, ids } = saga;
  const known = await inSaga(saga, 'read who is billed', () => deps.matches.readParties({ invoiceId: ids.invoiceId }));
  return mapOutcome(known, ({ accountId, links }) => {
    const { customers, currency, lines, unchecked } = saga.order;
    const idOf = (system: System) => storedLink(links, system, accountId, currency)?.externalId ?? customers[system].id;
    const productOf = (productId: string | null) =>
      productId === null ? undefined : storedLink(links, 'stripe', productId, '')?.externalId;
    saga.order = {
      ...saga.order,
      accountId,
      links,
      customers: {
        stripe: { ...customers.stripe, id: idOf('stripe') },
        quickbooks: { ...customers.quickbooks, id: idOf('quickbooks') },
      },
      lines: lines.map((line) => ({ ...line, stripeProductId: productOf(line.productId) ?? line.stripeProductId })),
    };
    return [...unchecked];
  });
}

async function isFresh({ deps, order }: Saga): Promise<boolean> {
  const linked = SYSTEMS.every((system) => {
    const link = storedLink(order.links, system, order.accountId, order.currency);
    return link && link.externalId === order.customers[system].id;
  });
  return linked && order.unchecked.length === 0 && deps.clock.now() - Date.parse(order.requestedAt) < BELIEVE_CLICK_MS;
}

/** All that decides who the customer and what the items are, so that two readings can be compared. */
function knownOf({ accountId, currency, links, reviews = [], itemReviews = [], lines }: InvoiceOrder, system: System): string {
  const sold = new Set(lines.map((line) => line.productId));
  const linked = links
    .filter((link) => link.system === system && (link.recordId === accountId || sold.has(link.recordId)))
    .map((link) => [link.recordId, link.currency, link.externalId, link.status].join(' '));
  const asked = [
    ...reviews.filter((each) => each.system === system && each.recordId === accountId && each.content.currency === currency),
    ...itemReviews.filter((each) => each.system === system && sold.has(each.recordId)),
  ].map(({ recordId, status, content }) => [recordId, status, ...content.notSame, '|', ...content.undone].join(' '));
  return [accountId, ...linked.sort(), ...asked.sort()].join('\n');
}

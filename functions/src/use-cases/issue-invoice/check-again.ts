import type { InvoiceOrder, OrderLine } from '../../domain/invoice.ts';
import { fitAgain, goesToQuickBooks } from '../../domain/map-fields/fit-again.ts';
import { hasMappedItem, type MappedValues } from '../../domain/map-fields/mapped-values.ts';
import { customerLink, type Match, type Whom } from '../../domain/matching.ts';
import { done, rejected, type Failure, type Outcome } from '../../domain/outcome.ts';
import { checkLedger, checkStripe } from '../../domain/preflight/check-books.ts';
import type { BooksContext } from '../../domain/preflight/context.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Link } from '../../domain/link.ts';
import type { Good } from '../look/look-for-items.ts';
import { lookInLedger } from '../look/look-in-ledger.ts';
import { lookInStripe } from '../look/look-in-stripe.ts';
import { onlySold, raiseDoubts } from '../look/raise-doubts.ts';
import type { Saga } from './saga.ts';
import { inSaga } from './wait.ts';

/** What a look at a system that did not answer at the click brought. */
interface Learned {
  customerId: string | null;
  links: Link[];
  /** What each product is there. */
  items: [product: string, id: string][];
  /** With the ids of QuickBooks' lists; absent where nothing was mapped. */
  mapped?: MappedValues;
}

/** Makes the checks that could not be made at the click, or not as things are now, before anything is sent to either system. */
export async function checkAgain(saga: Saga, systems: readonly Link['system'][], round: number): Promise<Failure | null> {
  for (const system of systems) {
    const learned = await inSaga(saga, `look in ${system} ${round}`, () =>
      system === 'stripe' ? learnFromStripe(saga) : learnFromLedger(saga),
    );
    if (learned.outcome !== 'done') return learned;
    saga.order = withLearned(saga.order, system, learned.value);
    saga.links = [...saga.links.filter((link) => link.system !== system), ...learned.value.links];
  }
  return null;
}

export function whomOf(order: InvoiceOrder): Whom {
  return { accountId: order.accountId, ...order.billTo, currency: order.currency };
}

const looked = (order: InvoiceOrder) => ({
  companyKey: order.companyKey,
  companyId: order.companyId,
  whom: whomOf(order),
  links: order.links,
  reviews: order.reviews ?? [],
  itemReviews: order.itemReviews ?? [],
});

async function learnFromStripe({ deps, order }: Saga): Promise<Outcome<Learned>> {
  const seen = await lookInStripe(deps, whomOf(order), goodsOf(order), order);
  if (!seen.seen) return seen.failure;
  await raiseDoubts(deps, { ...looked(order), stripe: seen });
  const failure = firstError(checkStripe(booksOf(order), seen));
  if (failure) return failure;
  const { customerId, links } = learnedMatch(order, 'stripe', seen.value.match);
  return done({ customerId, links: [...links, ...seen.value.newLinks], items: [...seen.value.productOf] });
}

async function learnFromLedger({ deps, order }: Saga): Promise<Outcome<Learned>> {
  const seen = await lookInLedger(deps, whomOf(order), goodsOf(order), order);
  if (!seen.seen) return seen.failure;
  await raiseDoubts(deps, { ...looked(order), ledger: onlySold(seen, booksOf(order)) });
  const failure = firstError(checkLedger(booksOf(order), seen));
  if (failure) return failure;
  const { customerId, links } = learnedMatch(order, 'quickbooks', seen.value.match);
  const items = [...seen.value.itemOf].flatMap(([key, item]): [string, string][] => (item === 'gone' ? [] : [[key, item.id]]));
  const mapped = await fitMapped(deps, order);
  if (mapped.outcome !== 'done') return mapped;
  return done({ customerId, links: [...links, ...seen.value.newLinks], items, ...(mapped.value ? { mapped: mapped.value } : {}) });
}

const goodsOf = ({ lines }: InvoiceOrder): Good[] => [...new Map(lines.map(goodOf).map((good) => [good.key, good])).values()];

const goodOf = ({ productId, productName: name, productCode: code }: OrderLine): Good => ({ key: productId ?? 'free', name, code });

/** Values that were decided at the click, against the lists as they are now. */
async function fitMapped({ ledger }: Pick<Saga['deps'], 'ledger'>, order: InvoiceOrder): Promise<Outcome<MappedValues | null>> {
  if (!order.mapped || !goesToQuickBooks(order.mapped)) return done(null);
  const targets = await ledger.readTargets({
    taxEngine: order.taxEngine,
    withItems: order.lines.some((line) => hasMappedItem(order.mapped, line.lineKey)),
  });
  if (targets.outcome !== 'done') return targets;
  const { mapped, problems } = fitAgain(order.mapped, targets.value, order.timeZone);
  return firstError(problems) ?? done(mapped);
}

function learnedMatch(order: InvoiceOrder, system: Link['system'], match: Match): { customerId: string | null; links: Link[] } {
  if (match.status !== 'linked') return { customerId: null, links: [] };
  return {
    customerId: match.id,
    links: match.matchedBy === 'Stored' ? [] : [customerLink(system, whomOf(order), match, match)],
  };
}

function withLearned(order: InvoiceOrder, system: Link['system'], { customerId, items, mapped }: Learned): InvoiceOrder {
  const itemOf = new Map(items);
  return {
    ...order,
    ...(mapped ? { mapped } : {}),
    customers: { ...order.customers, [system]: { ...order.customers[system], id: customerId } },
    lines: order.lines.map((line) => {
      const id = itemOf.get(line.productId ?? 'free');
      return system === 'stripe' ? { ...line, stripeProductId: id ?? null } : { ...line, itemId: id ?? line.itemId };
    }),
  };
}

function booksOf(order: InvoiceOrder): BooksContext {
  const sold = order.lines.map((line, index) => ({ ...goodOf(line), at: `lines[${index}].productId`, lineKey: line.lineKey }));
  return {
    currency: order.currency,
    accountName: order.billTo.name,
    invoiceDate: order.invoiceDate,
    sold,
    goods: sold.filter(({ lineKey }) => !hasMappedItem(order.mapped, lineKey)),
  };
}

function firstError(problems: readonly Problem[]): Failure | null {
  const error = problems.find((problem) => problem.severity === 'error');
  return error ? rejected(error) : null;
}

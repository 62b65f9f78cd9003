import type { Failure } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import { checkLedgerCustomer, checkStripeCustomer } from './check-customers.ts';
import type { BooksContext, LedgerView, PreflightContext, Seen, StripeView } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

/** What Stripe would refuse. */
export function checkStripe(books: BooksContext, stripe: Seen<StripeView>): Problem[] {
  return asked('Stripe', stripe, (view) => [...checkStripeCustomer(books, view), ...checkProducts(books, view)]);
}

/** What QuickBooks would refuse. */
export function checkLedger(books: BooksContext, ledger: Seen<LedgerView>): Problem[] {
  return asked('QuickBooks', ledger, (view) => [
    ...checkSettings(books, view),
    ...checkLedgerCustomer(books, view),
    ...checkItems(books, view),
  ]);
}

/** The org's own limit on currencies. */
export function checkOrg({ source }: PreflightContext): Problem[] {
  const {
    org,
    source: { currency },
  } = source;
  return !org.multiCurrency && org.currency !== currency ? [problem('org-currency', null, { org: org.currency, ours: currency })] : [];
}

function checkSettings({ currency, invoiceDate }: BooksContext, view: LedgerView): Problem[] {
  const found: Problem[] = [];
  if (view.closingDate !== null && invoiceDate <= view.closingDate)
    found.push(problem('period-closed', 'invoiceDate', { closingDate: view.closingDate }));
  if (!view.customTxnNumbers) found.push(problem('quickbooks-numbers-off', null));
  if (!view.multicurrency && view.homeCurrency !== currency)
    found.push(problem('multicurrency-off', null, { home: view.homeCurrency, ours: currency }));
  return found;
}

function checkProducts({ sold }: BooksContext, view: StripeView): Problem[] {
  return sold.flatMap(({ at, key, name }) => {
    const doubt = view.productDoubts.find(({ product }) => product.productId === key);
    return doubt ? [problem('stripe-product-needs-review', at, { product: name, reason: doubt.reason })] : [];
  });
}

function checkItems({ goods }: BooksContext, view: LedgerView): Problem[] {
  return goods.flatMap(({ at, key, name }) => {
    const item = view.itemOf.get(key);
    const doubt = view.itemDoubts.find(({ product }) => product.productId === key);
    if (doubt) return [problem('product-needs-review', at, { product: name, reason: doubt.reason })];
    if (item === undefined) return [problem('product-not-mapped', at, { product: name })];
    if (item === 'gone') return [problem('item-gone', at, { product: name })];
    if (!item.active) return [problem('item-inactive', at, { item: item.name })];
    return item.hasIncomeAccount ? [] : [problem('item-without-income-account', at, { item: item.name })];
  });
}

function asked<T>(system: string, seen: Seen<T>, check: (value: T) => Problem[]): Problem[] {
  return seen.seen ? check(seen.value) : [unreachable(system, seen.failure)];
}

function unreachable(system: string, failure: Failure): Problem {
  switch (failure.outcome) {
    case 'unauthorized':
      return problem('system-not-connected', null, { system });
    case 'rejected':
      return problem('system-refused', null, { system, reason: failure.problem.message });
    case 'conflict':
    case 'rate-limited':
    case 'unavailable':
    case 'unknown-outcome':
      return problem('system-unreachable', null, { system });
  }
}

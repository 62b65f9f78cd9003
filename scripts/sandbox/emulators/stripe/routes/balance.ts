import { checkCurrency } from '../catalogue.ts';
import type { BalanceTransaction } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { formatBalance, formatBalanceTransaction, formatPayout } from '../formatters-balance.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, inRange, listPage } from '../pagination.ts';
import { cancelPayout, createManualPayout } from '../payouts.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

function listTransactions({ world, params }: Call) {
  const id = params['payout'] as string | undefined;
  const payout = id === undefined ? undefined : world.db.payouts.get(id);
  if (id !== undefined && !payout) throw missing('payout', id, 'payout');
  // The words as users report them: https://github.com/stripe/stripe-php/issues/397
  if (payout && !payout.automatic)
    throw invalid('Balance transaction history can only be filtered on automatic transfers, not manual.', { param: 'payout' });
  return listPage(
    world.db.balanceTransactions,
    {
      url: '/v1/balance_transactions',
      kind: 'balance transaction',
      params,
      criteria: given(params, 'currency', 'payout', 'source', 'type') as Partial<BalanceTransaction>,
    },
    (row) => formatBalanceTransaction(row, world.now()),
  );
}

function createPayout({ world, params }: Call) {
  if (params['method'] === 'instant') throw notModelled('instant payouts', 'method');
  const payout = createManualPayout(world, {
    amount: params['amount'] as number,
    currency: checkCurrency(params['currency'] as string, 'currency'),
    description: (params['description'] as string | undefined) ?? null,
    metadata: mergeMetadata({}, params['metadata']),
    statement_descriptor: (params['statement_descriptor'] as string | undefined) ?? null,
  });
  return view.payout(world, payout.id);
}

function updatePayout({ world, ids, params }: Call) {
  const payout = need(world.db.payouts, 'payout', ids[0]!);
  const before = view.payout(world, payout.id);
  world.db.payouts.put({ ...payout, metadata: mergeMetadata(payout.metadata, params['metadata']) });
  world.emit('payout.updated', view.payout(world, payout.id), before);
  return view.payout(world, payout.id);
}

export const balance: Route[] = [
  { method: 'GET', path: '/v1/balance', handle: ({ world }) => formatBalance(world.db.balanceTransactions.all(), world.now()) },
  { method: 'GET', path: '/v1/balance_transactions', takes: ['currency', 'payout', 'source', 'type'], handle: listTransactions },
  { method: 'GET', path: '/v1/balance_transactions/{id}', handle: ({ world, ids }) => view.balance_transaction(world, ids[0]!) },
  {
    method: 'POST',
    path: '/v1/payouts',
    takes: ['amount', 'currency', 'description', 'metadata', 'method', 'statement_descriptor'],
    handle: createPayout,
  },
  {
    method: 'GET',
    path: '/v1/payouts',
    takes: ['arrival_date', 'status'],
    handle: ({ world, params }) =>
      listPage(
        world.db.payouts,
        {
          url: '/v1/payouts',
          kind: 'payout',
          params,
          criteria: given(params, 'status'),
          filter: (payout) => inRange(payout.arrival_date, params['arrival_date']),
        },
        formatPayout,
      ),
  },
  { method: 'GET', path: '/v1/payouts/{id}', handle: ({ world, ids }) => view.payout(world, ids[0]!) },
  { method: 'POST', path: '/v1/payouts/{id}', takes: ['metadata'], handle: updatePayout },
  {
    method: 'POST',
    path: '/v1/payouts/{id}/cancel',
    handle({ world, ids }) {
      cancelPayout(world, need(world.db.payouts, 'payout', ids[0]!));
      return view.payout(world, ids[0]!);
    },
  },
];

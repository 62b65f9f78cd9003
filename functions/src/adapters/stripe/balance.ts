import type Stripe from 'stripe';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { Balance, BalancePage } from '../../ports/balance.ts';
import type { StripeClient } from './client.ts';
import { fromCreditNote, fromDispute, fromPayout, fromRefund, fromRow } from './translate-balance.ts';
import { type Dashboard, fromStripeAmount, iso } from './translate.ts';

const PAGE = 100;
/** More refunds or disputes than this of one payment are read page by page all the same. */
const ALL = { limit: 10_000 };
const ROWS_OF_PAYOUT = ['balance_transaction', 'failure_balance_transaction'];

/** Stripe behind the balance port: what its money did. */
export function createBalance(client: StripeClient, dashboard: Dashboard): Balance {
  const { call } = client;
  const missing = (outcome: Outcome<unknown>): boolean =>
    outcome.outcome === 'rejected' && outcome.problem.provider?.code === 'resource_missing';
  /** Charges of old integrations have no PaymentIntent. */
  const ofPayment = (id: string) => (id.startsWith('pi_') ? { payment_intent: id } : { charge: id });

  const listRows = async (params: Stripe.BalanceTransactionListParams, cursor: string | null): Promise<Outcome<BalancePage>> => {
    const listed = await call('read', 'balance_transactions.list', (sdk) =>
      sdk.balanceTransactions.list({ ...params, limit: PAGE, expand: ['data.source'], ...(cursor ? { starting_after: cursor } : {}) }),
    );
    return mapOutcome(listed, ({ data, has_more }) => ({ rows: data.map(fromRow), next: has_more ? (data.at(-1)?.id ?? null) : null }));
  };

  /** Stripe names no closing time on the dispute; its event does, for 30 days. */
  const closedAt = async (dispute: Stripe.Dispute): Promise<Outcome<string | null>> => {
    if (dispute.status !== 'lost') return done(null);
    const events = await call('read', 'events.list', (sdk) =>
      sdk.events.list({ type: 'charge.dispute.closed', created: { gte: dispute.created }, limit: PAGE }).autoPagingToArray({ limit: 1000 }),
    );
    return mapOutcome(events, (list) => {
      const event = list.find((each) => (each.data.object as { id?: string }).id === dispute.id);
      return event ? iso(event.created) : null;
    });
  };

  return {
    listRows: ({ createdFrom, cursor }) => listRows({ created: { gte: Math.floor(Date.parse(createdFrom) / 1000) } }, cursor),

    async listRowsOfPayout({ payoutId, cursor }) {
      const page = await listRows({ payout: payoutId }, cursor);
      return mapOutcome(page, ({ rows, next }) => ({ next, rows: rows.filter((row) => row.sourceId !== payoutId) }));
    },

    async readTotals() {
      const read = await call('read', 'balance.retrieve', (sdk) => sdk.balance.retrieve());
      return mapOutcome(read, ({ available, pending }) => {
        const totals = new Map<string, number>();
        for (const part of [...available, ...pending]) {
          const currency = part.currency.toUpperCase();
          totals.set(currency, (totals.get(currency) ?? 0) + fromStripeAmount(part.amount, currency));
        }
        return [...totals].map(([currency, amount]) => ({ currency, amount }));
      });
    },

    async listRefunds(paymentId) {
      const expand = ['data.balance_transaction', 'data.failure_balance_transaction'];
      const listed = await call('read', 'refunds.list', (sdk) =>
        sdk.refunds.list({ ...ofPayment(paymentId), limit: PAGE, expand }).autoPagingToArray(ALL),
      );
      return mapOutcome(listed, (refunds) => refunds.map((refund) => fromRefund(refund, dashboard)));
    },

    async listDisputes(paymentId) {
      const listed = await call('read', 'disputes.list', (sdk) =>
        sdk.disputes.list({ ...ofPayment(paymentId), limit: PAGE, expand: ['data.charge'] }).autoPagingToArray(ALL),
      );
      if (listed.outcome !== 'done') return listed;
      const disputes = [];
      for (const dispute of listed.value) {
        const closed = await closedAt(dispute);
        if (closed.outcome !== 'done') return closed;
        disputes.push(fromDispute(dispute, closed.value, dashboard));
      }
      return done(disputes);
    },

    async listCreditNotes(stripeInvoiceId) {
      const listed = await call('read', 'credit_notes.list', (sdk) =>
        sdk.creditNotes.list({ invoice: stripeInvoiceId, limit: PAGE }).autoPagingToArray(ALL),
      );
      if (listed.outcome !== 'done') return listed;
      const notes = [];
      for (const note of listed.value) {
        // Stripe embeds ten lines.
        const lines = note.lines.has_more
          ? await call('read', 'credit_notes.lines', (sdk) =>
              sdk.creditNotes.listLineItems(note.id, { limit: PAGE }).autoPagingToArray(ALL),
            )
          : done(note.lines.data);
        if (lines.outcome !== 'done') return lines;
        notes.push(fromCreditNote(note, lines.value, dashboard));
      }
      return done(notes);
    },

    async readPayout(payoutId) {
      const read = await call('read', 'payouts.retrieve', (sdk) => sdk.payouts.retrieve(payoutId, { expand: ROWS_OF_PAYOUT }));
      if (missing(read)) return done(null);
      return mapOutcome(read, (payout) => fromPayout(payout, dashboard));
    },

    async listPayoutsUnderWay() {
      const under = [];
      for (const status of ['pending', 'in_transit']) {
        const listed = await call('read', 'payouts.list', (sdk) => sdk.payouts.list({ status, limit: PAGE }).autoPagingToArray(ALL));
        if (listed.outcome !== 'done') return listed;
        under.push(...listed.value.map((payout) => fromPayout(payout, dashboard)));
      }
      return done(under);
    },
  };
}

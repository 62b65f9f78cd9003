import type { Defect } from './planted.ts';

const LOST = { code: 'stripe-no-answer', severity: 'error' as const, message: 'Stripe did not answer.', action: 'Nothing to do.' };

export const DEFECTS: Record<string, Defect> = {
  'an effect log that forgets what was sent': {
    breaks: 'one object per intent',
    seed: 6,
    plant: ({ effects }) => ({
      effects: {
        ...effects,
        begin: async (entry) => {
          const row = await effects.begin(entry);
          return row.fresh ? row : { ...(await effects.revise(entry.key, entry.body, entry.at)), fresh: true };
        },
      },
    }),
  },
  'a lost batch that is sent again without a look': {
    breaks: 'one entry per row of the balance',
    steps: 25,
    seed: 7,
    // Of each entry the first answer, alone or in a batch: else one seed in fifty has a batch with one.
    amid: ({ bookings }) => {
      const lost = new Set<string>();
      const create: typeof bookings.create = async (body, key, sending) => {
        const made = await bookings.create(body, key, sending);
        if (made.outcome !== 'done' || lost.has(body.mark)) return made;
        lost.add(body.mark);
        return { outcome: 'unknown-outcome', problem: { ...LOST, code: 'quickbooks-no-answer', message: 'QuickBooks did not answer.' } };
      };
      return { bookings: { ...bookings, create } };
    },
    plant: ({ effects }) => ({
      effects: {
        ...effects,
        begin: async (entry) => {
          const row = await effects.begin(entry);
          const wasLost = row.state === 'sent' && row.sentAs !== null;
          return wasLost ? { ...(await effects.revise(entry.key, entry.body, entry.at)), fresh: true } : row;
        },
      },
    }),
  },
  'a product made anew for each invoice': {
    breaks: 'one object per intent',
    seed: 4,
    plant: ({ payments, matches }) => {
      let serial = 0;
      return {
        payments: {
          ...payments,
          findProducts: async () => ({ outcome: 'done' as const, value: [] }),
          createProduct: (body, key) => payments.createProduct({ ...body, id: `${body.id}-${(serial += 1)}` }, `${key}.${serial}`),
        },
        matches: {
          ...matches,
          claim: ({ links, ...owner }) =>
            matches.claim({ ...owner, links: links.filter(({ externalType }) => externalType !== 'product') }),
        },
      };
    },
  },
  'an inbox that gives up at the first failure': {
    breaks: 'everything is settled or listed',
    seed: 4,
    plant: ({ inbox }) => ({ inbox: { ...inbox, postpone: (object, reason) => inbox.postpone(object, reason, null) } }),
  },
  'an e-mail under a new key each time': {
    breaks: 'nobody is mailed twice',
    seed: 5,
    // Else one seed in fifty has it.
    amid: ({ payments }) => {
      let isFirst = true;
      const send: typeof payments.send = async (body, key) => {
        const sent = await payments.send(body, key);
        if (!isFirst || sent.outcome !== 'done') return sent;
        isFirst = false;
        return { outcome: 'unknown-outcome', problem: LOST };
      };
      return { payments: { ...payments, send } };
    },
    plant: ({ payments }) => {
      let serial = 0;
      return { payments: { ...payments, send: (body, key) => payments.send(body, `${key}.${(serial += 1)}`) } };
    },
  },
  'a write-back that loses the payments': {
    breaks: 'one booking per payment',
    seed: 4,
    plant: ({ records }) => ({ records: { ...records, writeBack: (write) => records.writeBack({ ...write, payments: [] }) } }),
  },
  'a write-back that takes a paid invoice for a rejected one': {
    breaks: 'no illegal step of a status',
    seed: 4,
    plant: ({ records }) => ({
      records: {
        ...records,
        writeBack: (write) =>
          records.writeBack(write.invoice.status === 'Paid' ? { ...write, invoice: { ...write.invoice, status: 'Rejected' } } : write),
      },
    }),
  },
  'a problem that is never taken away': {
    breaks: 'no problem is shown where all agree',
    seed: 4,
    plant: ({ records }) => ({
      records: {
        ...records,
        writeBack: (write) =>
          records.writeBack({ ...write, invoice: { ...write.invoice, problem: write.invoice.problem ?? 'Stripe did not answer.' } }),
      },
    }),
  },
  'numbers counted in the memory of the process': {
    breaks: 'numbers are unique',
    seed: 4,
    plant: ({ numbers }) => {
      let last = 0;
      return { numbers: { ...numbers, give: async ({ prefix }) => `${prefix}${String((last += 1)).padStart(6, '0')}` } };
    },
  },
  'a ledger that says it voided and did not': {
    breaks: 'receivables are the open invoices',
    silent: true,
    seed: 10,
    plant: ({ ledger }) => ({
      ledger: {
        ...ledger,
        voidInvoice: async (body) => {
          const held = await ledger.readInvoice(body.quickbooksInvoiceId);
          if (held.outcome !== 'done' || !held.value) throw new Error('There is nothing to void.');
          return { outcome: 'done' as const, value: { ...held.value, voided: true } };
        },
      },
    }),
  },
  'a booking of half the payment': {
    breaks: 'amounts are equal',
    silent: true,
    seed: 4,
    plant: ({ ledger }) => ({
      ledger: { ...ledger, createPayment: (body, key) => ledger.createPayment({ ...body, amount: Math.ceil(body.amount / 2) }, key) },
    }),
  },
  'refund receipts of a cent less': {
    breaks: 'one entry per row of the balance',
    seed: 4,
    plant: ({ bookings }) => ({
      bookings: {
        ...bookings,
        create: (body, key) =>
          bookings.create(
            body.entity === 'RefundReceipt'
              ? { ...body, lines: body.lines.map((line, index) => (index === 0 ? { ...line, amount: line.amount - 1 } : line)) }
              : body,
            key,
          ),
      },
    }),
  },
  'credit notes that nobody reads': {
    breaks: 'one credit memo per credit note',
    steps: 20,
    seed: 16,
    plant: ({ balance }) => ({ balance: { ...balance, listCreditNotes: async () => ({ outcome: 'done' as const, value: [] }) } }),
  },
  'a credit memo of the half': {
    breaks: 'income is what was issued less what was credited',
    seed: 9,
    plant: ({ bookings }) => ({
      bookings: {
        ...bookings,
        create: (body, key) =>
          bookings.create(
            body.entity === 'CreditMemo'
              ? { ...body, lines: body.lines.map((line) => ({ ...line, amount: Math.ceil(line.amount / 2) })) }
              : body,
            key,
          ),
      },
    }),
  },
  'transfers that lose a cent': {
    breaks: 'the bank account is the payouts that arrived',
    seed: 4,
    plant: ({ bookings }) => ({
      bookings: {
        ...bookings,
        create: (body, key) => bookings.create(body.entity === 'Transfer' ? { ...body, amount: body.amount - 1 } : body, key),
      },
    }),
  },
  'fees that are booked twice': {
    breaks: 'the clearing account is what Stripe holds and what is on its way',
    seed: 4,
    plant: ({ bookings }) => {
      let serial = 0;
      return {
        bookings: {
          ...bookings,
          create: async (body, key) => {
            if (body.entity === 'Purchase') await bookings.create(body, `${key.slice(0, 44)}.${(serial += 1)}`);
            return bookings.create(body, key);
          },
        },
      };
    },
  },
  'a dispute that counts as lost when it is opened': {
    breaks: 'disputed funds are the disputes that are open',
    seed: 9,
    plant: ({ balance }) => ({
      balance: {
        ...balance,
        listDisputes: async (paymentId) => {
          const read = await balance.listDisputes(paymentId);
          return read.outcome === 'done' ? { ...read, value: read.value.map((each) => ({ ...each, status: 'Lost' as const })) } : read;
        },
      },
    }),
  },
  'a refund that is shown as if it pended': {
    breaks: 'Salesforce shows what became of the money',
    seed: 4,
    plant: ({ balance }) => ({
      balance: {
        ...balance,
        listRefunds: async (paymentId) => {
          const read = await balance.listRefunds(paymentId);
          return read.outcome === 'done' ? { ...read, value: read.value.map((each) => ({ ...each, status: 'Pending' as const })) } : read;
        },
      },
    }),
  },
  'an account that says another number each time': {
    breaks: 'a customer is written no more often than it was changed',
    seed: 6,
    plant: ({ customerRecords }) => {
      let reads = 0;
      return {
        customerRecords: {
          ...customerRecords,
          async readCustomer(request) {
            const read = await customerRecords.readCustomer(request);
            if (read.outcome !== 'done' || !read.value) return read;
            reads = Math.min(reads + 1, 9);
            return { ...read, value: { ...read.value, ours: { ...read.value.ours, phone: `+1 206 555 010${reads}` } } };
          },
        },
      };
    },
  },
  'conflicts that nobody keeps': {
    breaks: 'nothing that was written of a customer is lost',
    seed: 6,
    plant: ({ customerRecords }) => ({
      customerRecords: { ...customerRecords, saveCustomer: (write) => customerRecords.saveCustomer({ ...write, conflicts: [] }) },
    }),
  },
  'wishes of a flow that are put in no line': {
    breaks: 'everything is settled or listed',
    seed: 6,
    plant: ({ engine }) => ({
      engine: { ...engine, enqueue: async (job) => (job.workflow === 'issue-asked' ? undefined : engine.enqueue(job)) },
    }),
  },
  'accounts whose changes nobody lists': {
    breaks: 'a person is asked where a customer differs',
    steps: 20,
    seed: 57,
    plant: ({ customerRecords }) => ({
      customerRecords: {
        ...customerRecords,
        listChangedCustomers: async () => ({ outcome: 'done' as const, value: { customers: [], next: null } }),
      },
    }),
  },
};

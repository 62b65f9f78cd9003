import type { Plant } from './company/boot.ts';

/** Defects put into the composition, to prove that the checks can fail. Each is one a reviewer could overlook. */
export const DEFECTS: Record<string, Plant> = {
  'an effect log that forgets what was sent': ({ effects }) => ({
    effects: {
      ...effects,
      begin: async (entry) => {
        const row = await effects.begin(entry);
        return row.fresh ? row : { ...(await effects.revise(entry.key, entry.body, entry.at)), fresh: true };
      },
    },
  }),
  'an inbox that gives up at the first failure': ({ inbox }) => ({
    inbox: { ...inbox, postpone: (object, reason) => inbox.postpone(object, reason, null) },
  }),
  'an e-mail under a new key each time': ({ payments }) => {
    let serial = 0;
    return { payments: { ...payments, send: (body, key) => payments.send(body, `${key}.${(serial += 1)}`) } };
  },
  'a write-back that loses the payments': ({ records }) => ({
    records: { ...records, writeBack: (write) => records.writeBack({ ...write, payments: [] }) },
  }),
  'numbers counted in the memory of the process': ({ numbers }) => {
    let last = 0;
    return { numbers: { ...numbers, give: async ({ prefix }) => `${prefix}${String((last += 1)).padStart(6, '0')}` } };
  },
  'a ledger that says it voided and did not': ({ ledger }) => ({
    ledger: {
      ...ledger,
      voidInvoice: async (body) => {
        const held = await ledger.readInvoice(body.quickbooksInvoiceId);
        if (held.outcome !== 'done' || !held.value) throw new Error('There is nothing to void.');
        return { outcome: 'done' as const, value: { ...held.value, voided: true } };
      },
    },
  }),
};

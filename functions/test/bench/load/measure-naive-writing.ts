import { createRequire } from 'node:module';
import { createFaultPlan } from '../../../../scripts/sandbox/index.ts';
import { createClock as createMemoryClock } from '../../../src/adapters/memory/clock.ts';
import { ANSWERS } from '../../first-load/limits.ts';
import { createStillClock } from '../../first-load/still-clock.ts';
import { countRefusals } from './count-refusals.ts';
import { tokenOf } from './measure-naive.ts';
import { heldOf, layInvoices, loseSome, nameOf, startCompany } from './unpaid-invoices.ts';

type Callback = (error: unknown) => void;
const QuickBooks = createRequire(import.meta.url)('node-quickbooks') as new (...settings: unknown[]) => {
  endpoint: string;
  token: string;
  createPayment(payment: object, done: Callback): void;
};

/** A token lasts an hour. */
const RENEW_EVERY_MS = 50 * 60_000;

/** The loop of the examples: payment after payment, and once more what failed. It renews its token in time. */
export async function measureNaiveWriting({ seed, records }: { seed: number; records: number }) {
  const clock = createStillClock(createMemoryClock().now());
  const faults = createFaultPlan(seed);
  const quickbooks = await startCompany({ clock, faults });
  const refusals = countRefusals();
  try {
    const { clientId, realmId, baseUrl } = quickbooks;
    const sdk = new QuickBooks(clientId, '', await tokenOf(quickbooks), false, realmId, false, false, 75, '2.0', undefined);
    sdk.endpoint = `${baseUrl}/v3/company/`;
    loseSome(faults, '*/payment');
    let calls = 0;
    const pay = async (payment: object): Promise<void> => {
      calls += 1;
      await clock.advance(ANSWERS.quickbooks);
      return new Promise((resolve, reject) => sdk.createPayment(payment, (error) => (error ? reject(error as Error) : resolve())));
    };
    const from = clock.now();
    let renewedAt = from;
    for (const [index, { id, customerId }] of layInvoices(quickbooks, records).entries()) {
      const payment = {
        ...{ CustomerRef: { value: customerId }, TotalAmt: 100, PrivateNote: nameOf(index) },
        Line: [{ Amount: 100, LinkedTxn: [{ TxnId: id, TxnType: 'Invoice' }] }],
      };
      if (clock.now() - renewedAt > RENEW_EVERY_MS) {
        sdk.token = await tokenOf(quickbooks);
        renewedAt = clock.now();
      }
      await pay(payment).catch(() => pay(payment).catch(() => undefined));
    }
    const hours = (clock.now() - from) / 3_600_000;
    return {
      records,
      hours,
      perHour: records / hours,
      callsARecord: calls / records,
      refused: refusals.stop(),
      lostRequests: faults.list().reduce((all, { fired }) => all + fired, 0),
      ...heldOf(quickbooks, records),
    };
  } finally {
    refusals.stop();
    await quickbooks.stop();
    clock.stop();
  }
}

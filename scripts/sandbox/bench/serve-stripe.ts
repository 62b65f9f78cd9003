import { randomUUID } from 'node:crypto';
import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startStripe } from '../emulators/stripe/index.ts';
import type { StripeEngine } from '../emulators/stripe/index.ts';

/** What the process tells its parent once it can be read from. */
export interface Serving {
  baseUrl: string;
  secretKey: string;
  /** Invoices to read. */
  ids: string[];
}

/** What it has used so far: bytes of memory, microseconds of processor time. */
export interface Usage {
  memory: number;
  cpu: number;
}

const IDS_TOLD = 5_000;
const [dataDir = '', count = '1000'] = process.argv.slice(2);
const authorization = 'Bearer sk_test_sandbox';

/** One open invoice by way of the API. */
function openInvoice(engine: StripeEngine): string {
  const post = (path: string, params: Record<string, unknown>) =>
    engine.request('POST', path, params, { authorization }).body as { id: string };
  const customer = post('/v1/customers', { name: 'Acme', email: 'ap@acme.example' }).id;
  const invoice = post('/v1/invoices', { customer, collection_method: 'send_invoice', days_until_due: 30, currency: 'usd' }).id;
  const lines = [1, 2, 3].map((n) => ({ description: `Line ${n}`, amount: n * 1_000 }));
  post(`/v1/invoices/${invoice}/add_lines`, { lines });
  return post(`/v1/invoices/${invoice}/finalize`, {}).id;
}

/** So many invoices with lines and payments, copied from one: what the API would have left behind, without its events. */
function fill(engine: StripeEngine, invoices: number): string[] {
  const { db } = engine;
  const first = openInvoice(engine);
  const invoice = db.invoices.get(first)!;
  const items = db.items.where({ invoice: first });
  const [payment] = db.invoicePayments.where({ invoice: first });
  const intent = db.intents.get(payment!.payment_intent!)!;
  const ids = [first];
  const unique = () => randomUUID().replaceAll('-', '').slice(0, 23);
  engine.act(() => {
    for (let n = 1; n < invoices; n += 1) {
      const id = `in_1${unique()}`;
      const payment_intent = `pi_3${unique()}`;
      db.invoices.put({ ...invoice, id, number: `COPY-${n}`, token: `test_${unique()}` });
      for (const item of items) db.items.put({ ...item, id: `ii_1${unique()}`, line: `il_1${unique()}`, invoice: id });
      db.intents.put({ ...intent, id: payment_intent });
      db.invoicePayments.put({ ...payment!, id: `inpay_1${unique()}`, invoice: id, payment_intent });
      ids.push(id);
    }
  });
  return ids;
}

const stripe = await startStripe({ clock: createClock(), faults: createFaultPlan(), dataDir });
const ids = fill(stripe.engine, Number(count));
const step = Math.max(1, Math.floor(ids.length / IDS_TOLD));
const serving: Serving = { baseUrl: stripe.baseUrl, secretKey: stripe.secretKey, ids: ids.filter((_id, index) => index % step === 0) };
process.send!(serving);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ memory: process.memoryUsage.rss(), cpu: user + system } satisfies Usage);
});
process.on('disconnect', () => process.exit(0));

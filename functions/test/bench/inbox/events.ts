import { createHmac } from 'node:crypto';
import { createClock, createRandom, createStripeEngine, payInvoice } from '../../../../scripts/sandbox/index.ts';
import { MARK } from '../../../src/adapters/stripe/translate.ts';
import { askStripe } from '../../money/stripe-in-process.ts';

/** How the events of invoices reach the receiver. */
export const ORDERS = ['in order', 'shuffled, 5 % twice', 'one second'] as const;
export type Order = (typeof ORDERS)[number];

/** One event of one invoice, as Stripe sends it. */
export interface StripeEvent {
  id: string;
  invoice: string;
  /** The invoice's status when this event was made. */
  status: string;
  body: string;
}

/** What an invoice is at Stripe in the end, by its id. */
export type Truth = Map<string, string>;

export interface Stream {
  events: StripeEvent[];
  truth: Truth;
  /** Stripe's id by Salesforce's. */
  ids: Map<string, string>;
}

/** So many invoices move on together where the order is kept: more than the connections, so that none overtakes. */
const ABREAST = 200;
const WINDOW = 20;
const LIVES = {
  paid: ['invoice.created', 'invoice.finalized', 'invoice.updated', 'invoice.sent', 'invoice.paid', 'invoice.payment_succeeded'],
  void: ['invoice.created', 'invoice.updated', 'invoice.finalized', 'invoice.updated', 'invoice.sent', 'invoice.voided'],
};
type Life = keyof typeof LIVES;
const ID = 'in_BENCHBENCHBENCHBENCHBENC';

interface Template {
  type: string;
  status: string;
  body: string;
}

/** The six events of a paid and of a voided invoice, as the stand-in words them. */
export function readTemplates(): Record<Life, Template[]> {
  const clock = createClock();
  try {
    return { paid: live(clock, 'paid'), void: live(clock, 'void') };
  } finally {
    clock.stop();
  }
}

function live(clock: ReturnType<typeof createClock>, life: Life): Template[] {
  const engine = createStripeEngine({ clock });
  const customer = askStripe(engine, 'POST', '/v1/customers', { name: 'Harbor Freight Lines', email: 'books@harbor.example' });
  const { id } = askStripe(engine, 'POST', '/v1/invoices', {
    customer: customer['id'],
    auto_advance: 'false',
    collection_method: 'send_invoice',
    days_until_due: '30',
    metadata: { [MARK.invoice]: 'SALESFORCEINVOICE0', [MARK.company]: 'main' },
    automatic_tax: { enabled: 'false' },
  }) as { id: string };
  askStripe(engine, 'POST', `/v1/invoices/${id}/add_lines`, {
    lines: [
      { amount: '120000', description: 'Inspection robot' },
      { amount: '33333', description: 'Sensor head' },
    ],
  });
  askStripe(engine, 'POST', `/v1/invoices/${id}/finalize`);
  askStripe(engine, 'POST', `/v1/invoices/${id}/send`);
  const [invoice] = engine.db.invoices.all();
  if (!invoice) throw new Error('the stand-in made no invoice');
  if (life === 'paid') payInvoice(engine, invoice, { method: 'card', number: '4242424242424242' });
  else askStripe(engine, 'POST', `/v1/invoices/${id}/void`);
  const made = askStripe(engine, 'GET', '/v1/events', { limit: '100' })['data'] as {
    id: string;
    type: string;
    created: number;
    data: { object: { id: string; status: string } };
  }[];
  engine.stop();
  let from = made.length;
  return LIVES[life].map((type) => {
    do from -= 1;
    while (from >= 0 && made[from]?.type !== type);
    const event = made[from];
    if (!event) throw new Error(`the stand-in made no ${type}`);
    // Stripe sends its events indented.
    const body = JSON.stringify({ ...event, id: 'EVENTID', created: 1_700_000_000 }, null, 2);
    return { type, status: event.data.object.status, body: body.replaceAll(id, ID) };
  });
}

/** The event of a template about this invoice. */
export const word = (body: string, about: { id: string; invoice: string; salesforceId: string; created: number }): string =>
  body
    .replace('1700000000', String(about.created))
    .replaceAll(ID, about.invoice)
    .replace('"EVENTID"', `"${about.id}"`)
    .replaceAll('SALESFORCEINVOICE0', about.salesforceId);

/** The events of `invoices` invoices with ids of their own, six each, in this order. */
export function createStream(templates: Record<Life, Template[]>, run: string, invoices: number, order: Order, seed: number): Stream {
  const random = createRandom(seed);
  const truth: Truth = new Map();
  const ids = new Map<string, string>();
  const lives: StripeEvent[][] = [];
  const start = Math.floor(Date.now() / 1000) - 100;
  for (let index = 0; index < invoices; index += 1) {
    const serial = `${run}${String(index).padStart(8, '0')}`;
    const invoice = `in_${serial}`;
    const life = templates[random() < 0.5 ? 'paid' : 'void'];
    lives.push(
      life.map(({ status, body }, step) => ({
        id: `evt_${serial}${step}`,
        invoice,
        status,
        body: word(body, {
          id: `evt_${serial}${step}`,
          invoice,
          salesforceId: salesforceId(run, index),
          created: order === 'one second' ? start : start + step,
        }),
      })),
    );
    ids.set(salesforceId(run, index), invoice);
    truth.set(invoice, life.at(-1)?.status ?? '');
  }
  if (order === 'in order') return { events: abreast(lives), truth, ids };
  const events = lives.flat();
  return { events: order === 'one second' ? events : disturb(events, random), truth, ids };
}

/** The invoice's id in Salesforce, from which its id at Stripe can be told. */
const salesforceId = (run: string, index: number): string => `a0${run.slice(-4)}${String(index).padStart(9, '0')}AAA`.slice(0, 18);

function abreast(lives: StripeEvent[][]): StripeEvent[] {
  const events: StripeEvent[] = [];
  for (let from = 0; from < lives.length; from += ABREAST) {
    const group = lives.slice(from, from + ABREAST);
    for (let step = 0; step < 6; step += 1) for (const life of group) events.push(life[step] as StripeEvent);
  }
  return events;
}

/** Shuffles within a window and doubles one event in twenty. */
function disturb(events: StripeEvent[], random: ReturnType<typeof createRandom>): StripeEvent[] {
  const doubled = events.flatMap((event) => (random() < 0.05 ? [event, event] : [event]));
  const shuffled: StripeEvent[] = [];
  for (let from = 0; from < doubled.length; from += WINDOW) {
    const window = doubled.slice(from, from + WINDOW);
    for (let left = window.length; left > 0; left -= 1) shuffled.push(...window.splice(Math.floor(random() * left), 1));
  }
  return shuffled;
}

/** The whole HTTP request, signed now. */
export function signedRequest(path: string, { body }: StripeEvent, secret: string): Buffer {
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json; charset=utf-8',
    'user-agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    `stripe-signature: t=${seconds},v1=${signature}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

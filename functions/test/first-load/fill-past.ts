import { population } from '../match/companies.ts';
import type { PastAccount, PastCompany } from './company.ts';
import type { Laid } from './laid-past.ts';

/** What can be filled: both outside systems, and who writes to them. */
export type Fillable = Pick<PastCompany, 'quickbooks' | 'stripe'> & { standIns: Pick<PastCompany['standIns'], 'quickbooks' | 'stripe'> };

/** How many records of each kind a system holds: a fifth customers, half invoices, the rest payments. */
export const sharesOf = (records: number) => {
  const customers = Math.round(records * 0.2);
  const invoices = Math.round(records * 0.5);
  return { customers, invoices, payments: records - customers - invoices };
};

/** One invoice in ten is in both systems. */
const COPIED = 10;
/** In seconds. */
const YEARS = 3 * 365 * 86_400;

/** Accounts for the customers of both systems; the same for a seed. */
export function accountsOf(seed: number, count: number): PastAccount[] {
  return [...population(seed, count, 0.9)].map(({ ours }) => ({
    name: ours.name,
    phone: ours.phones[0],
    email: ours.emails[0],
    city: ours.address?.city ?? undefined,
    postalCode: ours.address?.postalCode ?? undefined,
    street: ours.address?.line1 ?? undefined,
    country: ours.address?.country ?? undefined,
  }));
}

/** Lays the past of years down, each document made of one that the stand-in's own API made. */
export async function fillPast(company: Fillable, seed: number, records: number): Promise<Laid> {
  const { customers } = sharesOf(records);
  const people = [...population(seed, customers, 0.9)].map(({ theirs }) => theirs);
  const laid: Laid = { invoices: [], payments: [] };
  await fillQuickbooks(company, people, records, laid);
  await fillStripe(company, people, records, laid);
  return laid;
}

type Person = ReturnType<typeof population> extends Generator<{ theirs: infer T }> ? T : never;

async function fillQuickbooks({ quickbooks, standIns }: Fillable, people: readonly Person[], records: number, laid: Laid): Promise<void> {
  const system = 'quickbooks' as const;
  const { invoices, payments } = sharesOf(records);
  const books = standIns.quickbooks.engine.books;
  const customer = await quickbooks.create('Customer', { DisplayName: 'Template', PrimaryEmailAddr: { Address: 'a@b.example' } });
  const sale = { DetailType: 'SalesItemLineDetail', Amount: 100, SalesItemLineDetail: { ItemRef: { value: '1' } } };
  const invoice = await quickbooks.create('Invoice', {
    DocNumber: 'T-0',
    TxnDate: '2024-01-02',
    CustomerRef: { value: customer },
    Line: [sale],
  });
  const payment = await quickbooks.create('Payment', {
    ...{ CustomerRef: { value: customer }, TotalAmt: 100, TxnDate: '2024-02-02' },
    Line: [{ Amount: 100, LinkedTxn: [{ TxnId: invoice, TxnType: 'Invoice' }] }],
  });
  const [asCustomer, asInvoice, asPayment] = [
    books.row('Customer', customer),
    books.row('Invoice', invoice),
    books.row('Payment', payment),
  ];
  if (!asCustomer || !asInvoice || !asPayment) throw new Error('no templates');
  laid.invoices.push({ system, id: invoice, number: 'T-0', customerId: customer, balance: 0 });
  laid.payments.push({ system, id: payment, invoiceId: invoice, customerId: customer });
  standIns.quickbooks.engine.transaction(() => {
    const customerIds = people.map((person) => {
      const id = books.next('names');
      const { name, emails, phones, address } = person;
      const body = {
        ...asCustomer.body,
        ...{ Id: id, DisplayName: name.replaceAll(/[:\t\n]/g, ' '), FullyQualifiedName: name },
        ...(emails[0] ? { PrimaryEmailAddr: { Address: emails[0] } } : {}),
        ...(phones[0] ? { PrimaryPhone: { FreeFormNumber: phones[0] } } : {}),
        ...(address
          ? {
              BillAddr: {
                Line1: address.line1 ?? '',
                City: address.city ?? '',
                PostalCode: address.postalCode ?? '',
                Country: address.country ?? '',
              },
            }
          : {}),
      };
      books.rows('Customer').put({ ...asCustomer, id, body: body as never, name: name.toLowerCase() });
      return id;
    });
    const invoiceIds: string[] = [];
    for (let index = 0; index < invoices; index += 1) {
      const id = books.next('transactions');
      invoiceIds.push(id);
      const paid = index < payments;
      const who = customerIds[index % customerIds.length] ?? '';
      const number = index % COPIED === 0 ? `ST-${index}` : `QB-${index}`;
      const body = { ...asInvoice.body, Id: id, DocNumber: number, CustomerRef: { value: who }, Balance: paid ? 0 : 100, LinkedTxn: [] };
      books.rows('Invoice').put({ ...asInvoice, id, body: body as never, number, customer: who });
      laid.invoices.push({ system, id, number, customerId: who, balance: body.Balance });
    }
    for (let index = 0; index < payments; index += 1) {
      const id = books.next('transactions');
      const who = customerIds[index % customerIds.length] ?? '';
      const invoiceId = invoiceIds[index] ?? '';
      const lines = [{ Amount: 100, LinkedTxn: [{ TxnId: invoiceId, TxnType: 'Invoice' }] }];
      const body = { ...asPayment.body, Id: id, CustomerRef: { value: who }, Line: lines };
      books.rows('Payment').put({ ...asPayment, id, body: body as never, customer: who });
      laid.payments.push({ system, id, invoiceId, customerId: who });
    }
  });
}

async function fillStripe({ stripe, standIns }: Fillable, people: readonly Person[], records: number, laid: Laid): Promise<void> {
  const system = 'stripe' as const;
  const { invoices, payments } = sharesOf(records);
  const { db } = standIns.stripe.engine;
  const customer = await stripe.customer('Template', 'a@b.example');
  const paid = await stripe.invoice(customer, 10_000, { number: 'T-1', then: 'paid' });
  const open = await stripe.invoice(customer, 10_000, { number: 'T-2', then: 'open' });
  const [asCustomer, asPaid, asOpen] = [db.customers.get(customer), db.invoices.get(paid), db.invoices.get(open)];
  const [asPart] = db.invoicePayments.where({ invoice: paid });
  const asIntent = asPart?.payment_intent ? db.intents.get(asPart.payment_intent) : undefined;
  const [asCharge] = asIntent ? db.charges.where({ payment_intent: asIntent.id }) : [];
  const [asOpenPart] = db.invoicePayments.where({ invoice: open });
  const items = { paid: db.items.where({ invoice: paid }), open: db.items.where({ invoice: open }) };
  if (!asCustomer || !asPaid || !asOpen || !asPart || !asIntent || !asCharge || !asOpenPart) throw new Error('no templates');
  laid.invoices.push(
    { system, id: paid, number: 'T-1', customerId: customer, balance: 0 },
    { system, id: open, number: 'T-2', customerId: customer, balance: 100 },
  );
  laid.payments.push({ system, id: asIntent.id, invoiceId: paid, customerId: customer });
  const idOf = (kind: string, index: number) => `${kind}_past${String(index).padStart(8, '0')}`;
  /** Spread over three years, the oldest first. */
  const created = (index: number, of: number): number => asPaid.created - Math.round((YEARS * (of - index)) / of);
  db.store.transaction(() => {
    people.forEach(({ name, emails, phones }, index) => {
      db.customers.put({
        ...asCustomer,
        id: idOf('cus', index),
        created: created(index, people.length),
        name,
        email: emails[0] ?? null,
        phone: phones[0]?.slice(0, 20) ?? null,
      });
    });
    for (let index = 0; index < invoices; index += 1) {
      const isPaid = index < payments;
      const [id, who, number] = [idOf('in', index), idOf('cus', index % people.length), `ST-${index}`];
      db.invoices.put({
        ...(isPaid ? asPaid : asOpen),
        id,
        created: created(index, invoices),
        customer: who,
        number,
        token: `past${index}`,
      } as never);
      for (const item of items[isPaid ? 'paid' : 'open'])
        db.items.put({ ...item, id: `${item.id}${index}`, invoice: id, customer: who, line: `il_past${index}` } as never);
      laid.invoices.push({ system, id, number, customerId: who, balance: isPaid ? 0 : 100 });
      if (!isPaid) continue;
      laid.payments.push({ system, id: idOf('pi', index), invoiceId: id, customerId: who });
      db.intents.put({
        ...asIntent,
        id: idOf('pi', index),
        created: created(index, payments),
        customer: who,
        latest_charge: idOf('ch', index),
      } as never);
      db.charges.put({ ...asCharge, id: idOf('ch', index), customer: who, payment_intent: idOf('pi', index) });
      db.invoicePayments.put({ ...asPart, id: idOf('inpay', index), invoice: id, payment_intent: idOf('pi', index) });
    }
  });
}

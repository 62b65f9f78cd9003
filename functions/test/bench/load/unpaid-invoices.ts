import { type FaultPlan, type SandboxClock, startQuickbooks } from '../../../../scripts/sandbox/index.ts';

/** Of the requests so many never arrive, and of so many the answer is lost. */
const LOST = 0.001;
const CUSTOMERS = 500;

export type Quickbooks = Awaited<ReturnType<typeof startQuickbooks>>;

/** A company in QuickBooks that is paid by many. */
export const startCompany = (where: { clock: SandboxClock; faults: FaultPlan; dataDir?: string }): Promise<Quickbooks> =>
  startQuickbooks({
    ...where,
    seed: {
      items: [{ name: 'Consulting' }],
      customers: Array.from({ length: CUSTOMERS }, (_, index) => ({ displayName: `Customer ${index}`, currency: 'USD' })),
    } as never,
  });

export function loseSome(faults: FaultPlan, path: string): void {
  for (const kind of ['drop-before', 'drop-answer'] as const)
    faults.add({ point: 'quickbooks.request', match: { path }, probability: LOST, fault: { kind } });
}

/** Each made of one that the stand-in's own API made. */
export function layInvoices({ engine, seeded }: Quickbooks, count: number): { id: string; customerId: string }[] {
  const customers = Object.values(seeded?.customers ?? {});
  const Line = [
    { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: seeded?.items['Consulting'] } } },
  ];
  const made = engine.write('Invoice', { CustomerRef: { value: customers[0] }, Line } as never);
  const row = engine.books.row('Invoice', made.Id);
  if (!row) throw new Error('no template');
  return engine.transaction(() =>
    Array.from({ length: count }, (_, index) => {
      const [id, customerId] = [engine.books.next('transactions'), customers[index % customers.length] ?? ''];
      const body = { ...row.body, Id: id, DocNumber: `W-${index}`, CustomerRef: { value: customerId } };
      engine.books.rows('Invoice').put({ ...row, id, body: body as never, number: `W-${index}`, customer: customerId });
      return { id, customerId };
    }),
  );
}

/** The payment of Stripe's for one of them. */
export const nameOf = (index: number): string => `pi_bench${String(index).padStart(8, '0')}`;

/** Against what was asked: payments that are not there, and those that are there again. */
export function heldOf({ engine }: Quickbooks, records: number): { lost: number; doubled: number } {
  const times = new Map<string, number>();
  for (const { body } of engine.books.rows('Payment').where({})) {
    const name = /pi_bench\d{8}/.exec(String(body['PrivateNote']))?.[0] ?? '';
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const each = Array.from({ length: records }, (_, index) => times.get(nameOf(index)) ?? 0);
  return { lost: each.filter((count) => count === 0).length, doubled: each.filter((count) => count > 1).length };
}

import { runSync } from '../../src/use-cases/run-sync.ts';
import { REP } from '../money/company.ts';
import { DAY, HOUR, MINUTE, type Issued, type SweptCompany, openSweptCompany } from './company.ts';

/** What became of an outage, in the three systems and for the people. */
export interface Played {
  /** Invoices whose status in Salesforce was the true one in the end, of how many. */
  right: number;
  of: number;
  /** Payments that QuickBooks holds besides those that were made. */
  doubled: number;
  /** How long after the outage the last of them was right. */
  behindMs: number;
  /** What each full compare announced. */
  announced: string[];
  alarms: string[];
  /** How the next sync reconciles the three systems. */
  reconciled: string;
  /** Time of the virtual clock. */
  tookMs: number;
}

export interface Scenario {
  outage: string;
  /** False: nothing may be lost for good, so a full compare has to be announced and made. */
  healsByItself: boolean;
  /** What people are told of it; null: nothing, since nothing is left for them to do. */
  told: RegExp | null;
  play(): Promise<Played>;
}

interface Act {
  /** The outage itself; answers with what each invoice should be. */
  suffer(company: SweptCompany, issued: Issued[]): Promise<Map<Issued, string>>;
  invoices: number;
}

const BEHIND_AT_MOST = 6 * HOUR;

async function play({ suffer, invoices }: Act): Promise<Played> {
  const company = openSweptCompany();
  const { org, deps, quickbooks } = company;
  try {
    const begun = deps.clock.now();
    const issued: Issued[] = [];
    for (let n = 0; n < invoices; n += 1) issued.push(await company.issue());
    await company.hear();
    await company.run(10 * MINUTE);

    const expected = await suffer(company, issued);
    const over = deps.clock.now();
    const right = () => [...expected].filter(([{ invoiceId }, status]) => org.invoices.get(invoiceId)?.status === status).length;
    while (right() < expected.size && deps.clock.now() - over < BEHIND_AT_MOST) await company.run(MINUTE, MINUTE);
    const behindMs = deps.clock.now() - over;

    await company.run(HOUR, 15 * MINUTE);
    const alarms = [...org.issues.values()].filter(({ cause, resolved }) => cause === 'Webhooks Silent' && !resolved);
    const reply = await runSync(deps, { kind: 'Nightly', waitMs: 1_000 }, REP);
    await company.idle();
    const key = reply.outcome === 'done' ? reply.value.operationKey : null;
    const paid = [...expected.values()].filter((status) => status === 'Paid').length;
    return {
      right: right(),
      of: expected.size,
      doubled: quickbooks.books.rows('Payment').all().length - paid,
      behindMs,
      announced: [...org.syncRuns.values()].filter(({ kind }) => kind === 'Full Compare').map(({ report }) => report?.split('\n')[0] ?? ''),
      alarms: alarms.map(({ message }) => message),
      reconciled: org.syncRuns.get(key ?? '')?.report?.match(/Reconciled.*/)?.[0] ?? 'not reconciled',
      tookMs: deps.clock.now() - begun,
    };
  } finally {
    company.close();
  }
}

const allPaid = (issued: Issued[]) => new Map(issued.map((each) => [each, 'Paid']));

/** A cheque for the whole of an invoice, booked in QuickBooks itself. */
function bookCheque({ quickbooks }: SweptCompany, { quickbooksInvoiceId }: Issued): void {
  const invoice = quickbooks.books.get('Invoice', quickbooksInvoiceId) as unknown as { CustomerRef: object; Balance: number };
  quickbooks.write('Payment', {
    CustomerRef: invoice.CustomerRef,
    TotalAmt: invoice.Balance,
    Line: [{ Amount: invoice.Balance, LinkedTxn: [{ TxnId: quickbooksInvoiceId, TxnType: 'Invoice' }] }],
  });
}

export const SCENARIOS: Scenario[] = [
  {
    outage: 'Salesforce down 2 h',
    healsByItself: true,
    told: null,
    play: () =>
      play({
        invoices: 3,
        async suffer(company, issued) {
          company.down('salesforce', 2 * HOUR);
          for (const each of issued) company.pay(each);
          await company.hear();
          await company.run(2 * HOUR, 20 * MINUTE);
          return allPaid(issued);
        },
      }),
  },
  {
    outage: 'QuickBooks down 1 day',
    healsByItself: true,
    told: null,
    play: () =>
      play({
        invoices: 3,
        async suffer(company, issued) {
          company.down('quickbooks', DAY);
          for (const each of issued) company.pay(each);
          await company.hear();
          await company.run(DAY, HOUR);
          return allPaid(issued);
        },
      }),
  },
  {
    outage: "Stripe's webhooks off 3 days and 1 h",
    healsByItself: true,
    told: /^No webhook has ever come from Stripe, though \d+ changes/,
    play: () =>
      play({
        invoices: 4,
        async suffer(company, issued) {
          for (const each of issued) {
            await company.run(18 * HOUR + 15 * MINUTE, 20 * MINUTE);
            company.pay(each);
          }
          return allPaid(issued);
        },
      }),
  },
  {
    outage: 'our own service off 31 days',
    healsByItself: false,
    told: /^Full compare: Trueup has not read Stripe since 2026-11-24.*30 days only.*every invoice is compared/,
    play: () =>
      play({
        invoices: 4,
        async suffer(company, issued) {
          const [paid, cheque, alsoPaid, quiet] = issued as [Issued, Issued, Issued, Issued];
          for (const each of [paid, alsoPaid]) company.pay(each);
          bookCheque(company, cheque);
          company.deps.clock.advance(31 * DAY);
          return new Map([
            [paid, 'Paid'],
            [alsoPaid, 'Paid'],
            [cheque, 'Paid'],
            [quiet, 'Open'],
          ]);
        },
      }),
  },
];

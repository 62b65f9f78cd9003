import { effectKey } from '../../domain/operation-key.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { sum } from '../../domain/money.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { LedgerInvoice, LedgerInvoiceBody } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect, type Found } from '../effects/call-and-record.ts';
import { sendOnce } from '../effects/send-once.ts';

type LedgerDeps = Pick<Deps, 'ledger' | 'effects' | 'clock' | 'numbers'>;

/** So many numbers in a row held by the accountant's own documents mean the prefix is wrong. */
const NUMBER_ATTEMPTS = 5;

/** The numbers of one operation: the same attempt gives the same number each time. */
export interface NumberSource {
  companyKey: string;
  prefix: string;
  operationKey: string;
}

export const voidInLedgerKey = (invoiceId: string): string => effectKey(invoiceId, 'void-invoice-quickbooks');
export const ledgerInvoiceKey = (invoiceId: string): string => effectKey(invoiceId, 'create-invoice');

/** Creates the invoice under the first number that no document of somebody else holds (6140). */
export async function createUnderFreeNumber(
  deps: LedgerDeps,
  numbers: NumberSource,
  body: Omit<LedgerInvoiceBody, 'number'>,
): Promise<Outcome<LedgerInvoice>> {
  let last: Outcome<LedgerInvoice> | undefined;
  for (let attempt = 0, tried = 0; tried < NUMBER_ATTEMPTS; attempt += 1) {
    const number = await deps.numbers.give({ ...numbers, attempt });
    // Found taken at an earlier try, which then had to wait: it may be free again, and is told to be on no invoice.
    if (await deps.numbers.isGap(numbers.companyKey, number)) continue;
    tried += 1;
    const numbered = { ...body, number };
    last = await sendOnce(deps, createLedgerInvoice(deps, numbered));
    if (last.outcome !== 'conflict' || last.reason !== 'number-taken') return last;
    const holder = await holderIfOurs(deps, numbered);
    if (holder) return holder;
    await deps.numbers.recordGap(numbers.companyKey, number, 'QuickBooks held this number for another document.');
  }
  return last as Outcome<LedgerInvoice>;
}

function createLedgerInvoice({ ledger }: LedgerDeps, body: LedgerInvoiceBody): Effect<LedgerInvoiceBody, LedgerInvoice> {
  return {
    key: ledgerInvoiceKey(body.invoiceId),
    system: 'quickbooks',
    carries: ['bill-to', 'document', 'number', 'tax'],
    body,
    send: (frozen, key, sending) => ledger.createInvoice(frozen, key, sending),
    find: async (frozen) =>
      mapOutcome(
        await ledger.findInvoices({ customerId: frozen.customerId, date: frozen.invoiceDate, number: frozen.number, as: frozen }),
        (invoices) => foundOf(invoices.filter((each) => isOurs(each, frozen))),
      ),
  };
}

/** The document that holds the number is ours when our mark, customer, currency and total all agree. */
async function holderIfOurs(deps: LedgerDeps, body: LedgerInvoiceBody): Promise<Outcome<LedgerInvoice> | null> {
  const holders = await deps.ledger.findInvoices({ number: body.number, as: body });
  if (holders.outcome !== 'done') return holders;
  const own = holders.value.find((each) => isOurs(each, body));
  if (!own) return null;
  await deps.effects.answer(ledgerInvoiceKey(body.invoiceId), own as unknown as Json);
  return done(own);
}

function isOurs(invoice: LedgerInvoice, body: LedgerInvoiceBody): boolean {
  const subtotal = sum(body.lines.map((line) => line.amount));
  return (
    !invoice.voided &&
    invoice.invoiceId === body.invoiceId &&
    invoice.customerId === body.customerId &&
    invoice.currency === body.currency &&
    invoice.total === subtotal + (body.totalTax ?? invoice.tax)
  );
}

type VoidBody = { quickbooksInvoiceId: string; syncToken: string | null };

export function voidInLedger({ ledger }: Pick<Deps, 'ledger'>, invoiceId: string, body: VoidBody): Effect<VoidBody, LedgerInvoice> {
  return {
    key: voidInLedgerKey(invoiceId),
    system: 'quickbooks',
    carries: ['document'],
    body,
    send: (frozen, key) => ledger.voidInvoice(frozen, key),
    find: async (frozen) =>
      mapOutcome(await ledger.readInvoice(frozen.quickbooksInvoiceId), (invoice): Found<LedgerInvoice> =>
        invoice?.voided ? { found: 'one', answer: invoice } : { found: 'none' },
      ),
  };
}

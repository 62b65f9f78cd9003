import type { InvoiceRecord } from '../domain/invoice.ts';
import { sendOperationKey } from '../domain/operation-key.ts';
import type { OperationState } from '../domain/operation.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { InvoiceRead } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { sendOnce } from './effects/send-once.ts';
import {
  askedBy,
  cannot,
  LOADED,
  operationStep,
  operationWrite,
  readForOperation,
  settleFailed,
  type OperationInput,
} from './invoice-operation.ts';
import { invoiceQueue } from './issue-invoice.ts';
import { refused, replyAfter, type OperationReply } from './operation-reply.ts';
import { sendByStripe } from './writes/stripe-invoice.ts';

export type SendDeps = Pick<Deps, 'records' | 'engine' | 'progress' | 'clock'>;

/** A click that comes so soon after the invoice went out was made before its page said so, and only travelled slowly. */
const JUST_SENT_MS = 300_000;

/** A person sends an issued invoice (again): Stripe e-mails it once, however often the button is clicked. */
export async function sendInvoice(
  deps: SendDeps,
  request: { invoiceId: string; waitMs: number },
  caller: Caller,
): Promise<Outcome<OperationReply>> {
  const read = await deps.records.readInvoice({ invoiceId: request.invoiceId, asking: caller });
  if (read.outcome !== 'done') return read;
  const problems = whyNotSend(read.value);
  if (problems.length > 0) return done(refused(problems));

  const { invoice } = read.value;
  if (invoice.sentAt !== null && deps.clock.now() - Date.parse(invoice.sentAt) < JUST_SENT_MS) return done(sentAlready(invoice));
  const key = sendOperationKey(invoice.id, invoice.sentAt);
  await deps.progress.open({ key, kind: 'send-invoice', invoiceId: invoice.id });
  const runId = await runOf(deps, key);
  await deps.engine.enqueue({
    workflow: 'send-invoice',
    id: runId,
    queueKey: invoiceQueue(invoice.id),
    input: { operationKey: key, invoiceId: invoice.id, asked: askedBy(deps, caller) } satisfies OperationInput as Json,
  });
  if (runId !== key && request.waitMs > 0) await deps.engine.result(runId, request.waitMs);
  return done(await replyAfter(deps, key, request.waitMs));
}

/** What was refused, or left to a person, was mended meanwhile, or nobody would ask again: another run of the same operation. */
async function runOf({ progress }: Pick<Deps, 'progress'>, key: string): Promise<string> {
  const again = await progress.retry(key);
  return again ? `${key}.retry-${again.retries}` : key;
}

function sentAlready({ id, number }: InvoiceRecord): OperationReply {
  return { outcome: 'done', operationKey: null, invoiceId: id, invoiceNumber: number, steps: [], problems: [] };
}

function whyNotSend({ invoice, rights }: InvoiceRead): Problem[] {
  // People never edit invoices, the functions do: whoever sees one needs only the right to do this.
  if (rights && !rights.canRead)
    return [cannot('no-access', 'You have no access to this invoice.', "Ask the invoice's owner to share it.")];
  if (rights && !rights.issueInvoice)
    return [
      cannot(
        'no-right-to-issue',
        'You do not have the right to send invoices.',
        'Ask an administrator for the permission set Trueup Sales Rep.',
      ),
    ];
  if (invoice.loaded) return [LOADED];
  if (!isOpen(invoice)) return [notOpen(invoice)];
  if (invoice.stripeInvoiceId === null)
    return [cannot('invoice-not-issued', 'The invoice is not in Stripe yet.', 'Wait until it is issued.')];
  if (invoice.billToEmail === null)
    return [cannot('email-missing', 'The contact on the invoice has no e-mail address.', 'Give the contact an e-mail address.')];
  return [];
}

const isOpen = ({ status }: InvoiceRecord): boolean => status === 'Open' || status === 'Partially Paid';
const notOpen = ({ status }: InvoiceRecord): Problem =>
  cannot(
    'invoice-not-open',
    `The invoice is ${status.toLowerCase()}, so there is nothing to ask the customer for.`,
    'Send open invoices only.',
  );

/** Under the invoice's lease: send once, then note when. */
export async function carrySending(
  deps: Pick<Deps, 'records' | 'payments' | 'effects' | 'progress' | 'clock'>,
  { operationKey: key, invoiceId, asked }: OperationInput,
  run: Run,
): Promise<OperationState> {
  const read = await operationStep(deps, run, key, 'read', () => readForOperation(deps, invoiceId));
  if (read.outcome !== 'done') return 'needs-attention';
  const { invoice } = read.value;
  if (sendOperationKey(invoice.id, invoice.sentAt) !== key || invoice.stripeInvoiceId === null)
    return alreadySent(deps, run, read.value, key);
  const effect = sendByStripe(deps, invoiceId, invoice.sentAt, invoice.stripeInvoiceId);
  // Voided or paid between the click and its turn, and nothing sent yet: nothing is wrong with the invoice.
  if (!isOpen(invoice) && !(await run.step('was it begun', async () => (await deps.effects.read(effect.key)) !== null)))
    return settleFailed(deps, run, read.value, 'send-invoice', key, rejected(notOpen(invoice)), {});
  const accepted = operationWrite(deps, read.value, {
    invoice: {},
    kind: 'send-invoice',
    key,
    state: 'running',
    step: null,
    ...(asked ? { asked } : {}),
  });
  await operationStep(deps, run, key, 'write that it begins', () => deps.records.writeBack(accepted));

  await deps.progress.step(key, { name: 'sent', state: 'running', at: nowOf(deps) });
  const sent = await operationStep(deps, run, key, 'send', () => sendOnce(deps, effect));
  // Begun while it was open, and refused once it was void or paid: nothing is wrong with the invoice then either.
  const told = isOpen(invoice) && sent.outcome !== 'done' ? { problem: sent.problem.message } : {};
  if (sent.outcome !== 'done') return settleFailed(deps, run, read.value, 'send-invoice', key, sent, told);
  return noteSent(deps, run, read.value, key, { sentAt: await run.step('note when sent', async () => nowOf(deps)) });
}

/** The issue itself sent it meanwhile: that is what was asked for. */
function alreadySent(
  deps: Pick<Deps, 'records' | 'progress' | 'clock'>,
  run: Run,
  read: InvoiceRead,
  key: string,
): Promise<OperationState> {
  return noteSent(deps, run, read, key, {});
}

async function noteSent(
  deps: Pick<Deps, 'records' | 'progress' | 'clock'>,
  run: Run,
  read: InvoiceRead,
  key: string,
  invoice: { sentAt?: string },
): Promise<OperationState> {
  const write = operationWrite(deps, read, { invoice, kind: 'send-invoice', key, state: 'done', step: 'sent' });
  await operationStep(deps, run, key, 'write that it was sent', () => deps.records.writeBack(write));
  await deps.progress.step(key, { name: 'sent', state: 'done', at: nowOf(deps) });
  await deps.progress.set(key, {
    state: 'done',
    problems: [],
    ...(read.invoice.number === null ? {} : { invoiceNumber: read.invoice.number }),
  });
  return 'done';
}

import { buildOrder } from '../domain/build-order.ts';
import { sameIntent, whatChanged } from '../domain/compare-intent.ts';
import type { IntentIds, InvoiceOrder, InvoiceRecord } from '../domain/invoice.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import { checkRights } from '../domain/preflight/check-rights.ts';
import { blocks } from '../domain/preflight/preflight.ts';
import type { Json } from '../ports/effect-log.ts';
import type { IntentCollision } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { doubtsAbout, gatherInvoice, readAsked, type Asked, type Gathered, type InvoiceRequest } from './look/gather-invoice.ts';
import { raiseDoubts } from './look/raise-doubts.ts';
import { refused, replyAfter, type OperationReply } from './operation-reply.ts';

export type IssueDeps = Pick<
  Deps,
  'records' | 'matches' | 'mappings' | 'payments' | 'ledger' | 'effects' | 'engine' | 'progress' | 'clock'
>;

const BELIEVE_PANEL_MS = 60_000;
/** What somebody may have put right since the panel looked. */
const MAY_BE_MENDED = new Set([
  'customer-inactive',
  'customer-gone',
  'customer-balance',
  'item-inactive',
  'item-gone',
  'item-without-income-account',
  'source-unreadable',
  'target-unknown',
  'target-not-writable',
  'mapped-value-missing',
  'mapped-value-unmapped',
  'mapped-value-unknown',
  'mapped-value-inactive',
  'mapped-value-too-long',
  'mapped-value-wrong-type',
]);

/** The line of an invoice: its operations and refreshes go one at a time. */
export const invoiceQueue = (invoiceId: string): string => `invoice:${invoiceId}`;

/**
 * A rep issues an invoice: preflight, then the intent in Salesforce, all or none; the rest is carried by a durable
 * workflow (carry-invoice). The same click again shows the same invoice; other quantities for the same lines are refused.
 * `background`: nobody waits at a screen, and it takes its turns behind those for whom somebody does.
 */
export async function issueInvoice(
  deps: IssueDeps,
  request: InvoiceRequest & { waitMs: number; background?: boolean },
  caller: Caller,
): Promise<Outcome<OperationReply>> {
  const asked = await readAsked(deps, request, caller);
  if (asked.outcome !== 'done') return asked;
  const rights = checkRights(asked.value.source);
  if (blocks(rights)) return done(refused(rights));

  const before = await clickedBefore(deps, asked.value, caller);
  if (before) return before.outcome === 'done' ? showExisting(deps, before.value.order, before.value.invoices, request) : before;

  const gathered = await gatherForClick(deps, asked.value);
  if (blocks(gathered.problems)) {
    await raiseDoubts(deps, doubtsAbout(gathered));
    return done(refused(gathered.problems));
  }

  const order = buildOrder(gathered.source, gathered.draft, gathered.parts, askingOf(deps, caller));
  const intent = await recordIntent(deps, order);
  if (intent.outcome !== 'done') return intent;
  if ('collision' in intent.value) return showExisting(deps, order, intent.value.invoices, request);

  await startCarrying(deps, order, intent.value, request);
  return done(await replyAfter(deps, order.operationKey, request.waitMs));
}

/** The panel looked a moment ago: that is believed while it finds nothing wrong, since both books judge each write themselves. */
async function gatherForClick(deps: IssueDeps, asked: Asked): Promise<Gathered> {
  const gathered = await gatherInvoice(deps, asked, BELIEVE_PANEL_MS);
  return gathered.problems.some((problem) => MAY_BE_MENDED.has(problem.code)) ? gatherInvoice(deps, asked) : gathered;
}

/** The panel's lines are already on an invoice: whose, and would this click be the same? */
async function clickedBefore(
  deps: IssueDeps,
  { source, draft }: Asked,
  caller: Caller,
): Promise<Outcome<{ order: InvoiceOrder; invoices: InvoiceRecord[] }> | null> {
  const keys = new Set(draft.lines.filter((line) => line.include).map((line) => line.lineKey));
  const ids = [...new Set(source.earlierLines.filter((line) => keys.has(line.lineKey)).map((line) => line.invoiceId))];
  if (ids.length === 0) return null;
  const invoices: InvoiceRecord[] = [];
  for (const invoiceId of ids) {
    const read = await deps.records.readInvoice({ invoiceId, asking: null });
    if (read.outcome !== 'done') return read;
    invoices.push(read.value.invoice);
  }
  const parts = {
    customers: { stripe: { id: null, displayName: '' }, quickbooks: { id: null, displayName: '' } },
    items: new Map(),
    newLinks: [],
    unchecked: [],
    terms: { value: draft.terms, label: draft.terms, days: 0, termId: null },
  };
  return done({ order: buildOrder(source, draft, parts, askingOf(deps, caller)), invoices });
}

/** Same content: the invoice that is already there. Other content: refused, with what changed. */
async function showExisting(
  deps: IssueDeps,
  order: InvoiceOrder,
  invoices: InvoiceRecord[],
  { waitMs, background }: { waitMs: number; background?: boolean },
): Promise<Outcome<OperationReply>> {
  const same = sameIntent(order, invoices);
  if (!same) return done(refused(whatChanged(order, invoices), invoices[0]?.id ?? null));
  if (await deps.progress.read(same.operationKey)) return done(await replyAfter(deps, same.operationKey, waitMs));
  const kept = same.number === null ? ((await deps.effects.kept(same.operationKey)) as unknown as InvoiceOrder | null) : null;
  if (kept) {
    // The process died between the intent and the engine: this click takes it up.
    await startCarrying(deps, kept, { invoiceId: same.id, operationId: '' }, { background });
    return done(await replyAfter(deps, same.operationKey, waitMs));
  }
  return done({
    outcome: same.number === null ? 'accepted' : 'done',
    operationKey: same.operationKey,
    invoiceId: same.id,
    invoiceNumber: same.number,
    steps: [],
    problems: [],
  });
}

/**
 * Creates the intent. When Salesforce's answer is lost, the same creation again either succeeds or collides with itself:
 * its unique keys make it safe.
 */
async function recordIntent(deps: IssueDeps, order: InvoiceOrder): Promise<Outcome<IntentIds | IntentCollision>> {
  await deps.effects.keep(order.operationKey, order as unknown as Json);
  const first = await deps.records.createIntent(order);
  return first.outcome === 'unknown-outcome' || (first.outcome === 'conflict' && first.reason === 'locked')
    ? ownIntent(order, await deps.records.createIntent(order))
    : first;
}

function ownIntent(order: InvoiceOrder, second: Outcome<IntentIds | IntentCollision>): Outcome<IntentIds | IntentCollision> {
  if (second.outcome !== 'done' || !('collision' in second.value)) return second;
  const own = sameIntent(order, second.value.invoices);
  return own ? done({ invoiceId: own.id, operationId: '' }) : second;
}

/** Hands the order to the durable workflow. Idempotent: the operation's key is the run's id. */
export async function startCarrying(
  deps: Pick<Deps, 'engine' | 'progress' | 'clock'>,
  order: InvoiceOrder,
  ids: IntentIds,
  { background = false }: { background?: boolean | undefined } = {},
): Promise<void> {
  await deps.progress.open({ key: order.operationKey, kind: 'issue-invoice', invoiceId: ids.invoiceId });
  await deps.progress.step(order.operationKey, { name: 'checked', state: 'done', at: nowOf(deps) });
  await deps.engine.enqueue({
    workflow: 'issue-invoice',
    id: order.operationKey,
    queueKey: invoiceQueue(ids.invoiceId),
    input: { order, ids, ...(background ? { background } : {}) } as unknown as Json,
  });
}

function askingOf(deps: IssueDeps, caller: Caller) {
  return { userId: caller.userId, at: nowOf(deps), correlationId: caller.correlationId };
}

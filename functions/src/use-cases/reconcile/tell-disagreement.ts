import { moneyText } from '../../domain/money.ts';
import { type Disagreement, HOLDERS, type HeldDocument, type Reconciliation, type Tally, tallyAgrees } from '../../domain/reconcile.ts';
import type { DifferenceCause } from '../../domain/find-differences.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';

const NAME = { salesforce: 'Salesforce', stripe: 'Stripe', quickbooks: 'QuickBooks' };
/** A report holds 32,000 characters. */
const MOST_LINES = 100;

/** What a report tells of a comparison. */
export interface Told extends Reconciliation {
  /** Differing records that are too many to name. */
  unnamed: number;
  /** Records that changed while they were read. */
  moved: number;
}

/** The end of a key by which such a finding is known. */
export const RECONCILE_KEY = '.reconcile';

/** The same each time it is found. */
export const keyOf = ({ invoiceId, holder, what, document }: Disagreement): string =>
  `${what === 'missing' || what === 'differs' ? `${invoiceId}.${holder}` : `${holder}.${document?.id ?? ''}`}${RECONCILE_KEY}`;

/** A record on which the systems do not agree, for a person. */
export function issueOf(disagreement: Disagreement): SyncIssueWrite {
  const { invoiceId, invoice, holder, what, document } = disagreement;
  const called = `Invoice ${invoice?.number ?? document?.number ?? invoiceId}`;
  const system = NAME[holder];
  const about = invoice === null ? null : invoiceId;
  const tell = (cause: DifferenceCause, message: string, fix: string): SyncIssueWrite => ({
    key: keyOf(disagreement),
    cause,
    invoiceId: about,
    recordId: about ?? document?.id ?? null,
    message,
    fix,
  });
  switch (what) {
    case 'missing':
      return tell(
        holder === 'stripe' ? 'Missing In Stripe' : 'Deleted In QuickBooks',
        `${called} is not in ${system}.`,
        'Void it here and issue a new one, or ask the accountant to enter it again.',
      );
    case 'twice':
      return tell(
        'Amount Differs',
        `${called} is in ${system} a second time, as ${document?.id ?? ''}.`,
        `Void the second one in ${system}.`,
      );
    case 'orphan':
      return tell(
        'Not In Salesforce',
        `${system} holds ${called} (${show(document)}), made for ${invoiceId}, which Salesforce does not have.`,
        `Void ${document?.id ?? 'it'} in ${system}, or restore the invoice from Salesforce's recycle bin.`,
      );
    case 'differs':
      return tell(
        holder === 'stripe' ? 'Changed In Stripe' : 'Changed In QuickBooks',
        `${called} is ${show(invoice)} in Salesforce, but ${show(document)} in ${system}.`,
        "Look at the invoice's history; restore the document as it was issued, or void it and issue a new one.",
      );
  }
}

const show = (document: HeldDocument | null): string =>
  document === null
    ? 'nothing'
    : document.standing === 'void'
      ? `void in ${document.month}`
      : `${moneyText(document.total, document.currency).display} of ${document.month} with ${moneyText(document.due, document.currency).display} due`;

/** Counts and sums by month, currency and standing: what differs first. */
export function reportOf({ tallies, disagreements, underWay, unnamed, moved }: Told): string[] {
  const differing = tallies.filter((tally) => !tallyAgrees(tally));
  const agreeing = tallies.filter(tallyAgrees);
  const lines = [...differing.map(lineOfDifference), ...agreeing.map(lineOfAgreement)];
  const result = disagreements.length === 0 ? 'no difference' : `${disagreements.length + unnamed} differing records`;
  const named = disagreements.length === 0 ? '' : unnamed === 0 ? ', each named below' : `, ${disagreements.length} of them named below`;
  const asides = [
    ...(underWay === 0 ? [] : [`; ${underWay} under way or with a person were left out`]),
    ...(moved === 0 ? [] : [`; ${moved} changed while they were read and are left to the next run`]),
  ];
  return [
    `Reconciled with ${result}${named}${asides.join('')}.`,
    ...lines.slice(0, MOST_LINES),
    ...(lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more months and currencies.`] : []),
  ];
}

const cellOf = ({ month, currency, standing }: Tally): string => `${month} ${currency} ${standing}`;
const amountsOf = ({ of, currency, standing }: Tally, holder: (typeof HOLDERS)[number]): string => {
  const { count, total, due } = of[holder];
  const sums =
    standing === 'void'
      ? ''
      : `, ${moneyText(total, currency).display}${standing === 'open' ? `, due ${moneyText(due, currency).display}` : ''}`;
  return `${count}${sums}`;
};
const aside = ({ byCheque, currency }: Tally): string =>
  byCheque === 0 ? '' : ` (Stripe asks for ${moneyText(byCheque, currency).display} more: paid by cheque, in part)`;
const lineOfAgreement = (tally: Tally): string =>
  `${cellOf(tally)}: ${amountsOf(tally, 'salesforce')} in all three systems${aside(tally)}.`;
const lineOfDifference = (tally: Tally): string =>
  `${cellOf(tally)} differs: ${HOLDERS.map((holder) => `${NAME[holder]} ${amountsOf(tally, holder)}`).join('; ')}${aside(tally)}.`;

import { isDay } from '../dates.ts';
import type { Problem } from '../problem.ts';
import type { PreflightContext } from './context.ts';
import { preflightProblem as problem } from './problems.ts';

/** Trueup_Invoice__c.PO_Number__c and Memo__c. */
const PO_NUMBER_LENGTH = 30;
const MEMO_LENGTH = 1000;
const EMAIL = /^[^\s@,;:<>()[\]"\\]+@[^\s@.,;:<>()[\]"\\]+(\.[^\s@.,;:<>()[\]"\\]+)+$/;

/** Bill-to, dates, terms and texts. */
export function checkHeader({ source, draft, terms }: PreflightContext): Problem[] {
  return [
    ...checkBillTo(source, draft),
    ...(isDay(draft.invoiceDate) ? [] : [problem('date-invalid', 'invoiceDate', { date: draft.invoiceDate })]),
    ...(terms ? [] : [problem('terms-unknown', 'terms', { terms: draft.terms })]),
    ...tooLong('po-number-too-long', 'poNumber', draft.poNumber, PO_NUMBER_LENGTH),
    ...tooLong('memo-too-long', 'memo', draft.memo, MEMO_LENGTH),
  ];
}

function checkBillTo(source: PreflightContext['source'], draft: PreflightContext['draft']): Problem[] {
  if (!source.accounts.some((account) => account.id === draft.accountId)) return [problem('account-unknown', 'billTo.accountId')];
  const contact = source.contacts.find((each) => each.id === draft.contactId);
  if (draft.contactId !== null && contact?.accountId !== draft.accountId) return [problem('contact-unknown', 'billTo.contactId')];
  const email = contact?.email ?? null;
  if (email === null) return draft.delivery === 'send' ? [problem('email-missing', 'billTo.contactId')] : [];
  return EMAIL.test(email) ? [] : [problem('email-invalid', 'billTo.contactId', { email })];
}

function tooLong(code: 'po-number-too-long' | 'memo-too-long', field: string, text: string | null, limit: number): Problem[] {
  return text !== null && text.length > limit ? [problem(code, field, { length: text.length, limit })] : [];
}

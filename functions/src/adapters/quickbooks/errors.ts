import { type Failure, type Outcome, done } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';

export type Kind = 'read' | 'write';

/** One entry of a Fault. Inside 401 answers Intuit spells the same names in lower case. */
interface FaultError {
  type: string;
  code: string;
  message: string;
  detail: string;
  element: string;
}

/** What a person can do about each code of the catalogue. Judged by code, never by text: texts are localised. */
const KNOWN: Record<string, { code: string; message: string; action: string }> = {
  '610': {
    code: 'quickbooks-not-found-or-inactive',
    message: 'QuickBooks no longer has a record this needs, or it is inactive.',
    action: 'Ask the accountant to make it active again, or an admin to match it anew.',
  },
  '620': {
    code: 'quickbooks-cannot-link',
    message: 'QuickBooks cannot link this transaction.',
    action: 'Open it in QuickBooks and see what it is applied to.',
  },
  '2010': {
    code: 'quickbooks-unknown-property',
    message: 'QuickBooks does not know a field we sent.',
    action: 'Ask an admin to check the field mapping.',
  },
  '2020': {
    code: 'quickbooks-missing-field',
    message: 'QuickBooks requires a field that is empty.',
    action: 'Ask an admin to map the field QuickBooks names.',
  },
  '2030': {
    code: 'quickbooks-bad-id',
    message: 'QuickBooks does not know an id we sent.',
    action: 'Ask an admin to match the record anew.',
  },
  '2040': {
    code: 'quickbooks-illegal-character',
    message: 'A name holds a character QuickBooks refuses (colon, tab or line break).',
    action: 'Change the name in Salesforce and issue again.',
  },
  '2050': {
    code: 'quickbooks-too-long',
    message: 'A text is longer than QuickBooks can hold.',
    action: 'Shorten it in Salesforce and issue again.',
  },
  '2210': {
    code: 'quickbooks-email-invalid',
    message: 'QuickBooks does not accept the e-mail address of the contact.',
    action: 'Correct the e-mail of the bill-to contact and issue again.',
  },
  '2500': {
    code: 'quickbooks-invalid-reference',
    message: 'QuickBooks no longer has a record this refers to.',
    action: 'Ask an admin to check items, accounts and terms of the company.',
  },
  '6000': {
    code: 'quickbooks-business-validation',
    message: 'QuickBooks refuses this by one of its business rules.',
    action: 'Ask the accountant; the details are on the operation.',
  },
  '6070': {
    code: 'quickbooks-amount-mismatch',
    message: 'QuickBooks finds that an amount is not quantity times price.',
    action: 'Ask an admin to look at the operation; nothing was booked.',
  },
  '6190': {
    code: 'quickbooks-company-status',
    message: 'The QuickBooks company cannot be written to (is its subscription active?).',
    action: 'Ask the accountant to open QuickBooks and renew the subscription.',
  },
  '6210': {
    code: 'quickbooks-closed-period',
    message: 'The date lies in a period that is closed in QuickBooks.',
    action: 'Choose a date after the closing date, or ask the accountant to open the period.',
  },
  '6540': {
    code: 'quickbooks-deposited',
    message: 'The payment is part of a bank deposit in QuickBooks.',
    action: 'Ask the accountant to take it out of the deposit first.',
  },
};

interface HttpFailure {
  response?: { status?: number; data?: unknown; headers?: Record<string, string> };
  code?: string;
  message?: string;
}

/**
 * Runs one call to QuickBooks and answers with the closed union. A Fault counts wherever it stands: HTTP 200 may hold one.
 * Only status, code and tid are kept of an HTTP error: the rest of it carries the Bearer token.
 */
export async function ask<T>(kind: Kind, call: () => Promise<T>): Promise<Outcome<T>> {
  let answer: T;
  try {
    answer = await call();
  } catch (error) {
    return judge(error as HttpFailure, kind);
  }
  const fault = readFault(answer);
  return fault ? judgeFault(fault, 200, undefined) : done(answer);
}

export function readFault(body: unknown): FaultError | undefined {
  const data = Buffer.isBuffer(body) ? parse(body.toString('utf8')) : typeof body === 'string' ? parse(body) : body;
  if (!data || typeof data !== 'object') return undefined;
  const fault = (data as Record<string, unknown>).Fault ?? (data as Record<string, unknown>).fault;
  if (!fault || typeof fault !== 'object') return undefined;
  const list = ((fault as Record<string, unknown>).Error ?? (fault as Record<string, unknown>).error) as
    | Record<string, unknown>[]
    | undefined;
  const first = list?.[0] ?? {};
  const text = (name: string) => String(first[name] ?? first[name.toLowerCase()] ?? '');
  return {
    type: String((fault as Record<string, unknown>).type ?? ''),
    code: text('code'),
    message: text('Message'),
    detail: text('Detail'),
    element: text('element'),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function judge(error: HttpFailure, kind: Kind): Failure {
  const direct = readFault(error);
  const response = error.response;
  const tid = response?.headers?.intuit_tid;
  const fault = direct ?? readFault(response?.data);
  const status = response?.status;
  if (status === undefined && !fault) return lost(error, kind);
  if (status !== undefined && status >= 500) return lost(error, kind, tid);
  return judgeFault(fault ?? { type: '', code: '', message: '', detail: '', element: '' }, status ?? 400, tid);
}

/** Of one write in a batch: its Fault, or nothing said of it. A fault of QuickBooks' own proves nothing, as HTTP 500 to a single call does not. */
export function judgeItem(fault: FaultError | undefined): Failure {
  return fault && fault.type !== 'SystemFault' ? judgeFault(fault, 200, undefined) : lost({}, 'write');
}

/** @param status HTTP status; 200 for a Fault inside a good answer or a batch item. */
export function judgeFault(fault: FaultError, status: number, tid: string | undefined): Failure {
  const provider: NonNullable<Problem['provider']> = {
    system: 'quickbooks',
    ...(fault.code ? { code: fault.code } : {}),
    ...(tid ? { requestId: tid } : {}),
  };
  const problem = (code: string, message: string, action: string): Problem => ({ code, severity: 'error', message, action, provider });
  const wait = 'Nothing to do: it is tried again by itself.';
  if (status === 401 || status === 403 || fault.code === '3200' || fault.code === '3100' || fault.code === '120') {
    return {
      outcome: 'unauthorized',
      problem: problem(
        'quickbooks-unauthorized',
        'QuickBooks no longer accepts our connection.',
        'Ask an admin to connect QuickBooks again; the work waits and goes on by itself.',
      ),
    };
  }
  if (status === 429 || fault.code === '3001') {
    // Intuit asks for a pause of 60 s after a throttled call. https://developer.intuit.com/app/developer/qbo/docs/learn/rest-api-features#limits-and-throttles
    return {
      outcome: 'rate-limited',
      retryAfterMs: 60_000,
      problem: problem('quickbooks-rate-limited', 'QuickBooks asks us to slow down.', wait),
    };
  }
  if (fault.code === '5010')
    return {
      outcome: 'conflict',
      reason: 'stale',
      problem: problem('quickbooks-stale', 'Somebody changed the record in QuickBooks meanwhile.', wait),
    };
  const holder = `${fault.message} ${fault.detail}`.match(/(?:TxnId|Id)\s*=\s*(\d+)/i)?.[1];
  const held = holder ? { holderId: holder } : {};
  if (fault.code === '6240') {
    return {
      outcome: 'conflict',
      reason: 'name-taken',
      ...held,
      problem: problem(
        'quickbooks-name-taken',
        'The name is in use in QuickBooks (customers, vendors and employees share their names).',
        'Match the account to the existing customer, or rename one of them.',
      ),
    };
  }
  if (fault.code === '6140')
    return {
      outcome: 'conflict',
      reason: 'number-taken',
      ...held,
      problem: problem('quickbooks-number-taken', 'The invoice number is in use in QuickBooks.', wait),
    };
  const known = KNOWN[fault.code];
  if (known) return { outcome: 'rejected', problem: { ...known, severity: 'error', provider } };
  return {
    outcome: 'rejected',
    problem: problem(
      'quickbooks-rejected',
      `QuickBooks did not accept this: ${fault.detail || fault.message || `HTTP ${status}`}`,
      'Correct what QuickBooks names and try again.',
    ),
  };
}

function lost(error: HttpFailure, kind: Kind, tid?: string): Failure {
  const provider: NonNullable<Problem['provider']> = { system: 'quickbooks', ...(tid ? { requestId: tid } : {}) };
  const wait = 'Nothing to do: it is tried again by itself.';
  const neverSent = error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  if (kind === 'read' || neverSent) {
    return {
      outcome: 'unavailable',
      problem: { code: 'quickbooks-unavailable', severity: 'error', message: 'QuickBooks cannot be reached.', action: wait, provider },
    };
  }
  return {
    outcome: 'unknown-outcome',
    problem: {
      code: 'quickbooks-unknown-outcome',
      severity: 'error',
      message: 'QuickBooks did not answer; we find out what it did before anything is sent again.',
      action: wait,
      provider,
    },
  };
}

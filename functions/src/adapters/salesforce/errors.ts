import { type Failure, type Outcome, done } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';

/** One error as the REST API spells it; sub-answers of composite calls carry a list of these. */
export interface RestError {
  errorCode: string;
  message: string;
  fields?: string[];
}

const wait = 'Nothing to do: it is tried again by itself.';

/** To the API an object or field without rights does not exist. */
const NOT_VISIBLE = {
  code: 'no-access',
  message: 'The integration user cannot see an object or field that Trueup needs.',
  action: 'Ask an admin to assign the permission set "Trueup Integration" (and "Trueup Integration for Orders") to the integration user.',
};

/** Salesforce says it of objects that the user may not create or change; the same code also tells of triggers. */
const MAY_NOT_WRITE = /^entity type cannot be (inserted|updated)/;
const NO_RIGHT = {
  code: 'no-access',
  message: 'The integration user may not create or change records of this object.',
  action: 'Ask an admin to give it the right, or to leave out what needs it.',
};

/** What a person can do about each code. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm */
const KNOWN: Record<string, { code: string; message: string; action: string }> = {
  NOT_FOUND: {
    code: 'record-not-found',
    message: 'Salesforce has no such record, or it cannot be seen.',
    action: 'Open the record again from its list; ask an admin when it is there.',
  },
  ENTITY_IS_DELETED: {
    code: 'record-not-found',
    message: 'The record was deleted in Salesforce.',
    action: 'Restore it from the recycle bin, or work from another record.',
  },
  MALFORMED_ID: {
    code: 'record-not-found',
    message: 'This is no id of a Salesforce record.',
    action: 'Open the record again from its list.',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    code: 'no-access',
    message: 'The integration user may not write this record.',
    action: 'Ask an admin to assign the permission set "Trueup Integration" to the integration user.',
  },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    code: 'no-access',
    message: 'The integration user may not use a record this refers to.',
    action: 'Ask an admin to assign the permission set "Trueup Integration" to the integration user.',
  },
  INVALID_TYPE: NOT_VISIBLE,
  INVALID_FIELD: NOT_VISIBLE,
  INVALID_FIELD_FOR_INSERT_UPDATE: NOT_VISIBLE,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    code: 'validation-rule',
    message: 'A validation rule of the org refuses the record.',
    action: 'Ask an admin which rule it is; the operation holds its message.',
  },
  REQUIRED_FIELD_MISSING: {
    code: 'required-field',
    message: 'The org requires a field that Trueup does not fill.',
    action: 'Ask an admin to make the field optional or give it a default.',
  },
};

const LIMITS = new Set([
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'TXN_SECURITY_METERING_ERROR',
  'CONCURRENT_API_REQUESTS_LIMIT_EXCEEDED',
]);

/** Judges one error of a request or of a part of it. */
export function judge(error: RestError): Failure {
  const provider = { system: 'salesforce' as const, code: error.errorCode };
  const problem = (code: string, message: string, action: string): Problem => ({ code, severity: 'error', message, action, provider });
  switch (error.errorCode) {
    case 'INVALID_SESSION_ID':
    case 'INVALID_AUTH_HEADER':
      return {
        outcome: 'unauthorized',
        problem: problem(
          'salesforce-unauthorized',
          'Salesforce no longer accepts our connection.',
          'Ask an admin to run "sf trueup doctor" and authorize the functions again.',
        ),
      };
    case 'DUPLICATE_VALUE':
      return {
        outcome: 'conflict',
        reason: 'already-exists',
        problem: problem('already-exists', 'Salesforce holds a record with the same key.', wait),
      };
    case 'UNABLE_TO_LOCK_ROW':
      return {
        outcome: 'conflict',
        reason: 'locked',
        problem: problem('salesforce-locked', 'Somebody else is changing the record in Salesforce.', wait),
      };
  }
  if (LIMITS.has(error.errorCode))
    return {
      outcome: 'rate-limited',
      retryAfterMs: 60_000,
      problem: problem('salesforce-limit', 'The org has used up its API calls for now.', wait),
    };
  const known = MAY_NOT_WRITE.test(error.message) ? NO_RIGHT : KNOWN[error.errorCode];
  if (known) return { outcome: 'rejected', problem: { ...known, severity: 'error', provider } };
  return {
    outcome: 'rejected',
    problem: problem(
      'salesforce-rejected',
      `Salesforce did not accept this: ${error.message}`,
      'Correct what Salesforce names and try again.',
    ),
  };
}

/**
 * Runs one HTTP call and answers with the closed union.
 * @param kind a write without an answer has an unknown outcome; the caller's keys make it safe to send again
 */
export async function ask<T>(kind: 'read' | 'write', call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await call());
  } catch (error) {
    // jsforce puts the REST error code into `errorCode` (and `name`); connection failures carry Node's `code`.
    const {
      errorCode,
      name,
      message = '',
      code,
      cause,
    } = error as { errorCode?: string; name?: string; message?: string; code?: string; cause?: { code?: string } };
    if (errorCode) return judgeCall(errorCode, message, kind);
    const transport = code ?? cause?.code;
    if (error instanceof TypeError && !transport) throw error;
    if (transport === 'ECONNREFUSED' || transport === 'ENOTFOUND' || kind === 'read') return unavailable(transport ?? name);
    return {
      outcome: 'unknown-outcome',
      problem: {
        code: 'salesforce-unknown-outcome',
        severity: 'error',
        message: 'Salesforce did not answer; we find out what it did before anything is sent again.',
        action: wait,
        provider: { system: 'salesforce', code: transport ?? String(name) },
      },
    };
  }
}

function judgeCall(errorCode: string, message: string, kind: 'read' | 'write'): Failure {
  // jsforce names answers without a body after their status: ERROR_HTTP_503.
  if (/^ERROR_HTTP_5/.test(errorCode))
    return kind === 'read' || errorCode === 'ERROR_HTTP_503' ? unavailable(errorCode) : judgeLost(errorCode);
  if (errorCode === 'ERROR_HTTP_401') return judge({ errorCode: 'INVALID_SESSION_ID', message });
  return judge({ errorCode, message });
}

const judgeLost = (code: string): Failure => ({
  outcome: 'unknown-outcome',
  problem: {
    code: 'salesforce-unknown-outcome',
    severity: 'error',
    message: 'Salesforce failed while it worked on this.',
    action: wait,
    provider: { system: 'salesforce', code },
  },
});

export function unavailable(code: string | undefined): Failure {
  return {
    outcome: 'unavailable',
    problem: {
      code: 'salesforce-unavailable',
      severity: 'error',
      message: 'Salesforce cannot be reached.',
      action: wait,
      ...(code ? { provider: { system: 'salesforce', code } } : {}),
    },
  };
}

import type { DmlError, SaveResult } from './data.ts';

/** A request, query or statement that the org refuses as a whole. */
export class OrgFault extends Error {
  readonly status: number;
  readonly errorCode: string;
  /** Present only where the real org sends the key. */
  readonly fields: string[] | undefined;
  /** Recorded answers to unknown resources carry the code before the message. */
  readonly codeFirst: boolean;

  constructor(status: number, errorCode: string, message: string, options: { fields?: string[]; codeFirst?: boolean } = {}) {
    super(message);
    this.name = 'OrgFault';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = options.fields;
    this.codeFirst = options.codeFirst ?? false;
  }

  /** The REST body: a list of one error. Keys in recorded order. */
  body(): [Record<string, unknown>] {
    if (this.codeFirst) return [{ errorCode: this.errorCode, message: this.message }];
    return [{ message: this.message, errorCode: this.errorCode, ...(this.fields ? { fields: this.fields } : {}) }];
  }
}

/** One record that the org refuses; the others of the statement may still be saved. */
export class RowFault extends Error {
  readonly errors: DmlError[];

  constructor(statusCode: string, message: string, fields: string[] = [], more: DmlError[] = []) {
    super(message);
    this.name = 'RowFault';
    this.errors = [{ statusCode, message, fields }, ...more];
  }
}

export const notFound = (message = 'The requested resource does not exist'): OrgFault =>
  new OrgFault(404, 'NOT_FOUND', message, { codeFirst: true });

/** What the local org does not do, said loudly. */
export const notImplemented = (what: string): OrgFault =>
  new OrgFault(501, 'NOT_IMPLEMENTED_IN_SANDBOX', `${what} is not implemented in the local org. See /sandbox/coverage.`, {
    codeFirst: true,
  });

/** Codes whose recorded bodies have no `fields` key. */
const WITHOUT_FIELDS = new Set([
  'INVALID_FIELD',
  'NOT_FOUND',
  'INVALID_TYPE',
  'JSON_PARSER_ERROR',
  'MALFORMED_QUERY',
  'INVALID_SESSION_ID',
  'REQUEST_LIMIT_EXCEEDED',
  'PROCESSING_HALTED',
]);

const STATUS: Record<string, number> = {
  ENTITY_IS_DELETED: 404,
  NOT_FOUND: 404,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 400,
  INSUFFICIENT_ACCESS: 403,
};

/** HTTP status of a single-record request refused with this code. */
export const statusOf = (code: string): number => STATUS[code] ?? 400;

/** Row errors as the REST body of a single-record request. */
export function errorBodies(errors: DmlError[]): Record<string, unknown>[] {
  return errors.map((error) => ({
    message: error.message,
    errorCode: error.statusCode,
    ...(WITHOUT_FIELDS.has(error.statusCode) ? {} : { fields: error.fields }),
  }));
}

export const refused = (errors: DmlError[], id?: string): SaveResult => ({ ...(id ? { id } : {}), success: false, errors });

/** Given to the rows of an all-or-none statement that were fine by themselves. */
export const rolledBack: DmlError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

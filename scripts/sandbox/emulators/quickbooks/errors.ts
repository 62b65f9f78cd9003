import { grouped } from './money.ts';

/** The body of a refusal, as QuickBooks writes it. */
export interface FaultBody {
  Error: { Message: string; Detail: string; code: string; element?: string }[];
  type: string;
}

/**
 * A refusal of the API. Codes and texts: recorded bodies where there are any, else Intuit's error code page
 * (developer.intuit.com, "Review QuickBooks Online Accounting API Error Codes") or bodies quoted in public code.
 */
export class QuickbooksFault extends Error {
  readonly http: number;
  readonly body: FaultBody;
  /** True when the real answer to this request is not known: the reply then carries a marker header. */
  readonly notModelled: boolean;

  constructor(
    code: string,
    message: string,
    detail: string,
    options: { element?: string; http?: number; type?: string; notModelled?: boolean } = {},
  ) {
    super(`${code} ${message}: ${detail}`);
    this.name = 'QuickbooksFault';
    this.http = options.http ?? 400;
    this.notModelled = options.notModelled ?? false;
    const error = { Message: message, Detail: detail, code, ...(options.element === undefined ? {} : { element: options.element }) };
    this.body = { Error: [error], type: options.type ?? 'ValidationFault' };
  }

  get code(): string {
    return this.body.Error[0]!.code;
  }
}

const INACTIVE =
  "Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.";

export const faults = {
  /** Recorded. Also what reading a deleted transaction answers. */
  notFound: () => new QuickbooksFault('610', 'Object Not Found', `Object Not Found : ${INACTIVE}`, { element: '' }),
  /** Recorded; the user's name is whoever saved last. */
  stale: (other: string) =>
    new QuickbooksFault(
      '5010',
      'Stale Object Error',
      `Stale Object Error : You and ${other} were working on this at the same time. ${other} finished before you did, so your work was not saved.`,
      { element: '' },
    ),
  /** Recorded for names ("null", without an element); other lists name themselves, with an empty one. */
  duplicateName: (detail?: string) =>
    new QuickbooksFault(
      '6240',
      'Duplicate Name Exists Error',
      `The name supplied already exists. : ${detail ?? 'null'}`,
      detail === undefined ? {} : { element: '' },
    ),
  /** Quoted publicly; localised in companies of other languages. */
  duplicateNumber: (number: string, type: string, id: string) =>
    new QuickbooksFault(
      '6140',
      'Duplicate Document Number Error',
      `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${number} is assigned to TxnType=${type} with TxnId=${id}`,
      { element: '' },
    ),
  /** Recorded (Jackson's text). */
  unknownProperty: (property: string, type: string, known: string[]) => {
    const shown = known
      .slice(0, 60)
      .map((name) => `"${name}"`)
      .join(', ');
    const list = `${known.length} known properties: ${shown}${known.length > 60 ? ' [truncated]' : ''}`;
    return new QuickbooksFault(
      '2010',
      'Request has invalid or unsupported property',
      `Property Name:Unrecognized field "${property}" (class com.intuit.schema.finance.v3.${type}), not marked as ignorable (${list}])\n specified is unsupported or invalid`,
    );
  },
  /** Recorded. */
  missing: (element: string) =>
    new QuickbooksFault(
      '2020',
      'Required param missing, need to supply the required value for the API',
      `Required parameter ${element} is missing in the request`,
      { element },
    ),
  /** Recorded. */
  invalidId: (value: string) =>
    new QuickbooksFault('2030', 'Invalid ID', `Id should be a valid number. Supplied value:${value}`, { element: 'Id' }),
  /** Quoted publicly. */
  illegalCharacters: (element: string, value: string) =>
    new QuickbooksFault(
      '2040',
      'Invalid String. The String may contain unsupported or illegal chars',
      `Element contains invalid characters. ${value}`,
      { element },
    ),
  /** Quoted publicly. */
  tooLong: (element: string, max: number, length: number) =>
    new QuickbooksFault(
      '2050',
      'String length is either shorter or longer than supported by specification',
      `String length specified does not match the supported length. Min:0 Max:${grouped(max)} supported. Supplied length:${grouped(length)}`,
      { element },
    ),
  /** Documented code, assumed text. */
  invalidDate: (element: string, value: string) =>
    new QuickbooksFault('2070', 'Invalid Date', `The date value must be a valid value. Supplied value:${value}`, { element }),
  invalidNumber: (element: string, value: string) =>
    new QuickbooksFault('2090', 'Invalid Number', `Invalid Number : ${value}`, { element }),
  invalidBoolean: (element: string, value: string) =>
    new QuickbooksFault('2230', 'Invalid Boolean', `The specified boolean value isn't valid. Supplied value:${value}`, { element }),
  invalidEnumeration: (element: string, value: string) =>
    new QuickbooksFault('2170', 'Invalid Enumeration', `Invalid Enumeration : ${value}`, { element }),
  /** Amounts are held at two decimals; what QuickBooks answers to more is not known, so it is refused. */
  tooFine: (element: string, value: unknown) =>
    new QuickbooksFault('2110', 'Invalid Decimal', `Amounts are held at two decimals. Supplied value:${String(value)}`, {
      element,
      notModelled: true,
    }),
  /** Quoted publicly. */
  invalidEmail: (element: string, value: string) =>
    new QuickbooksFault(
      '2210',
      'Invalid Email Address format',
      `Email Address does not conform to the syntax rules of RFC 822. Supplied value:${value}`,
      { element },
    ),
  /** Quoted publicly: kind is Accounts, Names, Klasses, Depts. */
  invalidReference: (kind: string, id: string, element = '') =>
    new QuickbooksFault('2500', 'Invalid Reference Id', `Invalid Reference Id : ${kind} element id ${id} not found`, { element }),
  /** Documented. */
  inactiveReference: (element: string) =>
    new QuickbooksFault('2500', 'Invalid Reference Id', `Invalid Reference Id : ${INACTIVE}`, { element }),
  /** Quoted publicly. */
  cannotBeLinked: (id: string) =>
    new QuickbooksFault('620', 'Txn ID Cannot Be Linked', `Transaction ID ${id} can't be linked.`, { element: '' }),
  /** Recorded envelope; each text says where it comes from at its call. */
  business: (detail: string) =>
    new QuickbooksFault(
      '6000',
      'A business validation error has occurred while processing your request',
      `Business Validation Error: ${detail}`,
      { element: '' },
    ),
  /** Known rule, assumed text. */
  voided: () => faults.business("This transaction has been voided and can't be changed."),
  /** Quoted publicly. */
  amountMismatch: (supplied: unknown) =>
    new QuickbooksFault(
      '6070',
      'Amount calculation incorrect in the request',
      `Amount is not equal to UnitPrice * Qty. Supplied value:${grouped(supplied)}`,
      { element: 'Line.Amount' },
    ),
  /** Documented (the doubled "through" is Intuit's). */
  booksClosed: () =>
    new QuickbooksFault(
      '6210',
      'Account Period Closed, Cannot Update Through Services API',
      'The account period has closed and the account books cannot be updated through through the QBO Services API. Please use the QBO website to make these changes.',
      { element: '' },
    ),
  /** Documented. */
  deposited: () =>
    new QuickbooksFault(
      '6540',
      'Deposited Transaction cannot be changed',
      'This transaction has been deposited. If you want to change or delete it, you must edit the deposit it appears on and remove it first.',
      { element: '' },
    ),
  /** Recorded, with HTTP 400. */
  noSuchResource: (path: string, url: string) =>
    new QuickbooksFault(
      '500',
      'Unsupported Operation',
      `Operation Could not find resource for relative : ${path} of full path: ${url} is not supported.`,
      { notModelled: true },
    ),
  unsupported: (operation: string) =>
    new QuickbooksFault('500', 'Unsupported Operation', `Operation ${operation} is not supported.`, { notModelled: true }),
  /** Recorded. */
  queryUnparsed: (detail: string) => new QuickbooksFault('4000', 'Error parsing query', `QueryParserError: ${detail}`),
  queryInvalid: (detail: string) => new QuickbooksFault('4001', 'Invalid query', `QueryValidationError: ${detail}`),
  /** Documented codes, assumed texts. */
  batchTooLarge: (limit: number) =>
    new QuickbooksFault('1040', 'Batch size exceeds allowed limit', `Batch size exceeds allowed limit. Maximum batch size: ${limit}`),
  invalidRequestId: (value: string) =>
    new QuickbooksFault('2130', 'Invalid Request Id Format', `The format of the request ID is invalid. Supplied value:${value}`),
  /** Quoted publicly (QuickBooks-V3-Java-SDK#180): of an item, whose id is the batch's requestid and its bId joined. */
  longItemId: (value: string) =>
    faults.business(
      `Business Validation Error: You cannot enter more than 50 characters in the request_id field. You tried entering ${value.slice(0, 10)}..., which is ${value.length} characters.`,
    ),
  /** Recorded 2016 (XML); whether today's body is the same is not known. */
  throttled: () =>
    new QuickbooksFault(
      '3001',
      'message=ThrottleExceeded; errorCode=003001; statusCode=429',
      'The request limit was reached.  Try again later',
      { http: 429, type: 'SERVICE' },
    ),
  /** Quoted publicly. */
  forbidden: () =>
    new QuickbooksFault(
      '3100',
      'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403',
      'You are not authorized to access this company.',
      { http: 403, type: 'AuthorizationFault' },
    ),
};

/** The odd body of a 401: lower-case members and a time in milliseconds, as recorded. */
export function unauthorizedBody(detail: string, now: number): object {
  return {
    warnings: null,
    intuitObject: null,
    fault: {
      error: [{ message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401', detail, code: '3200', element: null }],
      type: 'AUTHENTICATION',
    },
    report: null,
    queryResponse: null,
    batchItemResponse: [],
    attachableResponse: [],
    syncErrorResponse: null,
    requestId: null,
    time: now,
    status: null,
    cdcresponse: [],
  };
}

import type { DmlError } from '../../data.ts';
import type { Value } from './value.ts';

/** One failed row of a DML statement, for DmlException's methods. */
export interface FailedRow {
  index: number;
  id: string | null;
  errors: DmlError[];
}

/** What every exception carries. */
export interface ExceptionState {
  /** Null until given: `new X()` alone says "Script-thrown exception". */
  message: string | null;
  /** What a page shows of an AuraHandledException, whose message code does not see unless setMessage was called. */
  pageMessage?: string | null;
  cause: Value;
  /** Innermost first, such as `Class.Foo.bar: line 3, column 1`. */
  trace: string[];
  line: number;
  rows: FailedRow[];
}

export const newExceptionState = (message: string | null = null): ExceptionState => ({
  message,
  cause: null,
  trace: [],
  line: 0,
  rows: [],
});

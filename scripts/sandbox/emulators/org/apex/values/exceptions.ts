import { newExceptionState } from './exception-state.ts';
import type { ExceptionState, FailedRow } from './exception-state.ts';
import { Instance, NativeObject } from './objects.ts';
import type { Value } from './value.ts';

/** An Apex exception on its way up the JavaScript stack. */
export class ApexThrow extends Error {
  readonly exception: Value;

  constructor(exception: Value) {
    super(exceptionText(exception));
    this.name = 'ApexThrow';
    this.exception = exception;
  }
}

/** Builds a platform exception, such as `NullPointerException`. */
export function systemException(type: string, message: string, rows: FailedRow[] = []): ApexThrow {
  return new ApexThrow(new NativeObject<ExceptionState>(type, { ...newExceptionState(message), rows }));
}

export const nullPointer = (): ApexThrow => systemException('NullPointerException', 'Attempt to de-reference a null object');

/** Exceptions that no catch block sees. */
export const UNCATCHABLE = new Set(['limitexception', 'assertexception']);

export function exceptionState(value: Value): ExceptionState | null {
  if (value instanceof Instance) return value.exception;
  if (value instanceof NativeObject && isExceptionName(value.typeName)) return value.state as ExceptionState;
  return null;
}

/** Platform exception types all end alike. */
const isExceptionName = (name: string): boolean => /(^|\.)\w*exception$/i.test(name);

/** `System.NullPointerException`, or the package's own class name. */
export function exceptionTypeName(value: Value): string {
  if (value instanceof Instance) return value.model.qualifiedName;
  return value instanceof NativeObject ? `System.${value.typeName}` : 'System.Exception';
}

export const exceptionMessage = (value: Value): string => exceptionState(value)?.message ?? 'Script-thrown exception';

export const exceptionText = (value: Value): string => `${exceptionTypeName(value)}: ${exceptionMessage(value)}`;

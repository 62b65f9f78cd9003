import type { Run } from '../evaluate/run.ts';
import type { Value } from '../values/value.ts';

export type StaticNative = (args: Value[], run: Run) => Value | Promise<Value>;
export type MethodNative = (self: never, args: Value[], run: Run) => Value | Promise<Value>;

/**
 * One platform class. Methods are keyed `name/number of arguments` in lower case: together with the syntax tree these
 * tables are the allow-list of what Apex the local org runs.
 */
export interface NativeType {
  name: string;
  statics?: Record<string, StaticNative>;
  /** Static properties, in lower case. */
  constants?: Record<string, (run: Run) => Value>;
  /** Keyed by number of arguments. */
  constructors?: Record<number, StaticNative>;
  methods?: Record<string, MethodNative>;
  /** What can be read without parentheses, in lower case. */
  properties?: Record<string, (self: never, run: Run) => Value>;
  /** What can be assigned, in lower case; answers what was assigned. */
  setters?: Record<string, (self: never, value: Value, run: Run) => Value>;
}

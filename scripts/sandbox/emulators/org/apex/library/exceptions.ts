import { ApexList } from '../values/collections.ts';
import type { ExceptionState, FailedRow } from '../values/exception-state.ts';
import { exceptionMessage, exceptionState, exceptionTypeName, nullPointer } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';
import { integerArg, textArg } from './arguments.ts';
import { statusCode } from './dml-results.ts';
import type { NativeType } from './native.ts';

function stateOf(self: Value): ExceptionState {
  const state = exceptionState(self);
  if (!state) throw nullPointer();
  return state;
}

const rowAt = (self: Value, index: number): FailedRow => {
  const row = stateOf(self).rows[index];
  if (!row) throw nullPointer();
  return row;
};

export const exceptionType: NativeType = {
  name: 'Exception',
  methods: {
    'getcause/0': (self: Value) => stateOf(self).cause,
    'getdmlfieldnames/1': (self: Value, args) =>
      new ApexList({ name: 'String', args: [] }, rowAt(self, integerArg(args, 0)).errors[0]?.fields ?? []),
    'getdmlid/1': (self: Value, args) => rowAt(self, integerArg(args, 0)).id,
    'getdmlindex/1': (self: Value, args) => rowAt(self, integerArg(args, 0)).index,
    'getdmlmessage/1': (self: Value, args) => rowAt(self, integerArg(args, 0)).errors[0]?.message ?? '',
    'getdmlstatuscode/1': (self: Value, args) => rowAt(self, integerArg(args, 0)).errors[0]?.statusCode ?? '',
    'getdmltype/1': (self: Value, args) => statusCode(rowAt(self, integerArg(args, 0)).errors[0]?.statusCode ?? ''),
    'getlinenumber/0': (self: Value) => stateOf(self).line,
    'getmessage/0': (self: Value) => exceptionMessage(self),
    'getnumdml/0': (self: Value) => stateOf(self).rows.length,
    'getstacktracestring/0': (self: Value) => stateOf(self).trace.join('\n'),
    'gettypename/0': (self: Value) => exceptionTypeName(self),
    'initcause/1': (self: Value, args) => {
      stateOf(self).cause = args[0] ?? null;
      return null;
    },
    'setmessage/1': (self: Value, args) => {
      stateOf(self).message = textArg(args, 0);
      return null;
    },
  },
};

import { booleanArg, textArg, typeArg } from './arguments.ts';
import { typed, untyped } from './json-read.ts';
import { readJson } from './json-reader.ts';
import { writeJson } from './json-write.ts';
import type { NativeType } from './native.ts';

export const jsonType: NativeType = {
  name: 'JSON',
  statics: {
    'deserialize/2': (args, run) => typed(readJson(textArg(args, 0)), typeArg(args, 1).type, typeArg(args, 1).from, { run, strict: false }),
    'deserializestrict/2': (args, run) =>
      typed(readJson(textArg(args, 0)), typeArg(args, 1).type, typeArg(args, 1).from, { run, strict: true }),
    'deserializeuntyped/1': (args) => untyped(readJson(textArg(args, 0))),
    'serialize/1': (args, run) => writeJson(args[0] ?? null, { pretty: false, suppressNulls: false }, run),
    'serialize/2': (args, run) => writeJson(args[0] ?? null, { pretty: false, suppressNulls: booleanArg(args, 1) }, run),
    'serializepretty/1': (args, run) => writeJson(args[0] ?? null, { pretty: true, suppressNulls: false }, run),
    'serializepretty/2': (args, run) => writeJson(args[0] ?? null, { pretty: true, suppressNulls: booleanArg(args, 1) }, run),
  },
};

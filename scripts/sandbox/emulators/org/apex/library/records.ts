import { readRecordField, writeRecordField } from '../evaluate/record-fields.ts';
import { ApexList, ApexMap } from '../values/collections.ts';
import { nullPointer } from '../values/exceptions.ts';
import type { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { textArg } from './arguments.ts';
import type { NativeType } from './native.ts';
import { fieldNameOf, objectToken } from './schema-tokens.ts';

/** A field named by text or by token. */
function nameArg(args: Value[]): string {
  const value = args[0] ?? null;
  if (value === null) throw nullPointer();
  return fieldNameOf(value) ?? textArg(args, 0);
}

export const recordType: NativeType = {
  name: 'SObject',
  methods: {
    'clear/0': (self: SObject) => {
      self.fields.clear();
      return null;
    },
    'clone/0': (self: SObject) => self.clone(false),
    'clone/1': (self: SObject, args) => self.clone(args[0] === true),
    'clone/2': (self: SObject, args) => self.clone(args[0] === true),
    'get/1': (self: SObject, args, run) => readRecordField(self, nameArg(args), run),
    'getpopulatedfieldsasmap/0': (self: SObject) => {
      const map = new ApexMap({ name: 'String', args: [] }, { name: 'Object', args: [] });
      for (const [name, value] of self.populated()) map.put(name, value);
      return map;
    },
    'getsobject/1': (self: SObject, args, run) => readRecordField(self, nameArg(args), run),
    'getsobjects/1': (self: SObject, args, run) => {
      const rows = readRecordField(self, nameArg(args), run);
      return rows instanceof ApexList && rows.items.length > 0 ? rows : null;
    },
    'getsobjecttype/0': (self: SObject, _args, run) => objectToken(self.type, run),
    'isset/1': (self: SObject, args) => self.fields.has(nameArg(args).toLowerCase()),
    'put/2': (self: SObject, args, run) => {
      const name = nameArg(args);
      const before = self.get(name);
      writeRecordField(self, name, args[1] ?? null, run);
      return before;
    },
  },
};

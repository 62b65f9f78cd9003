import { kindOf } from '../evaluate/types.ts';
import { typeText } from '../syntax/type-text.ts';
import { systemException } from '../values/exceptions.ts';
import type { EnumValue } from '../values/simple.ts';
import { TypeValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { areEqual } from '../evaluate/equality.ts';
import type { Run } from '../evaluate/run.ts';
import type { Value } from '../values/value.ts';
import { textArg } from './arguments.ts';
import type { NativeType } from './native.ts';

async function newInstance(self: TypeValue, run: Run): Promise<Value> {
  const model = run.org.classes.find(self.type.name, self.from);
  if (model) return run.construct(model, []);
  if (/^list$/i.test(self.type.name)) return new ApexList(self.type.args[0]);
  if (/^set$/i.test(self.type.name)) return new ApexSet(self.type.args[0]);
  if (/^map$/i.test(self.type.name)) return new ApexMap(self.type.args[0], self.type.args[1]);
  const object = run.org.data.schema.object(self.type.name);
  if (object) return new SObject(object.name);
  throw systemException('TypeException', `Type cannot be constructed: ${typeText(self.type)}`);
}

function forName(name: string, run: Run): Value {
  const type = { name: run.org.classes.find(name, null)?.qualifiedName ?? name, args: [] };
  return kindOf(type, null, run.org) === 'unknown' ? null : new TypeValue(type, null);
}

export const typeTypes: NativeType[] = [
  {
    name: 'Type',
    statics: { 'forname/1': (args, run) => forName(textArg(args, 0), run), 'forname/2': (args, run) => forName(textArg(args, 1), run) },
    methods: {
      'getname/0': (self: TypeValue) => typeText(self.type),
      'newinstance/0': (self: TypeValue, _args, run) => newInstance(self, run),
      'tostring/0': (self: TypeValue) => typeText(self.type),
    },
  },
  {
    name: 'Enum',
    methods: {
      'name/0': (self: EnumValue) => self.name,
      'ordinal/0': (self: EnumValue) => self.ordinal,
      'tostring/0': (self: EnumValue) => self.name,
    },
  },
  // What every object has, unless its own class says otherwise.
  {
    name: 'Object',
    methods: {
      'equals/1': (self: Value, args) => areEqual(self, args[0] ?? null),
      'tostring/0': (self: Value, _args, run) => run.text(self),
    },
  },
];

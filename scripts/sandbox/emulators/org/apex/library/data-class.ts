import type { Run } from '../evaluate/run.ts';
import type { TypeName } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { ApexList } from '../values/collections.ts';
import { NativeObject } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import type { NativeType } from './native.ts';

/** What an object of a class of plain properties holds, by property in lower case. */
export type Properties = Map<string, Value>;

export type DataObject = NativeObject<Properties>;

/** The type written as Apex writes it, lists of one kind included. */
function typeNamed(text: string): TypeName {
  const element = /^List<(.+)>$/.exec(text)?.[1];
  return element ? { name: 'List', args: [{ name: element, args: [] }] } : { name: text, args: [] };
}

/** A class that is nothing but properties to read and write: lists begin empty, all else null. */
export function dataClass(name: string, properties: Record<string, string>, methods: NativeType['methods'] = {}): NativeType {
  const types = Object.entries(properties).map(([property, text]) => [property.toLowerCase(), typeNamed(text)] as const);
  return {
    name,
    constructors: { 0: () => newDataObject(name, types) },
    methods,
    properties: Object.fromEntries(types.map(([key]) => [key, (self: DataObject) => self.state.get(key) ?? null])),
    setters: Object.fromEntries(
      types.map(([key, type]) => [
        key,
        (self: DataObject, value: Value, run: Run) => {
          const typed = typeText(type) === 'Object' ? value : run.coerce(value, type, null);
          self.state.set(key, typed);
          return typed;
        },
      ]),
    ),
  };
}

const newDataObject = (name: string, types: (readonly [string, TypeName])[]): DataObject =>
  new NativeObject(name, new Map(types.map(([key, type]) => [key, type.name === 'List' ? new ApexList(type.args[0]) : null])));

import { isSameKey, order } from '../evaluate/equality.ts';
import { checkedIndex } from '../evaluate/items.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexList } from '../values/collections.ts';
import { nullPointer } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { integerArg, itemsArg } from './arguments.ts';
import { objectToken } from './schema-tokens.ts';
import type { NativeType } from './native.ts';

const typed = (list: ApexList, value: Value | undefined, run: Run): Value => run.coerce(value ?? null, list.element, null);

/** Nulls first, then by value; objects by their own compareTo. */
async function compare(left: Value, right: Value, run: Run): Promise<number> {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (left instanceof Instance) return Number(await run.invoke(left, 'compareTo', [right]));
  if (left instanceof EnumValue && right instanceof EnumValue) return left.ordinal - right.ordinal;
  if (left instanceof SObject && right instanceof SObject)
    return order(String(left.get('Name') ?? left.id), String(right.get('Name') ?? right.id)) ?? 0;
  return order(left, right) ?? 0;
}

/** A stable merge sort, since a comparison may run Apex. */
async function sorted(items: Value[], run: Run): Promise<Value[]> {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = await sorted(items.slice(0, middle), run);
  const right = await sorted(items.slice(middle), run);
  const merged: Value[] = [];
  while (left.length > 0 && right.length > 0) {
    const [one = null, other = null] = [left[0], right[0]];
    merged.push(((await compare(one, other, run)) <= 0 ? left : right).shift() ?? null);
  }
  return [...merged, ...left, ...right];
}

export const listType: NativeType = {
  name: 'List',
  methods: {
    'add/1': (self: ApexList, args, run) => {
      self.items.push(typed(self, args[0], run));
      return null;
    },
    'add/2': (self: ApexList, args, run) => {
      const index = integerArg(args, 0);
      if (index !== self.items.length) checkedIndex(self, index);
      self.items.splice(index, 0, typed(self, args[1], run));
      return null;
    },
    'addall/1': (self: ApexList, args, run) => {
      for (const item of itemsArg(args, 0)) self.items.push(typed(self, item, run));
      return null;
    },
    'clear/0': (self: ApexList) => {
      self.items = [];
      return null;
    },
    'clone/0': (self: ApexList) => new ApexList(self.element, [...self.items]),
    'contains/1': (self: ApexList, args) => self.items.some((item) => isSameKey(item, args[0] ?? null)),
    'deepclone/0': (self: ApexList) =>
      new ApexList(
        self.element,
        self.items.map((item) => (item instanceof SObject ? item.clone(false) : item)),
      ),
    'equals/1': (self: ApexList, args) => args[0] instanceof ApexList && isSameKey(self, args[0]),
    'get/1': (self: ApexList, args) => self.items[checkedIndex(self, args[0] ?? null)] ?? null,
    'getsobjecttype/0': (self: ApexList, _args, run) => objectToken(self.element.name, run),
    'indexof/1': (self: ApexList, args) => self.items.findIndex((item) => isSameKey(item, args[0] ?? null)),
    'isempty/0': (self: ApexList) => self.items.length === 0,
    'remove/1': (self: ApexList, args) => self.items.splice(checkedIndex(self, args[0] ?? null), 1)[0] ?? null,
    'set/2': (self: ApexList, args, run) => {
      self.items[checkedIndex(self, args[0] ?? null)] = typed(self, args[1], run);
      return null;
    },
    'size/0': (self: ApexList) => self.items.length,
    'sort/0': async (self: ApexList, _args, run) => {
      self.items = await sorted(self.items, run);
      return null;
    },
    'sort/1': async (self: ApexList, args, run) => {
      const comparator = args[0] ?? null;
      if (!(comparator instanceof Instance)) throw nullPointer();
      self.items = await sortedBy(self.items, comparator, run);
      return null;
    },
  },
};

async function sortedBy(items: Value[], comparator: Instance, run: Run): Promise<Value[]> {
  const result: Value[] = [];
  for (const item of items) {
    let position = result.length;
    while (position > 0 && Number(await run.invoke(comparator, 'compare', [result[position - 1] ?? null, item])) > 0) position -= 1;
    result.splice(position, 0, item);
  }
  return result;
}

import { isSameKey } from '../evaluate/equality.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { nullPointer } from '../values/exceptions.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { itemsArg } from './arguments.ts';
import type { NativeType } from './native.ts';

const inSet = (set: ApexSet, value: Value | undefined, run: Run): Value => run.coerce(value ?? null, set.element, null);
const asKey = (map: ApexMap, value: Value | undefined, run: Run): Value =>
  /^id$/i.test(map.keyType.name) && typeof value === 'string' && value.length !== 18 ? value : run.coerce(value ?? null, map.keyType, null);

export const setType: NativeType = {
  name: 'Set',
  methods: {
    'add/1': (self: ApexSet, args, run) => self.add(inSet(self, args[0], run)),
    'addall/1': (self: ApexSet, args, run) =>
      itemsArg(args, 0)
        .map((item) => self.add(inSet(self, item, run)))
        .some(Boolean),
    'clear/0': (self: ApexSet) => {
      self.clear();
      return null;
    },
    'clone/0': (self: ApexSet) => new ApexSet(self.element, self.values()),
    'contains/1': (self: ApexSet, args) => self.has(args[0] ?? null),
    'containsall/1': (self: ApexSet, args) => itemsArg(args, 0).every((item) => self.has(item)),
    'equals/1': (self: ApexSet, args) => args[0] instanceof ApexSet && isSameKey(self, args[0]),
    'isempty/0': (self: ApexSet) => self.size === 0,
    'remove/1': (self: ApexSet, args) => self.delete(args[0] ?? null),
    'removeall/1': (self: ApexSet, args) =>
      itemsArg(args, 0)
        .map((item) => self.delete(item))
        .some(Boolean),
    'retainall/1': (self: ApexSet, args) => {
      const kept = new ApexSet(self.element, itemsArg(args, 0));
      return self
        .values()
        .map((item) => !kept.has(item) && self.delete(item))
        .some(Boolean);
    },
    'size/0': (self: ApexSet) => self.size,
  },
};

export const mapType: NativeType = {
  name: 'Map',
  methods: {
    'clear/0': (self: ApexMap) => {
      self.clear();
      return null;
    },
    'clone/0': (self: ApexMap) => copyOf(self),
    'containskey/1': (self: ApexMap, args, run) => self.has(asKey(self, args[0], run)),
    'equals/1': (self: ApexMap, args) => args[0] instanceof ApexMap && isSameKey(self, args[0]),
    'get/1': (self: ApexMap, args, run) => self.get(asKey(self, args[0], run)),
    'isempty/0': (self: ApexMap) => self.size === 0,
    'keyset/0': (self: ApexMap) =>
      new ApexSet(
        self.keyType,
        self.entries().map((entry) => entry.key),
      ),
    'put/2': (self: ApexMap, args, run) =>
      self.put(run.coerce(args[0] ?? null, self.keyType, null), run.coerce(args[1] ?? null, self.valueType, null)),
    'putall/1': (self: ApexMap, args, run) => putAll(self, args[0] ?? null, run),
    'remove/1': (self: ApexMap, args, run) => self.delete(asKey(self, args[0], run)),
    'size/0': (self: ApexMap) => self.size,
    'values/0': (self: ApexMap) =>
      new ApexList(
        self.valueType,
        self.entries().map((entry) => entry.value),
      ),
  },
};

function copyOf(map: ApexMap): ApexMap {
  const copy = new ApexMap(map.keyType, map.valueType);
  for (const entry of map.entries()) copy.put(entry.key, entry.value);
  return copy;
}

function putAll(map: ApexMap, source: Value, run: Run): null {
  if (source instanceof ApexMap)
    for (const entry of source.entries()) map.put(run.coerce(entry.key, map.keyType, null), run.coerce(entry.value, map.valueType, null));
  else if (source instanceof ApexList) for (const item of source.items) if (item instanceof SObject) map.put(item.id, item);
  if (source === null) throw nullPointer();
  return null;
}

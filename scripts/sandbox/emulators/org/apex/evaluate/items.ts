import { ApexList } from '../values/collections.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';

export function checkedIndex(list: ApexList, index: Value): number {
  if (index === null) throw nullPointer();
  if (typeof index !== 'number' || index < 0 || index >= list.items.length)
    throw systemException('ListException', `List index out of bounds: ${String(index)}`);
  return index;
}

/** `list[index]`. */
export function evaluateIndex(list: Value, index: Value): Value {
  if (list === null) throw nullPointer();
  if (!(list instanceof ApexList)) throw systemException('TypeException', 'Expression must be a list type');
  return list.items[checkedIndex(list, index)] ?? null;
}

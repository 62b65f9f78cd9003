import type { TypeName } from '../syntax/ast.ts';
import { ApexObject, keyOf } from './value.ts';
import type { Value } from './value.ts';

const ANYTHING: TypeName = { name: 'Object', args: [] };

/** Apex's List; `fromQuery` marks rows of a query that may still become one record. */
export class ApexList extends ApexObject {
  readonly typeName = 'List';
  readonly element: TypeName;
  items: Value[];
  fromQuery = false;

  constructor(element: TypeName = ANYTHING, items: Value[] = []) {
    super();
    this.element = element;
    this.items = items;
  }

  override key(): unknown {
    return `l:${this.items.map(keyOf).join('|')}`;
  }
}

/** Apex's Set, in order of insertion. */
export class ApexSet extends ApexObject {
  readonly typeName = 'Set';
  readonly element: TypeName;
  private readonly byKey = new Map<unknown, Value>();

  constructor(element: TypeName = ANYTHING, items: Iterable<Value> = []) {
    super();
    this.element = element;
    for (const item of items) this.add(item);
  }

  add(item: Value): boolean {
    const key = keyOf(item);
    if (this.byKey.has(key)) return false;
    this.byKey.set(key, item);
    return true;
  }

  has(item: Value): boolean {
    return this.byKey.has(keyOf(item));
  }

  delete(item: Value): boolean {
    return this.byKey.delete(keyOf(item));
  }

  clear(): void {
    this.byKey.clear();
  }

  get size(): number {
    return this.byKey.size;
  }

  override key(): unknown {
    return `u:${[...this.byKey.keys()].map(String).sort().join('|')}`;
  }

  values(): Value[] {
    return [...this.byKey.values()];
  }
}

/** Apex's Map, in order of insertion. Text keys are case-sensitive. */
export class ApexMap extends ApexObject {
  readonly typeName = 'Map';
  readonly keyType: TypeName;
  readonly valueType: TypeName;
  private readonly byKey = new Map<unknown, { key: Value; value: Value }>();

  constructor(key: TypeName = ANYTHING, value: TypeName = ANYTHING) {
    super();
    this.keyType = key;
    this.valueType = value;
  }

  get(key: Value): Value {
    return this.byKey.get(keyOf(key))?.value ?? null;
  }

  has(key: Value): boolean {
    return this.byKey.has(keyOf(key));
  }

  /** Returns the value it replaced, or null. */
  put(key: Value, value: Value): Value {
    const found = this.byKey.get(keyOf(key));
    if (!found) {
      this.byKey.set(keyOf(key), { key, value });
      return null;
    }
    const before = found.value;
    found.value = value;
    return before;
  }

  delete(key: Value): Value {
    const before = this.get(key);
    this.byKey.delete(keyOf(key));
    return before;
  }

  clear(): void {
    this.byKey.clear();
  }

  get size(): number {
    return this.byKey.size;
  }

  override key(): unknown {
    return `m:${[...this.byKey]
      .map(([key, entry]) => `${String(key)}=${String(keyOf(entry.value))}`)
      .sort()
      .join('|')}`;
  }

  entries(): { key: Value; value: Value }[] {
    return [...this.byKey.values()];
  }
}

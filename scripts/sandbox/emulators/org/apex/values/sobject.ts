import { ApexObject, keyOf } from './value.ts';
import type { Value } from './value.ts';

/** A record in memory. Field and relationship names are kept in lower case, with the API name beside the value. */
export class SObject extends ApexObject {
  readonly type: string;
  readonly fields = new Map<string, Value>();
  readonly names = new Map<string, string>();
  /** Fields set since the record was made or read: what a DML statement sends. */
  readonly changed = new Set<string>();
  /** Fields a query selected; null for a record made by `new`. Reading any other field of a queried record is an error. */
  selected: Set<string> | null = null;
  /** A row of an aggregate query; any column can be read. */
  aggregate = false;

  constructor(type: string) {
    super();
    this.type = type;
  }

  get typeName(): string {
    return this.type;
  }

  override key(): unknown {
    const fields = [...this.fields].map(([name, value]) => `${name}=${String(keyOf(value))}`);
    return `o:${this.type.toLowerCase()}:${fields.sort().join('|')}`;
  }

  get(name: string): Value {
    return this.fields.get(name.toLowerCase()) ?? null;
  }

  /** Puts a value as if it came from the store. */
  load(name: string, value: Value): void {
    this.fields.set(name.toLowerCase(), value);
    this.names.set(name.toLowerCase(), name);
  }

  set(name: string, value: Value): void {
    this.load(name, value);
    this.changed.add(name.toLowerCase());
  }

  get id(): string | null {
    const id = this.get('Id');
    return typeof id === 'string' ? id : null;
  }

  /** Field API names that hold something, null included, in order. */
  populated(): [string, Value][] {
    return [...this.fields].map(([name, value]) => [this.names.get(name) ?? name, value]);
  }

  clone(keepId: boolean): SObject {
    const copy = new SObject(this.type);
    for (const [name, value] of this.populated()) if (keepId || name.toLowerCase() !== 'id') copy.set(name, value);
    copy.selected = this.selected;
    return copy;
  }
}

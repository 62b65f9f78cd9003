/**
 * Everything an Apex variable can hold. Integer is a JavaScript number, Long a bigint, String and Id are strings;
 * whatever else there is extends ApexObject.
 */
export type Value = null | boolean | number | bigint | string | ApexObject;

export abstract class ApexObject {
  /** Name of the Apex type, such as `Decimal` or `HttpRequest`; for objects of the package's classes, the class. */
  abstract readonly typeName: string;

  /** A JavaScript key that is the same for equal values: what equals and hashCode are in Apex. Objects are themselves. */
  key(): unknown {
    return this;
  }
}

/** The key under which sets and maps hold a value. Text is case-sensitive there. */
export function keyOf(value: Value): unknown {
  if (value instanceof ApexObject) return value.key();
  if (typeof value === 'string') return `s:${value}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `n:${value}`;
  return value;
}

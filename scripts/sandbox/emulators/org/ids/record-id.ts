const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Pod part of every id this org makes. */
const INSTANCE = 'Lo0';

/** The three characters that make a case-sensitive 15-character id safe to compare without case. */
export function checksum(id15: string): string {
  let result = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      const code = id15.charCodeAt(block + index);
      if (code >= 65 && code <= 90) bits |= 1 << index;
    }
    result += SUFFIX[bits];
  }
  return result;
}

/** An 18-character id from an object's key prefix and the number of the record. */
export function makeId(keyPrefix: string, sequence: number): string {
  let digits = '';
  for (let rest = sequence; digits.length < 9; rest = Math.floor(rest / 62)) digits = (BASE62[rest % 62] ?? '0') + digits;
  const id15 = keyPrefix + INSTANCE + digits;
  return id15 + checksum(id15);
}

/**
 * The 18-character form of an id of 15 or 18 characters; undefined when it cannot be an id.
 * An 18-character id with a wrong checksum is not an id.
 */
export function normaliseId(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(value)) return undefined;
  const id15 = value.slice(0, 15);
  const suffix = checksum(id15);
  if (value.length === 15) return id15 + suffix;
  return value.slice(15).toUpperCase() === suffix ? id15 + suffix : undefined;
}

export const shortId = (id: string): string => id.slice(0, 15);

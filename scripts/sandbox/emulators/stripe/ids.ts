import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random bytes are fetched by the thousand: one call for each id is slow. */
const POOL_SIZE = 4096;
let pool = randomBytes(POOL_SIZE);
let used = 0;

function nextByte(): number {
  if (used === POOL_SIZE) {
    pool = randomBytes(POOL_SIZE);
    used = 0;
  }
  return pool[used++]!;
}

/** Random letters and digits, both cases, as Stripe's ids have them. */
export function token(length: number): string {
  let text = '';
  while (text.length < length) text += ALPHABET[nextByte() % ALPHABET.length];
  return text;
}

/** A new id such as `in_1Abc…`; Stripe's are case-sensitive and up to 255 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${prefix === 'cus' || prefix === 'prod' ? '' : '1'}${token(prefix === 'cus' || prefix === 'prod' ? 14 : 23)}`;
}

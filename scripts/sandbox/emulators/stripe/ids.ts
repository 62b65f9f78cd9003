import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits, both cases, as Stripe's ids have them. */
export function token(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += ALPHABET[byte % ALPHABET.length];
  return text;
}

/** A new id such as `in_1Abc…`; Stripe's are case-sensitive and up to 255 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${prefix === 'cus' || prefix === 'prod' ? '' : '1'}${token(prefix === 'cus' || prefix === 'prod' ? 14 : 23)}`;
}

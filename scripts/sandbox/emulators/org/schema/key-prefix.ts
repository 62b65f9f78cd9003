import type { OrgObject } from './model.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FIRST: Record<OrgObject['kind'], string> = { standard: '0', custom: 'a', event: 'e', metadata: 'm' };

/** Gives custom objects three-character prefixes that depend on their names, so that ids survive additions. */
export function assignKeyPrefixes(objects: OrgObject[]): void {
  const taken = new Set(objects.map((object) => object.keyPrefix).filter(Boolean));
  for (const object of objects.filter((one) => !one.keyPrefix).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    let slot = hash(object.name) % (62 * 62);
    while (taken.has(prefixAt(object, slot))) slot = (slot + 1) % (62 * 62);
    object.keyPrefix = prefixAt(object, slot);
    taken.add(object.keyPrefix);
  }
}

const prefixAt = (object: OrgObject, slot: number): string =>
  `${FIRST[object.kind]}${DIGITS[Math.floor(slot / 62)] ?? '0'}${DIGITS[slot % 62] ?? '0'}`;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

/**
 * 16 hex digits that tell contents apart (FNV-1a, 64 bits, over UTF-16 units). Not a secret's hash: unique keys in
 * Salesforce decide, this only names what was asked.
 */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= BigInt(text.charCodeAt(index));
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

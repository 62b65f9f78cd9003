import { inflateRawSync } from 'node:zlib';

/** Reads single files of a zip archive held in memory. Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function openZip(archive: Buffer): (name: string) => Buffer | undefined {
  const entries = directory(archive);
  return (name) => {
    const at = entries.get(name);
    if (at === undefined) return undefined;
    const compressed = archive.readUInt32LE(at + 20);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(start, start + compressed);
    return archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
  };
}

/** Name of each file to the place of its entry in the central directory. */
function directory(archive: Buffer): Map<string, number> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('not a zip archive');
  const entries = new Map<string, number>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const length = archive.readUInt16LE(at + 28);
    entries.set(archive.toString('utf8', at + 46, at + 46 + length), at);
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** Bytes that follow the tag of a constant. https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4 */
const CONSTANT_SIZES: Record<number, number> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};
const UTF8 = 1;
const STATIC = 8;
/** Constants of eight bytes take two places in the table. */
const WIDE = new Set([5, 6]);

/** The instance fields of a Java class file: name to the last part of the type's name. */
export function classFields(bytes: Buffer): Map<string, string> {
  const names = new Map<number, string>();
  let at = 10;
  for (let index = 1, count = bytes.readUInt16BE(8); index < count; index += 1) {
    const tag = bytes.readUInt8(at);
    if (tag === UTF8) {
      const length = bytes.readUInt16BE(at + 1);
      names.set(index, bytes.toString('utf8', at + 3, at + 3 + length));
      at += 3 + length;
    } else {
      const size = CONSTANT_SIZES[tag];
      if (size === undefined) throw new Error(`class file: unknown constant ${tag}`);
      at += 1 + size;
      if (WIDE.has(tag)) index += 1;
    }
  }
  at += 6;
  at += 2 + 2 * bytes.readUInt16BE(at);
  return readFields(bytes, at, names);
}

function readFields(bytes: Buffer, start: number, names: Map<number, string>): Map<string, string> {
  const fields = new Map<string, string>();
  let at = start + 2;
  for (let left = bytes.readUInt16BE(start); left > 0; left -= 1) {
    const [access, name, type, attributes] = [0, 2, 4, 6].map((offset) => bytes.readUInt16BE(at + offset)) as [
      number,
      number,
      number,
      number,
    ];
    if ((access & STATIC) === 0) fields.set(names.get(name) ?? '', (names.get(type) ?? '').replace(/;$/, '').split('/').at(-1) ?? '');
    at += 8;
    for (let attribute = 0; attribute < attributes; attribute += 1) at += 6 + bytes.readUInt32BE(at + 2);
  }
  return fields;
}

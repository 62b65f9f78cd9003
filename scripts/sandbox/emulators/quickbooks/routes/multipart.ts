/** One part of a multipart body. */
export interface Part {
  name: string;
  filename: string | undefined;
  contentType: string | undefined;
  content: Buffer;
}

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** Splits a multipart/form-data body; its first line is its boundary. Undefined: it is none. */
export function readMultipart(body: Buffer): Part[] | undefined {
  const end = body.indexOf('\r\n');
  if (end < 3 || body.subarray(0, 2).toString() !== '--') return undefined;
  const boundary = Buffer.concat([Buffer.from('\r\n'), body.subarray(0, end)]);
  const parts: Part[] = [];
  for (let at = end; ;) {
    const start = at + 2;
    const next = body.indexOf(boundary, start);
    if (next < 0) return parts;
    const part = readPart(body.subarray(start, next));
    if (part) parts.push(part);
    at = next + boundary.length;
    if (body.subarray(at, at + 2).toString() === '--') return parts;
  }
}

function readPart(bytes: Buffer): Part | undefined {
  const end = bytes.indexOf(BLANK_LINE);
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString();
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  const name = /[ ;]name="?([^";\r\n]+)"?/i.exec(disposition)?.[1];
  if (name === undefined) return undefined;
  return {
    name,
    filename: /filename="?([^";\r\n]+)"?/i.exec(disposition)?.[1],
    contentType: /^content-type:\s*([^\r\n;]+)/im.exec(head)?.[1]?.trim(),
    content: bytes.subarray(end + BLANK_LINE.length),
  };
}

import type { Draft, Entity } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import type { Call, Reply } from './call.ts';
import { readMultipart } from './multipart.ts';
import type { Part } from './multipart.ts';

/** `POST /upload`: files with or without `file_metadata_NN`; each has its own outcome, a Fault comes with HTTP 200 (recorded). */
export function uploadRoute(call: Call): Reply {
  const parts = Buffer.isBuffer(call.body) ? readMultipart(call.body) : undefined;
  const contents = parts?.filter(({ name }) => name.startsWith('file_content_')) ?? [];
  if (contents.length === 0) throw faults.missing('file_content_01');
  return { body: { AttachableResponse: contents.map((content) => uploadOne(call, content, parts!)) } };
}

function uploadOne(call: Call, content: Part, parts: Part[]): Draft {
  try {
    const metadata = parts.find(({ name }) => name === content.name.replace('content', 'metadata'));
    const draft = metadata ? readMetadata(metadata) : {};
    const type = draft['ContentType'] ?? content.contentType;
    const file = { ...draft, FileName: draft['FileName'] ?? content.filename, ...(type === undefined ? {} : { ContentType: type }) };
    const written = call.write('Attachable', file, 'save', '', content.content) as Entity;
    return { Attachable: call.present('Attachable', written) };
  } catch (error) {
    if (!(error instanceof QuickbooksFault)) throw error;
    if (error.notModelled) call.refuse(error.body.Error[0]!.Detail);
    return { Fault: error.body };
  }
}

function readMetadata({ content }: Part): Draft {
  try {
    return JSON.parse(content.toString()) as Draft;
  } catch {
    throw faults.unsupported('upload whose metadata is not JSON');
  }
}

/** `GET /download/<attachable>`: the address of the file, as plain text (documented). */
export function downloadRoute(call: Call): Reply | undefined {
  const [, id = '', ...rest] = call.segments;
  if (rest.length > 0) return undefined;
  if (!/^\d+$/.test(id)) throw faults.invalidId(id);
  const found = call.source.books.get('Attachable', id);
  if (found?.['Size'] === undefined) throw faults.notFound();
  const address = call.present('Attachable', found)['TempDownloadUri'];
  return { body: Buffer.from(String(address)), contentType: 'text/plain' };
}

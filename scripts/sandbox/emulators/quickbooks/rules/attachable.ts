import type { Draft, Entity } from '../entities.ts';
import { entityNamed, refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { refuseLost } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';

/** Made by QuickBooks; clients send them back. */
const COMPUTED = ['Size', 'FileAccessUri', 'TempDownloadUri', 'ThumbnailFileAccessUri', 'ThumbnailTempDownloadUri'];
/** Intuit: attach images and notes; other types are refused, how is not known. */
const FILE_TYPES = 'ai csv doc docx eps gif jpeg jpg ods pages pdf png rtf tif txt xls xlsx xml'.split(' ');

/** A note or a file, linked to transactions, names or items. Files come by upload, which adds `Size`. */
export const attachable: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    const name = input['FileName'] as string | undefined;
    const isFile = current ? current['Size'] !== undefined : context.upload !== undefined;
    if (name === undefined && input['Note'] === undefined) throw faults.missing('Note');
    if (name !== undefined && !isFile) throw faults.unsupported('attachable with a FileName but no file');
    if (isFile && !FILE_TYPES.includes(name?.split('.').at(-1)?.toLowerCase() ?? ''))
      throw faults.unsupported(`attachment of the type of ${String(name)}`);
    const references = ((input['AttachableRef'] ?? []) as Draft[]).map((reference) => referenceOf(context, reference));
    const rest = Object.fromEntries(Object.entries(input).filter(([member]) => !COMPUTED.includes(member)));
    return {
      body: {
        ...rest,
        ...(isFile ? { Size: current?.['Size'] ?? context.upload!.length } : {}),
        ...(references.length > 0 ? { AttachableRef: references } : { AttachableRef: undefined }),
      },
    };
  },
  settle(context, entity) {
    if (context.upload) context.files.put(entity.Id, context.upload);
  },
  release: (context, entity) => context.files.remove(entity.Id),
};

function referenceOf(context: RuleContext, given: Draft): Draft {
  refuseLost(given, ['EntityRef', 'IncludeOnSend', 'LineInfo'], 'AttachableRef');
  const reference = given['EntityRef'] as Draft | undefined;
  const [type, id] = [String(reference?.['type'] ?? ''), refId(reference) ?? ''];
  const entity = entityNamed(type);
  const target: Entity | undefined = entity && context.books.get(entity, id);
  // Recorded.
  if (!target) throw faults.business(`The entity ${type} ${id} that you are trying to link does not exist. ${type} ${id}`);
  return {
    EntityRef: { value: id, type: entity },
    IncludeOnSend: given['IncludeOnSend'] === true || given['IncludeOnSend'] === 'true',
    ...(given['LineInfo'] === undefined ? {} : { LineInfo: given['LineInfo'] }),
  };
}

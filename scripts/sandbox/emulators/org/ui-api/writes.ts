import type { DmlError, SaveResult } from '../data.ts';
import { OrgFault } from '../errors.ts';
import type { OrgObject } from '../schema/model.ts';

/** What UI API answers when a record is refused: field errors by field, the rest apart. Source: UI API guide, "Record Error". */
export class RecordFault extends OrgFault {
  readonly output: Record<string, unknown>;

  constructor(object: OrgObject, verb: string, errors: DmlError[]) {
    super(
      400,
      'INVALID_INPUT',
      errors.length ? `An error occurred while trying to ${verb} the record. Please try again.` : 'The record could not be saved.',
      { codeFirst: true },
    );
    const fieldErrors: Record<string, unknown[]> = {};
    const general: unknown[] = [];
    for (const error of errors) {
      const [name] = error.fields;
      const field = name ? object.fields.get(name.toLowerCase()) : undefined;
      const shown = {
        constituentField: null,
        duplicateRecordError: null,
        errorCode: error.statusCode,
        field: field?.name ?? null,
        fieldLabel: field?.label ?? null,
        message: field ? error.message.replace(`${field.label}: `, '') : error.message,
      };
      if (field) fieldErrors[field.name] = [...(fieldErrors[field.name] ?? []), shown];
      else general.push(shown);
    }
    this.output = { errors: general, fieldErrors };
  }

  override body(): [Record<string, unknown>] {
    return [{ message: this.message, statusCode: 400, errorCode: this.errorCode, enhancedErrorType: 'RecordError', output: this.output }];
  }
}

export function saved(object: OrgObject, verb: string, result: SaveResult | undefined): string {
  if (result?.success && result.id) return result.id;
  throw new RecordFault(object, verb, result?.errors ?? []);
}

import type { OrgField, OrgObject } from '../schema/model.ts';

/** What a save asks of an object's fields, worked out once: the schema does not change after the start. */
export interface ObjectShape {
  /** Fields that somebody has to set. */
  required: OrgField[];
  autoNumbers: OrgField[];
  masters: OrgField[];
  /** Values that a new record has when nothing is given. */
  defaults: Map<OrgField, string | number>;
  /** Fields whose default depends on the user or the moment. */
  workedOut: OrgField[];
}

const shapes = new WeakMap<OrgObject, ObjectShape>();

export function shapeOf(object: OrgObject): ObjectShape {
  let shape = shapes.get(object);
  if (!shape) shapes.set(object, (shape = makeShape(object)));
  return shape;
}

function makeShape(object: OrgObject): ObjectShape {
  const fields = [...object.fields.values()];
  const settable = fields.filter((field) => field.type !== 'address' && !field.formula);
  const isWorkedOut = (field: OrgField): boolean =>
    field.name === 'CurrencyIsoCode' || (field.defaultValue === undefined && field.defaultFormula !== undefined);
  return {
    // What nobody can set, the org fills by itself.
    required: fields.filter((field) => !field.nillable && field.createable && field.type !== 'boolean'),
    autoNumbers: fields.filter((field) => field.autoNumber),
    masters: fields.filter((field) => field.masterDetail),
    defaults: new Map(
      settable.flatMap((field) => {
        const value = isWorkedOut(field) ? undefined : (field.defaultValue ?? field.picklist?.find((one) => one.isDefault)?.value);
        return value === undefined ? [] : [[field, typeof value === 'boolean' ? Number(value) : value] as const];
      }),
    ),
    workedOut: settable.filter(isWorkedOut),
  };
}

import type { OrgField, OrgObject } from '../../schema/model.ts';
import type { Run } from '../evaluate/run.ts';
import { systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import type { Value } from '../values/value.ts';

/** `Account.SObjectType`. */
export class ObjectToken extends NativeObject<OrgObject> {
  constructor(object: OrgObject) {
    super('SObjectType', object);
  }

  override key(): unknown {
    return `schema:${this.state.name}`;
  }
}

/** `Account.Name` as a token. */
export class FieldToken extends NativeObject<{ object: OrgObject; field: OrgField }> {
  constructor(object: OrgObject, field: OrgField) {
    super('SObjectField', { object, field });
  }

  override key(): unknown {
    return `schema:${this.state.object.name}.${this.state.field.name}`;
  }
}

function objectNamed(name: string, run: Run): OrgObject {
  const object = run.org.data.schema.object(name);
  if (!object) throw systemException('TypeException', `Invalid type: Schema.${name}`);
  return object;
}

export const objectToken = (name: string, run: Run): Value => new ObjectToken(objectNamed(name, run));

export const describeObject = (name: string, run: Run): Value => new NativeObject('DescribeSObjectResult', objectNamed(name, run));

export function fieldToken(objectName: string, fieldName: string, run: Run): Value {
  const field = run.org.data.schema.field(objectName, fieldName);
  if (!field) throw systemException('SObjectException', `Invalid field ${fieldName} for ${objectName}`);
  return new FieldToken(objectNamed(objectName, run), field);
}

/** The field's name when the value is a token; null otherwise. */
export const fieldNameOf = (value: Value | undefined): string | null => (value instanceof FieldToken ? value.state.field.name : null);

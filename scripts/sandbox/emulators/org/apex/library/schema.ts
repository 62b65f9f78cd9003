import type { OrgField, OrgObject } from '../../schema/model.ts';
import { ApexList, ApexMap } from '../values/collections.ts';
import { NativeObject } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import type { Run } from '../evaluate/run.ts';
import type { FieldToken, ObjectToken } from './schema-tokens.ts';
import { fieldToken, objectToken } from './schema-tokens.ts';
import type { MethodNative, NativeType } from './native.ts';
import { PLATFORM_ENUMS } from './platform-types.ts';
import { textArg } from './arguments.ts';

const STRING = { name: 'String', args: [] };

function mapOf(entries: [string, Value][], valueType: string): ApexMap {
  const map = new ApexMap(STRING, { name: valueType, args: [] });
  for (const [key, value] of entries) map.put(key.toLowerCase(), value);
  return map;
}

/** Keys of describe maps are found whatever their case. */
class DescribeMap extends ApexMap {
  override get(key: Value): Value {
    return super.get(typeof key === 'string' ? key.toLowerCase() : key);
  }

  override has(key: Value): boolean {
    return super.has(typeof key === 'string' ? key.toLowerCase() : key);
  }
}

function describeMap(entries: [string, Value][], valueType: string): ApexMap {
  const map = new DescribeMap(STRING, { name: valueType, args: [] });
  for (const entry of mapOf(entries, valueType).entries()) map.put(entry.key, entry.value);
  return map;
}

const displayType = (field: OrgField): EnumValue => {
  const name = field.type === 'int' ? 'INTEGER' : field.type.toUpperCase();
  return new EnumValue('DisplayType', name, PLATFORM_ENUMS['DisplayType']?.indexOf(name) ?? 0);
};

type Described = NativeObject<OrgObject>;
type DescribedField = NativeObject<{ object: OrgObject; field: OrgField }>;

const mayEdit = (self: DescribedField, run: Run): boolean =>
  run.org.data.canEdit(run.userId, self.state.object.name, self.state.field.name);

const objectMethods: Record<string, MethodNative> = {
  'getkeyprefix/0': (self: Described) => self.state.keyPrefix,
  'getlabel/0': (self: Described) => self.state.label,
  'getlabelplural/0': (self: Described) => self.state.labelPlural,
  'getlocalname/0': (self: Described) => self.state.name,
  'getname/0': (self: Described) => self.state.name,
  'getsobjecttype/0': (self: Described, _args, run) => objectToken(self.state.name, run),
  'isaccessible/0': (self: Described, _args, run) => run.org.data.canRead(run.userId, self.state.name),
  'iscreateable/0': (self: Described, _args, run) => run.org.data.canEdit(run.userId, self.state.name),
  'iscustom/0': (self: Described) => self.state.name.endsWith('__c'),
  'isupdateable/0': (self: Described, _args, run) => run.org.data.canEdit(run.userId, self.state.name),
};

const fieldMethods: Record<string, MethodNative> = {
  'getlabel/0': (self: DescribedField) => self.state.field.label,
  'getlength/0': (self: DescribedField) => self.state.field.length ?? 0,
  'getlocalname/0': (self: DescribedField) => self.state.field.name,
  'getname/0': (self: DescribedField) => self.state.field.name,
  'getpicklistvalues/0': (self: DescribedField) =>
    new ApexList(
      { name: 'Schema.PicklistEntry', args: [] },
      (self.state.field.picklist ?? []).map((value) => new NativeObject('PicklistEntry', value)),
    ),
  'getprecision/0': (self: DescribedField) => self.state.field.precision ?? 0,
  'getreferenceto/0': (self: DescribedField, _args, run) =>
    new ApexList(
      { name: 'Schema.SObjectType', args: [] },
      (self.state.field.referenceTo ?? []).map((name) => objectToken(name, run)),
    ),
  'getrelationshipname/0': (self: DescribedField) => self.state.field.relationshipName ?? null,
  'getscale/0': (self: DescribedField) => self.state.field.scale ?? 0,
  'getsobjectfield/0': (self: DescribedField, _args, run) => fieldToken(self.state.object.name, self.state.field.name, run),
  'gettype/0': (self: DescribedField) => displayType(self.state.field),
  'isaccessible/0': (self: DescribedField, _args, run) => run.org.data.canRead(run.userId, self.state.object.name, self.state.field.name),
  'iscreateable/0': (self: DescribedField, _args, run) => self.state.field.createable && mayEdit(self, run),
  'isnillable/0': (self: DescribedField) => self.state.field.nillable,
  'isupdateable/0': (self: DescribedField, _args, run) => self.state.field.updateable && mayEdit(self, run),
};

type Picklist = NativeObject<{ value: string; label: string; active: boolean; isDefault: boolean }>;

export const schemaTypes: NativeType[] = [
  {
    name: 'Schema',
    statics: {
      'getglobaldescribe/0': (_args, run) =>
        describeMap(
          run.org.data.schema.objects().map((object) => [object.name, objectToken(object.name, run)]),
          'Schema.SObjectType',
        ),
    },
  },
  {
    name: 'SObjectType',
    methods: {
      'getdescribe/0': (self: ObjectToken) => new NativeObject('DescribeSObjectResult', self.state),
      'newsobject/0': (self: ObjectToken) => new SObject(self.state.name),
      'newsobject/1': (self: ObjectToken, args) => {
        const record = new SObject(self.state.name);
        record.load('Id', textArg(args, 0));
        return record;
      },
      'tostring/0': (self: ObjectToken) => self.state.name,
    },
  },
  {
    name: 'DescribeSObjectResult',
    methods: objectMethods,
    properties: { fields: (self: Described) => new NativeObject('FieldMap', self.state) },
  },
  {
    name: 'FieldMap',
    methods: {
      'getmap/0': (self: Described, _args, run) =>
        describeMap(
          [...self.state.fields.values()].map((field) => [field.name, fieldToken(self.state.name, field.name, run)]),
          'Schema.SObjectField',
        ),
    },
  },
  {
    name: 'SObjectField',
    methods: {
      'getdescribe/0': (self: FieldToken) => new NativeObject('DescribeFieldResult', self.state),
      'tostring/0': (self: FieldToken) => self.state.field.name,
    },
  },
  { name: 'DescribeFieldResult', methods: fieldMethods },
  {
    name: 'PicklistEntry',
    methods: {
      'getlabel/0': (self: Picklist) => self.state.label,
      'getvalue/0': (self: Picklist) => self.state.value,
      'isactive/0': (self: Picklist) => self.state.active,
      'isdefaultvalue/0': (self: Picklist) => self.state.isDefault,
    },
  },
];

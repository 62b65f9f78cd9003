import type { DmlError, SaveResult } from '../../data.ts';
import { ApexList } from '../values/collections.ts';
import { NativeObject } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import type { MethodNative, NativeType } from './native.ts';

const STRING = { name: 'String', args: [] };

const shared: Record<string, MethodNative> = {
  'geterrors/0': (self: NativeObject<SaveResult>) =>
    new ApexList(
      { name: 'Database.Error', args: [] },
      self.state.errors.map((error) => new NativeObject<DmlError>('Error', error)),
    ),
  'getid/0': (self: NativeObject<SaveResult>) => self.state.id ?? null,
  'issuccess/0': (self: NativeObject<SaveResult>) => self.state.success,
};

/** A status code as the StatusCode enum's constant; codes have no order that code may rely on. */
export const statusCode = (code: string): EnumValue => new EnumValue('StatusCode', code, 0);

export const dmlResultTypes: NativeType[] = [
  { name: 'SaveResult', methods: shared },
  { name: 'DeleteResult', methods: shared },
  { name: 'UpsertResult', methods: { ...shared, 'iscreated/0': (self: NativeObject<SaveResult>) => self.state.created ?? false } },
  {
    name: 'Error',
    methods: {
      'getfields/0': (self: NativeObject<DmlError>) => new ApexList(STRING, self.state.fields),
      'getmessage/0': (self: NativeObject<DmlError>) => self.state.message,
      'getstatuscode/0': (self: NativeObject<DmlError>) => statusCode(self.state.statusCode),
    },
  },
];

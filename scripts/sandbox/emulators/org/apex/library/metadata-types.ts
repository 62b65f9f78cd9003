import { ApexList } from '../values/collections.ts';
import { nullPointer } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import { textArg } from './arguments.ts';
import { dataClass } from './data-class.ts';
import type { DataObject } from './data-class.ts';
import type { NativeType } from './native.ts';

const COMPONENT = { fullName: 'String' };
const METADATA = { name: 'Metadata.Metadata', args: [] };

export type Container = NativeObject<Value[]>;

function component(value: Value | undefined): DataObject {
  if (!(value instanceof NativeObject)) throw nullPointer();
  return value as DataObject;
}

const nameOf = (value: Value): string => String(component(value).state.get('fullname') ?? '').toLowerCase();

function removeFrom(container: Container, unwanted: (item: Value) => boolean): boolean {
  const before = container.state.length;
  container.state.splice(0, before, ...container.state.filter((item) => !unwanted(item)));
  return container.state.length < before;
}

const containerType: NativeType = {
  name: 'Metadata.DeployContainer',
  constructors: { 0: () => new NativeObject<Value[]>('Metadata.DeployContainer', []) },
  methods: {
    'addmetadata/1': (self: Container, args) => {
      self.state.push(component(args[0]));
      return null;
    },
    'getmetadata/0': (self: Container) => new ApexList(METADATA, [...self.state]),
    'removemetadata/1': (self: Container, args) => removeFrom(self, (item) => item === args[0]),
    'removemetadatabyfullname/1': (self: Container, args) => removeFrom(self, (item) => nameOf(item) === textArg(args, 0).toLowerCase()),
  },
};

/**
 * Classes of Apex's Metadata namespace that custom metadata records need.
 * https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_namespace_Metadata.htm
 */
export const metadataTypes: NativeType[] = [
  dataClass('Metadata.CustomMetadata', {
    ...COMPONENT,
    description: 'String',
    label: 'String',
    protected_x: 'Boolean',
    values: 'List<Metadata.CustomMetadataValue>',
  }),
  dataClass('Metadata.CustomMetadataValue', { field: 'String', value: 'Object' }),
  containerType,
  dataClass('Metadata.DeployMessage', {
    changed: 'Boolean',
    columnNumber: 'Integer',
    componentType: 'String',
    created: 'Boolean',
    createdDate: 'Datetime',
    deleted: 'Boolean',
    fileName: 'String',
    fullName: 'String',
    id: 'String',
    lineNumber: 'Integer',
    problem: 'String',
    problemType: 'Metadata.DeployProblemType',
    success: 'Boolean',
  }),
  dataClass('Metadata.DeployDetails', {
    componentFailures: 'List<Metadata.DeployMessage>',
    componentSuccesses: 'List<Metadata.DeployMessage>',
  }),
  dataClass('Metadata.DeployResult', {
    checkOnly: 'Boolean',
    completedDate: 'Datetime',
    createdBy: 'String',
    createdByName: 'String',
    createdDate: 'Datetime',
    details: 'Metadata.DeployDetails',
    done: 'Boolean',
    errorMessage: 'String',
    id: 'String',
    ignoreWarnings: 'Boolean',
    numberComponentErrors: 'Integer',
    numberComponentsDeployed: 'Integer',
    numberComponentsTotal: 'Integer',
    rollbackOnError: 'Boolean',
    startDate: 'Datetime',
    status: 'Metadata.DeployStatus',
    success: 'Boolean',
  }),
  {
    name: 'Metadata.DeployCallbackContext',
    constructors: { 0: () => new NativeObject<string | null>('Metadata.DeployCallbackContext', null) },
    methods: { 'getcallbackjobid/0': (self: NativeObject<string | null>) => self.state },
  },
];

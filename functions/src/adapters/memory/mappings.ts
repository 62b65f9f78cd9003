import type { FieldMapping } from '../../domain/map-fields/mapping.ts';
import type { Described } from '../../domain/map-fields/described.ts';
import { NOTHING_READ, type ReadValues } from '../../domain/map-fields/source-values.ts';
import { done } from '../../domain/outcome.ts';
import type { LinkedItem, Mappings, RequiredField } from '../../ports/mappings.ts';
import type { Faults } from './faults.ts';

/** The org's mappings, values and descriptions, open to tests. */
export interface MemoryMappings extends Mappings {
  all: FieldMapping[];
  values: ReadValues;
  described: Described[];
  required: RequiredField[];
  linkedItems: LinkedItem[];
}

/** A mapping for tests: the class of the invoice from the account's industry, except for `change`. */
export const memoryMapping = (change: Partial<FieldMapping> = {}): FieldMapping => ({
  name: 'Class_From_Industry',
  label: 'Class from industry',
  targetObject: 'QuickBooks Invoice',
  targetField: 'ClassRef',
  sourceKind: 'Field',
  sourceObject: 'Trueup_Invoice__c',
  sourceField: 'Account__r.Industry',
  constant: null,
  template: null,
  transform: 'None',
  argument: null,
  valueMap: null,
  defaultValue: null,
  required: false,
  active: true,
  companyKey: null,
  ...change,
});

/** Without mappings nothing is asked, as in the org they are kept for a minute. */
export function createMappings(faults: Faults): MemoryMappings {
  const held: MemoryMappings = {
    all: [],
    values: structuredClone(NOTHING_READ),
    described: [],
    required: [],
    linkedItems: [],
    readMappings: async () => done(structuredClone(held.all.filter((each) => each.active))),
    readValues: async ({ places }) =>
      places.length === 0 ? done(NOTHING_READ) : faults.outcome('mappings.readValues', () => done(structuredClone(held.values))),
    describe: async (places) =>
      done(places.flatMap(({ object, field }) => held.described.filter((each) => each.object === object && each.field === field))),
    listForeignRequiredFields: async () => done(structuredClone(held.required)),
    listLinkedItems: async () => done(structuredClone(held.linkedItems)),
  };
  return held;
}

/** What a flow variable, constant or element output can hold. Dates and moments are ISO text, records have `attributes`. */
export type FlowValue = string | number | boolean | null | FlowRecord | FlowValue[];

export interface FlowRecord {
  [name: string]: unknown;
}

/** A value written in the flow's file: a literal or a reference such as `$Record.Id`. */
export type Operand = { kind: 'literal'; value: FlowValue; dataType: string } | { kind: 'reference'; path: string };

export interface Condition {
  /** A reference, or for record filters a field. */
  left: string;
  operator: string;
  right: Operand;
}

/** Conditions and how they are joined: `and`, `or`, or text such as `1 AND (2 OR 3)`. */
export interface Criteria {
  logic: string;
  conditions: Condition[];
}

export interface FieldInput {
  field: string;
  value: Operand;
}

interface ElementBase {
  name: string;
  next: string | null;
  fault: string | null;
  line: number;
}

export type FlowElement =
  | (ElementBase & {
      kind: 'action';
      className: string;
      inputs: { name: string; value: Operand }[];
      outputs: { name: string; to: string }[];
      storeOutput: boolean;
    })
  | (ElementBase & { kind: 'decision'; rules: { name: string; criteria: Criteria; next: string | null }[] })
  | (ElementBase & { kind: 'assignment'; items: { to: string; operator: string; value: Operand }[] })
  | (ElementBase & {
      kind: 'lookup';
      object: string;
      criteria: Criteria;
      fields: string[];
      firstOnly: boolean;
      sort: { field: string; descending: boolean } | null;
      limit: number | null;
      storeOutput: boolean;
      toReference: string | null;
      toFields: { field: string; to: string }[];
    })
  | (ElementBase & {
      kind: 'create';
      object: string | null;
      inputs: FieldInput[];
      fromReference: string | null;
      idTo: string | null;
      storeOutput: boolean;
    })
  | (ElementBase & { kind: 'update'; object: string | null; criteria: Criteria; inputs: FieldInput[]; fromReference: string | null })
  | (ElementBase & { kind: 'delete'; object: string | null; criteria: Criteria; fromReference: string | null })
  | (ElementBase & { kind: 'loop'; collection: string; descending: boolean; variable: string | null; body: string | null })
  | (ElementBase & {
      kind: 'subflow';
      flow: string;
      inputs: { name: string; value: Operand }[];
      outputs: { name: string; to: string }[];
      storeOutput: boolean;
    });

export interface FlowVariable {
  name: string;
  dataType: string;
  isCollection: boolean;
  isInput: boolean;
  isOutput: boolean;
  objectType: string | null;
  initial: Operand | null;
}

export interface FlowSchedule {
  frequency: 'Once' | 'Daily' | 'Weekly';
  /** `2026-01-01`, in the org's time zone. */
  startDate: string;
  /** `02:00:00`. */
  startTime: string;
}

/** How interviews begin. */
export interface FlowStart {
  kind: 'autolaunched' | 'scheduled' | 'record' | 'event';
  object: string | null;
  criteria: Criteria;
  formula: string | null;
  next: string | null;
  schedule: FlowSchedule | null;
  recordTrigger: 'Create' | 'Update' | 'CreateAndUpdate' | 'Delete' | null;
  /** Only when the change makes the record meet the criteria. */
  onlyWhenChangedToMeet: boolean;
}

export interface FlowDefinition {
  name: string;
  label: string;
  file: string;
  status: string;
  /** Rights that queries and saves have; flows without a mode of their own run without sharing. */
  accessLevel: 'user' | 'sharing' | 'system';
  start: FlowStart;
  elements: Map<string, FlowElement>;
  variables: Map<string, FlowVariable>;
  constants: Map<string, Operand>;
  formulas: Map<string, { dataType: string; expression: string; scale: number | null }>;
  templates: Map<string, string>;
}

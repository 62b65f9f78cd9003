import type { ACTING_USER } from '../access/sharing.ts';
import type { OrgField, OrgObject } from '../schema/model.ts';

/** What a plan needs to know only when it runs. */
export interface RunContext {
  userId: string;
  now: number;
  timeZone: string;
  binds: Record<string, unknown>;
  slice?: { after: string; size: number };
}

/** A parameter: fixed, the acting user, or worked out when the plan runs. */
export type PlanParam = string | number | null | typeof ACTING_USER | ((context: RunContext) => string | number | null);

/** One selected column and where its value goes in the result. */
export interface PlanColumn {
  /** Keys from the root row; the last one is the field. */
  path: string[];
  index: number;
  field?: OrgField;
  /** Turns a stored value into the answered one when the field's type does not say how. */
  convert?: (value: unknown) => unknown;
  /** Indexes of the parts of an address, by the part's key. */
  parts?: Record<string, number>;
}

/** A parent object reached by the selection. */
export interface PlanParent {
  path: string[];
  object: OrgObject;
  idIndex: number;
}

export interface PlanChild {
  key: string;
  plan: QueryPlan;
}

/** SOQL compiled to one SQL statement, and how to shape its rows. */
export interface QueryPlan {
  object: OrgObject;
  sql: string;
  params: PlanParam[];
  /** COUNT() answers a number and no rows. */
  countOnly: boolean;
  aggregate: boolean;
  columns: PlanColumn[];
  parents: PlanParent[];
  children: PlanChild[];
  idIndex: number;
  forUpdate: boolean;
}

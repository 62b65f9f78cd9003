import type { ApexOrg } from '../evaluate/run.ts';
import type { Position, TypeName } from '../syntax/ast.ts';
import type { ProblemList } from '../syntax/problems.ts';
import type { ClassModel } from './model.ts';

/** What the checks of one class share. */
export interface CheckContext {
  readonly org: ApexOrg;
  readonly model: ClassModel;
  readonly problems: ProblemList;
  checkType(type: TypeName, at: Position): void;
}

import type { AccessLevel, OrgData } from '../../data.ts';
import type { Clock } from '../../../core/clock.ts';
import type { ClassModel, FieldModel, MethodModel } from '../classes/model.ts';
import type { ClassIndex } from '../classes/resolve.ts';
import type { CalloutAnswer, CalloutRequest } from '../library/callout.ts';
import type { Expression, Statement, TypeName } from '../syntax/ast.ts';
import type { Instance } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import type { LimitCounts } from './limits.ts';
import type { Transaction } from './transaction.ts';

/** What every transaction of one org shares. */
export interface ApexOrg {
  readonly data: OrgData;
  readonly classes: ClassIndex;
  readonly clock: Clock;
  /** Sends one HTTP request; its endpoint may begin with `callout:`. Rejects when there is no answer. */
  callout(request: CalloutRequest, userId: string): Promise<CalloutAnswer>;
  /** Asynchronous Apex: runs `work` some time later in a transaction of its own. */
  later(afterMs: number, userId: string, work: (run: Run) => Promise<void>): void;
}

/** What the running of tests adds to a transaction. */
export interface TestState {
  /** Of HttpCalloutMock, as Test.setMock left it. */
  mock: Value;
  started: boolean;
  /** Executed lines by file. */
  readonly hits: Map<string, Set<number>>;
}

/** One call on the stack, for traces. */
export interface Call {
  readonly where: string;
  line: number;
  column: number;
}

/** How a statement ended; undefined means it ran through. */
export type Completion = { kind: 'return'; value: Value } | { kind: 'break' } | { kind: 'continue' } | undefined;

/** Variables of a block and of those around it. */
export interface Scope {
  readonly variables: Map<string, { type: TypeName; value: Value }>;
  readonly around: Scope | null;
}

/** The place in the program that is being run. */
export interface Frame {
  readonly run: Run;
  readonly model: ClassModel;
  readonly self: Instance | null;
  readonly call: Call;
  /** The property whose accessor runs: inside it, its own name means what is stored. */
  readonly accessor: FieldModel | null;
  scope: Scope;
}

/** One Apex transaction in progress, with what its parts need of each other. */
export interface Run {
  readonly org: ApexOrg;
  /** Who acts; changes inside System.runAs. */
  userId: string;
  /** Sharing of the class that runs, unless a statement says otherwise. */
  accessLevel: AccessLevel;
  limits: LimitCounts;
  readonly transaction: Transaction;
  readonly statics: Map<ClassModel, Map<string, Value>>;
  readonly stack: Call[];
  readonly test: TestState | null;
  /** A cacheable entry may not write. */
  readonly readOnly: boolean;
  evaluate(expression: Expression, frame: Frame): Promise<Value>;
  execute(statement: Statement, frame: Frame): Promise<Completion>;
  /** Runs a method of the package; arguments are converted to its parameters' types. */
  callMethod(method: MethodModel, self: Instance | null, args: Value[]): Promise<Value>;
  /** Calls a method by name on any value. */
  invoke(receiver: Value, name: string, args: Value[]): Promise<Value>;
  construct(model: ClassModel, args: Value[]): Promise<Instance>;
  /** Static variables of a class, initialised on first use. */
  staticsOf(model: ClassModel): Promise<Map<string, Value>>;
  /** A value as text, as String.valueOf and `+` show it. */
  text(value: Value): Promise<string>;
  coerce(value: Value, type: TypeName, from: ClassModel | null): Value;
}

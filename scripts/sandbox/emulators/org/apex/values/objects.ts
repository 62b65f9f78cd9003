import type { ClassModel } from '../classes/model.ts';
import type { ExceptionState } from './exception-state.ts';
import { ApexObject } from './value.ts';
import type { Value } from './value.ts';

/** An object of a class of the package. Field names in lower case. */
export class Instance extends ApexObject {
  readonly model: ClassModel;
  readonly fields = new Map<string, Value>();
  /** Set when the class extends Exception. */
  exception: ExceptionState | null = null;

  constructor(model: ClassModel) {
    super();
    this.model = model;
  }

  get typeName(): string {
    return this.model.qualifiedName;
  }
}

/** An object of a platform class (HttpRequest, SaveResult, …); its methods are in the library under `typeName`. */
export class NativeObject<State = unknown> extends ApexObject {
  readonly typeName: string;
  readonly state: State;

  constructor(typeName: string, state: State) {
    super();
    this.typeName = typeName;
    this.state = state;
  }
}

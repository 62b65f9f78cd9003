import type { Block, ConstructorNode, Expression, FieldNode, InitialiserNode, MethodNode, Modifiers, TypeName } from '../syntax/ast.ts';

/** A class, interface or enum of the package, ready to run. Lookup keys are in lower case. */
export interface ClassModel {
  kind: 'class' | 'interface' | 'enum';
  name: string;
  /** `Outer.Inner`. */
  qualifiedName: string;
  outer: ClassModel | null;
  inner: Map<string, ClassModel>;
  modifiers: Modifiers;
  extendsType: TypeName | null;
  implementsTypes: TypeName[];
  /** In order of declaration. */
  fields: FieldModel[];
  fieldByName: Map<string, FieldModel>;
  methods: Map<string, MethodModel[]>;
  constructors: ConstructorNode[];
  initialisers: InitialiserNode[];
  enumValues: string[];
  isTest: boolean;
  file: string;
  line: number;
}

export interface FieldModel {
  name: string;
  key: string;
  type: TypeName;
  isStatic: boolean;
  isFinal: boolean;
  initial: Expression | null;
  accessors: FieldNode['accessors'];
  modifiers: Modifiers;
  owner: ClassModel;
}

export interface MethodModel {
  name: string;
  isStatic: boolean;
  node: MethodNode;
  body: Block | null;
  owner: ClassModel;
}

export const topOf = (model: ClassModel): ClassModel => (model.outer ? topOf(model.outer) : model);

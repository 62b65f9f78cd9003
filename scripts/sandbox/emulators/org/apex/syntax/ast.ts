/** The part of Apex that the local org runs, as a tree of its own: whatever has no node here is refused at load. */

/** Where a construct begins; lines count from 1, columns from 0. */
export interface Position {
  line: number;
  column: number;
}

/** `Map<String, List<Account>>`; arrays are written as lists. */
export interface TypeName {
  name: string;
  args: TypeName[];
}

export interface Annotation {
  name: string;
  /** Named values in lower case; a bare value is kept under `value`. */
  values: Record<string, string | boolean>;
}

export interface Modifiers {
  annotations: Annotation[];
  /** Lower case: public, static, abstract, override, testmethod, … */
  words: Set<string>;
  sharing: 'with' | 'without' | 'inherited' | null;
}

export interface Parameter {
  name: string;
  type: TypeName;
}

export interface MethodNode {
  name: string;
  modifiers: Modifiers;
  returns: TypeName | null;
  parameters: Parameter[];
  body: Block | null;
  at: Position;
}

export interface ConstructorNode {
  modifiers: Modifiers;
  parameters: Parameter[];
  body: Block;
  at: Position;
}

/** A field, or a property when it has accessors; `null` bodies are automatic accessors. */
export interface FieldNode {
  name: string;
  type: TypeName;
  modifiers: Modifiers;
  initial: Expression | null;
  accessors: { get?: Block | null; set?: Block | null } | null;
  at: Position;
}

export interface InitialiserNode {
  isStatic: boolean;
  body: Block;
}

export interface ClassNode {
  kind: 'class' | 'interface' | 'enum';
  name: string;
  modifiers: Modifiers;
  extendsType: TypeName | null;
  implementsTypes: TypeName[];
  fields: FieldNode[];
  methods: MethodNode[];
  constructors: ConstructorNode[];
  initialisers: InitialiserNode[];
  inner: ClassNode[];
  enumValues: string[];
  at: Position;
}

export interface Block {
  kind: 'block';
  statements: Statement[];
  at: Position;
}

export interface CatchClause {
  type: string;
  name: string;
  body: Block;
}

export type WhenLabel = { kind: 'literal'; value: Literal['value'] } | { kind: 'enum'; name: string };

export type When =
  | { kind: 'values'; labels: WhenLabel[]; body: Block }
  | { kind: 'type'; type: TypeName; name: string; body: Block }
  | { kind: 'else'; body: Block };

export type DmlVerb = 'insert' | 'update' | 'upsert' | 'delete';

export type Statement =
  | Block
  | { kind: 'local'; type: TypeName; variables: { name: string; initial: Expression | null }[]; at: Position }
  | { kind: 'expression'; expression: Expression; at: Position }
  | { kind: 'if'; condition: Expression; then: Statement; otherwise: Statement | null; at: Position }
  | { kind: 'while'; condition: Expression; body: Statement; at: Position }
  | { kind: 'do'; condition: Expression; body: Block; at: Position }
  | { kind: 'for'; initial: Statement[]; condition: Expression | null; update: Expression[]; body: Statement | null; at: Position }
  | { kind: 'for-each'; type: TypeName; name: string; source: Expression; body: Statement | null; at: Position }
  | { kind: 'switch'; subject: Expression; whens: When[]; at: Position }
  | { kind: 'try'; body: Block; catches: CatchClause[]; finallyBody: Block | null; at: Position }
  | { kind: 'return'; value: Expression | null; at: Position }
  | { kind: 'throw'; value: Expression; at: Position }
  | { kind: 'break'; at: Position }
  | { kind: 'continue'; at: Position }
  | { kind: 'dml'; verb: DmlVerb; records: Expression; accessLevel: 'user' | 'system' | null; externalIdField: string | null; at: Position }
  | { kind: 'run-as'; user: Expression; body: Block; at: Position };

export interface Literal {
  kind: 'literal';
  type: 'string' | 'integer' | 'long' | 'decimal' | 'boolean' | 'null';
  value: string | number | bigint | boolean | null;
  at: Position;
}

/** `+` to `>>>` on values; assignments carry the same operators. */
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>=';

/** A query in brackets: its text with every bind replaced by `:bind0`, `:bind1`, … and the bound expressions in that order. */
export interface SoqlNode {
  kind: 'soql';
  text: string;
  binds: Expression[];
  at: Position;
}

export type Expression =
  | Literal
  | SoqlNode
  | { kind: 'name'; name: string; at: Position }
  | { kind: 'this'; at: Position }
  | { kind: 'super'; at: Position }
  | { kind: 'type'; type: TypeName; at: Position }
  | { kind: 'member'; object: Expression; name: string; safe: boolean; at: Position }
  | { kind: 'call'; name: string; args: Expression[]; at: Position }
  | { kind: 'chain'; target: 'this' | 'super'; args: Expression[]; at: Position }
  | { kind: 'method'; object: Expression; name: string; args: Expression[]; safe: boolean; at: Position }
  | { kind: 'index'; object: Expression; index: Expression; at: Position }
  | { kind: 'new'; type: TypeName; args: Expression[]; named: { name: string; value: Expression }[]; at: Position }
  | { kind: 'new-items'; type: TypeName; items: Expression[]; at: Position }
  | { kind: 'new-sized'; type: TypeName; size: Expression; at: Position }
  | { kind: 'new-map'; type: TypeName; entries: [Expression, Expression][]; at: Position }
  | { kind: 'assign'; operator: BinaryOperator | null; target: Expression; value: Expression; at: Position }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: Position }
  | { kind: 'logic'; operator: '&&' | '||' | '??'; left: Expression; right: Expression; at: Position }
  | { kind: 'unary'; operator: '-' | '+' | '!' | '~'; value: Expression; at: Position }
  | { kind: 'step'; by: 1 | -1; prefix: boolean; target: Expression; at: Position }
  | { kind: 'conditional'; condition: Expression; yes: Expression; no: Expression; at: Position }
  | { kind: 'cast'; type: TypeName; value: Expression; at: Position }
  | { kind: 'instanceof'; value: Expression; type: TypeName; at: Position };

import type { ClassModel } from '../classes/model.ts';
import type { TypeName } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { ApexObject } from './value.ts';

/** A Double, told apart from an Integer, which is a plain number here. */
export class ApexDouble extends ApexObject {
  readonly typeName = 'Double';
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override key(): unknown {
    return `n:${this.value}`;
  }
}

export class ApexBlob extends ApexObject {
  readonly typeName = 'Blob';
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.bytes = bytes;
  }

  override key(): unknown {
    return `b:${this.bytes.toString('base64')}`;
  }
}

/** One constant of an enum, of the package or of the platform. */
export class EnumValue extends ApexObject {
  readonly typeName: string;
  readonly name: string;
  readonly ordinal: number;

  constructor(typeName: string, name: string, ordinal: number) {
    super();
    this.typeName = typeName;
    this.name = name;
    this.ordinal = ordinal;
  }

  override key(): unknown {
    return `e:${this.typeName}.${this.name}`;
  }
}

/** A System.Type, as `Foo.class` gives it. */
export class TypeValue extends ApexObject {
  readonly typeName = 'Type';
  readonly type: TypeName;
  /** The class in whose text the name was written, for inner names. */
  readonly from: ClassModel | null;

  constructor(type: TypeName, from: ClassModel | null) {
    super();
    this.type = type;
    this.from = from;
  }

  override key(): unknown {
    return `y:${typeText(this.type).toLowerCase()}`;
  }
}

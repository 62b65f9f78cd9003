import type { ClassModel, FieldModel, MethodModel } from './model.ts';

/** A class and all it inherits from; `natives` are names of the platform's, in lower case. */
export interface Lineage {
  models: Set<ClassModel>;
  natives: Set<string>;
}

/** Finds the package's classes by name, as the text of a class sees them. */
export class ClassIndex {
  private readonly classes: Map<string, ClassModel>;
  private readonly lineages = new WeakMap<ClassModel, Lineage>();

  constructor(classes: Map<string, ClassModel>) {
    this.classes = classes;
  }

  all(): ClassModel[] {
    return [...this.classes.values()];
  }

  /** Inner classes too. */
  everywhere(): ClassModel[] {
    const nested = (model: ClassModel): ClassModel[] => [model, ...[...model.inner.values()].flatMap(nested)];
    return this.all().flatMap(nested);
  }

  /** `Name` or `Outer.Inner`; a bare name is first an inner class of the writer, its outers or its parents. */
  find(name: string, from: ClassModel | null): ClassModel | null {
    const [first = '', ...rest] = name.toLowerCase().split('.');
    let found = this.findFirst(first, from);
    for (const part of rest) found = found?.inner.get(part) ?? null;
    return found;
  }

  private findFirst(name: string, from: ClassModel | null): ClassModel | null {
    for (let model = from; model; model = model.outer) {
      if (model.name.toLowerCase() === name) return model;
      for (let line: ClassModel | null = model; line; line = this.parent(line)) {
        const inner = line.inner.get(name);
        if (inner) return inner;
      }
    }
    return this.classes.get(name) ?? null;
  }

  parent(model: ClassModel): ClassModel | null {
    return model.extendsType ? this.find(model.extendsType.name, model.outer) : null;
  }

  /** The class, its parents and every interface of theirs. */
  lineage(model: ClassModel): Lineage {
    const known = this.lineages.get(model);
    if (known) return known;
    const models = new Set<ClassModel>();
    const natives = new Set<string>();
    const visit = (one: ClassModel): void => {
      if (models.has(one)) return;
      models.add(one);
      for (const type of [...(one.extendsType ? [one.extendsType] : []), ...one.implementsTypes]) {
        const found = this.find(type.name, one.outer);
        if (found) visit(found);
        else natives.add(type.name.toLowerCase());
      }
    };
    visit(model);
    this.lineages.set(model, { models, natives });
    return { models, natives };
  }

  isException(model: ClassModel): boolean {
    return [...this.lineage(model).natives].some((name) => name.endsWith('exception'));
  }

  field(model: ClassModel, key: string, wantStatic: boolean): FieldModel | null {
    for (let one: ClassModel | null = model; one; one = this.parent(one)) {
      const field = one.fieldByName.get(key);
      if (field && field.isStatic === wantStatic) return field;
    }
    return null;
  }

  /** All methods of the name with that many parameters, the most derived class first. */
  methods(model: ClassModel, key: string, count: number): MethodModel[] {
    const found: MethodModel[] = [];
    for (let one: ClassModel | null = model; one; one = this.parent(one)) {
      for (const method of one.methods.get(key) ?? []) if (method.node.parameters.length === count) found.push(method);
    }
    return found;
  }
}

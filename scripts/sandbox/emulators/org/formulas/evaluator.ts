import type { RightsBook } from '../access/rights.ts';
import { outValue } from '../formatters.ts';
import type { SchemaProblem } from '../schema/metadata-file.ts';
import type { OrgField, OrgObject, OrgSchema, ValidationRule } from '../schema/model.ts';
import { storedInstant } from '../soql/dates.ts';
import type { RecordStore, StoredRow } from '../store.ts';
import { compileFormula, FormulaProblem } from './compile.ts';
import type { CompiledFormula, CompileFormulaOptions } from './compile.ts';
import { roundTo } from './round.ts';

/** Who evaluates, and the record as it was before. */
export interface FormulaContext {
  userId: string;
  now: number;
  prior?: StoredRow | undefined;
  isNew?: boolean;
}

/** Evaluates the package's formulas: fields, defaults and validation rules. */
export interface FormulaEvaluator {
  /** True for a formula field whose value is worked out on reading, not kept in its column. */
  isComputed(object: OrgObject, field: OrgField): boolean;
  /** Values of the kept formula columns, in an order in which they may depend on each other. */
  keptValues(object: OrgObject, row: StoredRow): StoredRow;
  value(object: OrgObject, field: OrgField, row: StoredRow, context: FormulaContext): unknown;
  defaultValue(object: OrgObject, field: OrgField, context: FormulaContext): unknown;
  breaks(object: OrgObject, rule: ValidationRule, row: StoredRow, context: FormulaContext): boolean;
}

const RETURN: Partial<Record<OrgField['type'], string>> = {
  double: 'number',
  int: 'number',
  currency: 'currency',
  percent: 'percent',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
};

/** Compiles every formula at start; what cannot be compiled is a problem with its file. */
export function createFormulas(schema: OrgSchema, store: RecordStore, book: RightsBook, problems: SchemaProblem[]): FormulaEvaluator {
  const compiled = new Map<string, CompiledFormula>();
  const kept = new Map<string, OrgField[]>();
  const compile = (key: string, object: OrgObject, source: string, origin: string | undefined, options: CompileFormulaOptions): void => {
    try {
      compiled.set(key, compileFormula(schema, object, source, options));
    } catch (error) {
      if (!(error instanceof FormulaProblem)) throw error;
      const [file = '', line = '1'] = (origin ?? '').split(/:(?=\d+$)/);
      problems.push({ file, line: Number(line), message: error.message });
    }
  };
  for (const object of schema.objects()) {
    for (const field of object.fields.values()) {
      const type = RETURN[field.type];
      if (field.formula)
        compile(`${object.name}.${field.name}`, object, field.formula, field.origin, {
          blankAsZero: field.formulaBlanksAsZero ?? false,
          ...(type ? { returnType: type } : {}),
          ...(field.scale === undefined ? {} : { scale: field.scale }),
        });
      if (field.defaultFormula) compile(`default ${object.name}.${field.name}`, object, field.defaultFormula, field.origin, {});
    }
    for (const rule of object.validationRules)
      compile(`rule ${object.name}.${rule.name}`, object, rule.formula, rule.origin, { returnType: 'boolean' });
  }
  for (const object of schema.objects()) kept.set(object.name, keptOrder(object, compiled));

  const isComputed = (object: OrgObject, field: OrgField): boolean =>
    field.formula !== undefined && !(kept.get(object.name) ?? []).includes(field);

  const contextOf = (object: OrgObject, formula: CompiledFormula, row: StoredRow, context: FormulaContext): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    for (const name of formula.fields) {
      const field = object.fields.get(name.toLowerCase());
      if (field) values[name] = isComputed(object, field) ? valueOf(object, field, row, context) : inValue(field, row[name]);
    }
    for (const path of formula.parentPaths) addParent(values, object, row, path, context);
    if (formula.volatile) addGlobals(values, formula, object, row, context);
    return values;
  };

  const addParent = (values: Record<string, unknown>, object: OrgObject, row: StoredRow, path: string[], context: FormulaContext): void => {
    let holder = object;
    let record: StoredRow | undefined = row;
    let target = values;
    for (const name of path.slice(0, -1)) {
      const link = schema.relationship(holder.name, name);
      const parent = schema.object(link?.referenceTo?.[0] ?? '');
      const id: unknown = link && record ? record[link.name] : null;
      record = parent && typeof id === 'string' ? store.get(parent, id) : undefined;
      if (!parent) return;
      holder = parent;
      target[name] ??= {};
      target = target[name] as Record<string, unknown>;
    }
    const field = holder.fields.get((path.at(-1) ?? '').toLowerCase());
    if (field)
      target[path.at(-1) ?? ''] = record
        ? isComputed(holder, field)
          ? valueOf(holder, field, record, context)
          : inValue(field, record[field.name])
        : null;
  };

  const addGlobals = (
    values: Record<string, unknown>,
    formula: CompiledFormula,
    object: OrgObject,
    row: StoredRow,
    context: FormulaContext,
  ): void => {
    values['ISNEW'] = () => context.isNew ?? false;
    values['REGEX'] = matchesWhole;
    for (const [name, members] of formula.globals) {
      const read = globalReader(name, object, row, context);
      const held: Record<string, unknown> = {};
      for (const member of members) held[member] = read(member);
      values[name] = held;
    }
  };

  /** Reads one member of a global: `$Prior.Status__c`, `$User.Id`, … */
  const globalReader = (name: string, object: OrgObject, row: StoredRow, context: FormulaContext): ((member: string) => unknown) => {
    const prior = context.prior ?? {};
    const field = (member: string): OrgField | undefined => object.fields.get(member.toLowerCase());
    switch (name) {
      case '$Prior':
        return (member) => {
          const found = field(member);
          return found ? inValue(found, prior[found.name]) : null;
        };
      case '$Changed':
        return (member) => {
          const found = field(member);
          return found !== undefined && !(context.isNew ?? false) && (prior[found.name] ?? null) !== (row[found.name] ?? null);
        };
      case '$Permission': {
        const { customPermissions } = book.of(context.userId);
        return (member) => customPermissions.has(member);
      }
      case '$Organization': {
        const organization = store.prepare('SELECT "Id", "Name" FROM "Organization"').get() ?? {};
        return (member) => organization[member];
      }
      default: {
        const user = schema.object('User');
        const acting = user ? store.get(user, context.userId) : undefined;
        if (name === '$User') return (member) => acting?.[member];
        const profile = schema.object('Profile');
        const own = profile && store.get(profile, String(acting?.['ProfileId'] ?? ''));
        return (member) => own?.[member];
      }
    }
  };

  const valueOf = (object: OrgObject, field: OrgField, row: StoredRow, context: FormulaContext): unknown => {
    const formula = compiled.get(`${object.name}.${field.name}`);
    return formula ? fromFormula(field, formula.evaluate(contextOf(object, formula, row, context))) : null;
  };

  return {
    isComputed,
    value: valueOf,
    keptValues: (object, row) => {
      const fields = kept.get(object.name) ?? [];
      const result: StoredRow = {};
      if (fields.length === 0) return result;
      const seen = { ...row };
      for (const field of fields) seen[field.name] = result[field.name] = storedValue(valueOf(object, field, seen, NOBODY));
      return result;
    },
    defaultValue: (object, field, context) => {
      const formula = compiled.get(`default ${object.name}.${field.name}`);
      return formula ? fromFormula(field, formula.evaluate(contextOf(object, formula, {}, context))) : null;
    },
    breaks: (object, rule, row, context) => {
      const formula = compiled.get(`rule ${object.name}.${rule.name}`);
      return formula ? formula.evaluate(contextOf(object, formula, row, context)) === true : false;
    },
  };
}

/** Kept values depend on neither user nor time. */
const NOBODY: FormulaContext = { userId: '', now: 0 };

const matchesWhole = (text: string | null, pattern: string): boolean => text !== null && new RegExp(`^(?:${pattern})$`).test(text);

/** Formula fields that depend on nothing but their own record, dependencies first. */
function keptOrder(object: OrgObject, compiled: Map<string, CompiledFormula>): OrgField[] {
  const done: OrgField[] = [];
  const waiting = [...object.fields.values()].filter((field) => {
    const formula = compiled.get(`${object.name}.${field.name}`);
    return field.formula !== undefined && formula !== undefined && !formula.volatile && formula.parentPaths.length === 0;
  });
  for (let progress = true; progress;) {
    progress = false;
    for (const field of waiting.filter((one) => !done.includes(one))) {
      const needs = compiled.get(`${object.name}.${field.name}`)?.fields ?? [];
      const ready = needs.every((name) => {
        const needed = object.fields.get(name.toLowerCase());
        return needed?.formula === undefined || done.includes(needed);
      });
      if (ready) {
        done.push(field);
        progress = true;
      }
    }
  }
  return done;
}

function inValue(field: OrgField, stored: unknown): unknown {
  const value = outValue(field, stored ?? null);
  return field.type === 'datetime' && typeof value === 'string' ? value.replace('+0000', 'Z') : value;
}

function fromFormula(field: OrgField, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return roundTo(value, field.scale ?? 10);
  if (field.type === 'datetime' && typeof value === 'string') return storedInstant(Date.parse(value));
  return value;
}

const storedValue = (value: unknown): string | number | null =>
  typeof value === 'boolean' ? Number(value) : (value as string | number | null);

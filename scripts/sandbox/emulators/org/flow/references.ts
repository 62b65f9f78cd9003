import { formatMoment } from '../apex/values/date-format.ts';
import type { FlowRecord, FlowValue, Operand } from './definition.ts';
import { evaluateFormula, formulaTypeOf, formulaTypeOfData } from './formula.ts';
import type { FormulaInputs } from './formula.ts';
import type { Interview } from './interview.ts';
import { mergeText } from './merge.ts';
import type { FlowWorld } from './world.ts';

/** Reads the values that an interview's references lead to. */
export class ReferenceReader implements FormulaInputs {
  readonly interview: Interview;
  readonly world: FlowWorld;
  readonly userId: string;

  constructor(interview: Interview, world: FlowWorld, userId: string) {
    this.interview = interview;
    this.world = world;
    this.userId = userId;
  }

  operand(operand: Operand): FlowValue {
    if (operand.kind === 'reference') return this.read(operand.path);
    return typeof operand.value === 'string' ? mergeText(operand.value, (path) => this.read(path)) : operand.value;
  }

  /** `$Record.Account.Name`, `Variable`, `Element.output`, … */
  read(path: string): FlowValue {
    const [head = '', ...rest] = path.split('.');
    const { flow, variables, seed } = this.interview;
    if (head === '$Record') return this.walk(seed.record, rest);
    if (head === '$Record__Prior') return this.walk(seed.prior, rest);
    if (head.startsWith('$')) return this.global(head, rest.join('.'));
    const constant = flow.constants.get(head);
    if (constant) return this.operand(constant);
    const formula = flow.formulas.get(head);
    if (formula) return evaluateFormula(formula, this);
    const template = flow.templates.get(head);
    if (template !== undefined) return mergeText(template, (inner) => this.read(inner));
    if (flow.elements.get(head)?.kind === 'loop') return this.walk(this.currentItem(head), rest);
    if (!variables.has(head) && this.isRule(head)) return this.interview.taken.has(head);
    return this.walk(variables.get(head) ?? null, rest);
  }

  /** As sformula names types. */
  typeOf(path: string): string {
    const [head = '', ...rest] = path.split('.');
    const { flow, seed } = this.interview;
    if (path === '$Flow.CurrentDateTime' || path === '$Flow.InterviewStartTime') return 'datetime';
    if (path === '$Flow.CurrentDate') return 'date';
    const variable = flow.variables.get(head);
    const formula = flow.formulas.get(head);
    if (formula) return formulaTypeOfData(formula.dataType);
    const constant = flow.constants.get(head);
    if (constant?.kind === 'literal') return formulaTypeOfData(constant.dataType);
    if (variable && variable.dataType !== 'SObject') return formulaTypeOfData(variable.dataType);
    const element = flow.elements.get(head);
    const object = head.startsWith('$Record')
      ? (seed.record?.['attributes'] as { type?: string } | undefined)?.type
      : (variable?.objectType ?? (element && 'object' in element ? element.object : null));
    const field = object && rest.length === 1 ? this.world.data.schema.field(object, rest[0] ?? '') : undefined;
    if (field) return formulaTypeOf(field);
    const value = this.read(path);
    return typeof value === 'number' || typeof value === 'boolean' ? typeof value : 'string';
  }

  now(): string {
    return new Date(this.world.clock.now()).toISOString();
  }

  today(): string {
    return formatMoment(this.world.clock.now(), 'yyyy-MM-dd', this.world.timeZone);
  }

  private isRule(name: string): boolean {
    return [...this.interview.flow.elements.values()].some(
      (one) => one.kind === 'decision' && one.rules.some((rule) => rule.name === name),
    );
  }

  private currentItem(loop: string): FlowValue {
    const state = this.interview.loops.get(loop);
    return state?.items[state.index] ?? null;
  }

  private walk(value: FlowValue, path: string[]): FlowValue {
    let current: FlowValue = value;
    for (const name of path) {
      if (current === null || typeof current !== 'object' || Array.isArray(current)) return null;
      current = this.property(current, name);
    }
    return current;
  }

  /** A field as held, else read from the org: a changed record carries its own fields only, not its parents. */
  private property(record: FlowRecord, name: string): FlowValue {
    const key = Object.keys(record).find((one) => one.toLowerCase() === name.toLowerCase());
    if (key !== undefined) return (record[key] ?? null) as FlowValue;
    const type = (record['attributes'] as { type?: string } | undefined)?.type;
    const link = type ? this.world.data.schema.relationship(type, name) : undefined;
    const id = link ? record[link.name] : undefined;
    const parent = link?.referenceTo?.[0];
    if (!parent || typeof id !== 'string') return null;
    const fields = [...(this.world.data.schema.object(parent)?.fields.values() ?? [])].map((field) => field.name);
    const context = { userId: this.userId, now: this.world.clock.now(), accessLevel: this.interview.flow.accessLevel };
    return (this.world.data.query(`SELECT ${fields.join(', ')} FROM ${parent} WHERE Id = :id`, context, { id })[0] ??
      null) as FlowRecord | null;
  }

  private global(head: string, name: string): FlowValue {
    switch (head) {
      case '$Flow':
        return this.flowGlobal(name);
      case '$Label':
        return this.world.data.schema.labels.get(name) ?? null;
      case '$Permission':
        return this.world.data.hasCustomPermission(this.userId, name);
      case '$User':
        return this.oneField('User', name, this.userId);
      case '$Organization':
        return this.oneField('Organization', name, null);
      case '$GlobalConstant':
        return name === 'True' ? true : name === 'False' ? false : name === 'EmptyString' ? '' : null;
      default:
        return null;
    }
  }

  private flowGlobal(name: string): FlowValue {
    switch (name) {
      case 'FaultMessage':
        return this.interview.faultMessage;
      case 'CurrentDate':
        return this.today();
      case 'CurrentDateTime':
        return this.now();
      case 'InterviewStartTime':
        return new Date(this.interview.startedAt).toISOString();
      default:
        return null;
    }
  }

  private oneField(object: string, field: string, id: string | null): FlowValue {
    const where = id === null ? 'LIMIT 1' : 'WHERE Id = :id';
    const [row] = this.world.data.query(
      `SELECT ${field} FROM ${object} ${where}`,
      { userId: this.userId, now: this.world.clock.now(), accessLevel: 'system' },
      { id },
    );
    return (row?.[field] ?? null) as FlowValue;
  }
}

import { parseSync } from 'sformula';
import type { OrgField } from '../schema/model.ts';
import type { FlowValue } from './definition.ts';

/** What a formula reads: values and their formula types (`string`, `number`, `datetime`, …). */
export interface FormulaInputs {
  read(path: string): FlowValue;
  typeOf(path: string): string;
  /** ISO moment of the org's clock, and its day in the org's time zone. */
  now(): string;
  today(): string;
}

interface Compiled {
  evaluate(context: Record<string, unknown>): unknown;
}

const RETURNS: Record<string, string> = {
  String: 'string',
  Number: 'number',
  Currency: 'currency',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
};

/** Evaluates `{!Reference}` formulas with sformula; TODAY() and NOW() are the org's clock's. */
export function evaluateFormula(formula: { dataType: string; expression: string; scale: number | null }, inputs: FormulaInputs): FlowValue {
  const values: Record<string, unknown> = {};
  const types: Record<string, Record<string, unknown>> = {};
  const bind = (type: string, value: FlowValue): string => {
    const name = `Input${Object.keys(values).length}`;
    values[name] = value;
    types[name] = type === 'number' || type === 'currency' ? { type, precision: 18, scale: 8 } : { type };
    return name;
  };
  const text = formula.expression
    .replace(/\{!([^}]+)\}/g, (_, path: string) => bind(inputs.typeOf(path.trim()), inputs.read(path.trim())))
    .replace(/\bNOW\s*\(\s*\)/gi, () => bind('datetime', inputs.now()))
    .replace(/\bTODAY\s*\(\s*\)/gi, () => bind('date', inputs.today()));
  const compiled = parseSync(text, {
    inputTypes: types,
    returnType: RETURNS[formula.dataType] ?? 'string',
    ...(formula.scale === null ? {} : { scale: formula.scale }),
  } as unknown as Parameters<typeof parseSync>[1]) as Compiled;
  return (compiled.evaluate(values) ?? null) as FlowValue;
}

/** A flow's or a field's data type as formulas name it. */
export function formulaTypeOf(field: OrgField | undefined): string {
  switch (field?.type) {
    case 'int':
    case 'double':
    case 'percent':
      return 'number';
    case 'currency':
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
    case 'id':
      return field.type;
    default:
      return 'string';
  }
}

export const formulaTypeOfData = (dataType: string): string => RETURNS[dataType] ?? 'string';

import { parseSync } from 'sformula';
import { toClosures } from './closures.ts';
import type { CompiledByLibrary } from './closures.ts';
import type { OrgField, OrgObject, OrgSchema } from '../schema/model.ts';

/** A formula ready to be evaluated against records of one object. */
export interface CompiledFormula {
  /** Own fields it reads, canonical names. */
  fields: string[];
  /** Parent paths it reads, such as ['Account', 'Name'], canonical names. */
  parentPaths: string[][];
  /** Reads the clock or the acting user: its value cannot be kept. */
  volatile: boolean;
  /** Members of globals it reads: `$Prior` to the fields, `$User` to its, … */
  globals: Map<string, string[]>;
  evaluate(context: Record<string, unknown>): unknown;
}

export interface CompileFormulaOptions {
  blankAsZero?: boolean;
  returnType?: string;
  scale?: number;
}

/** Thrown with what the formula needs and the local org lacks. */
export class FormulaProblem extends Error {}

type InputType = { type: string; [key: string]: unknown };

const GLOBALS: Record<string, Record<string, string>> = {
  $User: {
    Id: 'string',
    Username: 'string',
    FirstName: 'string',
    LastName: 'string',
    Email: 'string',
    ProfileId: 'string',
    TimeZoneSidKey: 'string',
    IsActive: 'boolean',
  },
  $Profile: { Id: 'string', Name: 'string' },
  $Organization: { Id: 'string', Name: 'string' },
};

/** Finds the fields, types them, and parses. Source of the functions: the sformula package. */
export function compileFormula(schema: OrgSchema, object: OrgObject, source: string, options: CompileFormulaOptions = {}): CompiledFormula {
  const text = rewrite(source);
  const inputs: Record<string, InputType> = {
    ISNEW: { type: 'function', arguments: [], returns: { type: 'boolean' } },
    REGEX: {
      type: 'function',
      arguments: [
        { argument: { type: 'string' }, optional: false },
        { argument: { type: 'string' }, optional: false },
      ],
      returns: { type: 'boolean' },
    },
  };
  const fields = new Set<string>();
  const parentPaths: string[][] = [];
  for (const path of identifiers(text)) addInput(schema, object, path, inputs, fields, parentPaths);
  let formula: { compiled: CompiledByLibrary; evaluate(context: Record<string, unknown>): unknown };
  try {
    formula = parseSync(text, {
      inputTypes: inputs,
      ...(options.blankAsZero ? { blankAsZero: true } : {}),
      ...(options.returnType ? { returnType: options.returnType } : {}),
      ...(options.scale === undefined ? {} : { scale: options.scale }),
    } as unknown as Parameters<typeof parseSync>[1]) as typeof formula;
  } catch (error) {
    throw new FormulaProblem(`the local org cannot evaluate this formula: ${(error as Error).message}`);
  }
  return {
    fields: [...fields],
    parentPaths,
    volatile: /\b(?:TODAY|NOW|TIMENOW|ISNEW|ISCHANGED|PRIORVALUE)\s*\(|\$/i.test(source),
    globals: globalsOf(inputs),
    evaluate: toClosures(formula.compiled) ?? ((context) => formula.evaluate(context)),
  };
}

const globalsOf = (inputs: Record<string, InputType>): Map<string, string[]> =>
  new Map(
    Object.entries(inputs)
      .filter(([name]) => name.startsWith('$'))
      .map(([name, { properties }]) => [name, Object.keys(properties as object)]),
  );

/** PRIORVALUE and ISCHANGED take a field, not a value: they become paths. Comments go. */
function rewrite(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\bPRIORVALUE\s*\(\s*([\w.]+)\s*\)/gi, '$Prior.$1')
    .replace(/\bISCHANGED\s*\(\s*([\w.]+)\s*\)/gi, '$Changed.$1')
    .replace(/\bISNEW\s*\(\s*\)/gi, 'ISNEW()');
}

/** Names outside text literals that are not function calls. */
function identifiers(text: string): string[] {
  const bare = text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""');
  return [...new Set([...bare.matchAll(/[$A-Za-z_][\w$]*(?:\.[\w$]+)*(?!\s*\(|[\w$.])/g)].map((match) => match[0]))].filter(
    (name) => !/^(?:TRUE|FALSE|NULL)$/i.test(name),
  );
}

function addInput(
  schema: OrgSchema,
  object: OrgObject,
  path: string,
  inputs: Record<string, InputType>,
  fields: Set<string>,
  parentPaths: string[][],
): void {
  const [first = '', ...rest] = path.split('.');
  if (first === '$Prior' || first === '$Changed') {
    const field = object.fields.get((rest[0] ?? '').toLowerCase());
    if (!field) throw new FormulaProblem(`names ${path}, which is not a field of ${object.name}`);
    property(inputs, first)[rest[0] ?? ''] = first === '$Prior' ? typeOf(field) : { type: 'boolean' };
    fields.add(field.name);
    return;
  }
  if (first === '$Permission') {
    property(inputs, first)[rest[0] ?? ''] = { type: 'boolean' };
    return;
  }
  if (first.startsWith('$')) {
    const type = GLOBALS[first]?.[rest[0] ?? ''];
    if (!type) throw new FormulaProblem(`names ${path}, which the local org does not support in formulas`);
    property(inputs, first)[rest[0] ?? ''] = { type };
    return;
  }
  if (rest.length === 0) {
    const field = object.fields.get(first.toLowerCase());
    if (!field) throw new FormulaProblem(`names ${path}, which is not a field of ${object.name}`);
    inputs[first] = typeOf(field);
    fields.add(field.name);
    return;
  }
  let holder = object;
  let properties = inputs;
  const canonical: string[] = [];
  for (const name of [first, ...rest.slice(0, -1)]) {
    const link = schema.relationship(holder.name, name);
    const parent = link?.referenceTo?.[0] ? schema.object(link.referenceTo[0]) : undefined;
    if (!link || !parent) throw new FormulaProblem(`names ${path}, but ${holder.name} has no relationship ${name}`);
    if (holder === object) fields.add(link.name);
    canonical.push(name);
    properties = property(properties, name);
    holder = parent;
  }
  const last = rest.at(-1) ?? '';
  const field = holder.fields.get(last.toLowerCase());
  if (!field) throw new FormulaProblem(`names ${path}, but ${holder.name} has no field ${last}`);
  properties[last] = typeOf(field);
  parentPaths.push([...canonical, last]);
}

function property(inputs: Record<string, InputType>, name: string): Record<string, InputType> {
  const known = inputs[name];
  if (known) return known['properties'] as Record<string, InputType>;
  const properties: Record<string, InputType> = {};
  inputs[name] = { type: 'object', properties };
  return properties;
}

function typeOf(field: OrgField): InputType {
  switch (field.type) {
    case 'int':
    case 'double':
      return { type: 'number', precision: field.precision ?? 18, scale: field.scale ?? 0 };
    case 'currency':
    case 'percent':
      return { type: field.type, precision: field.precision ?? 18, scale: field.scale ?? 0 };
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return { type: field.type };
    case 'picklist':
    case 'multipicklist':
      return { type: field.type, picklistValues: (field.picklist ?? []).map(({ value, label }) => ({ value, label })) };
    case 'id':
    case 'reference':
      return { type: 'id' };
    default:
      return { type: 'string' };
  }
}

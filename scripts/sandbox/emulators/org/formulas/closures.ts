import { builtins } from 'sformula';
import { roundTo } from './round.ts';

/** What `sformula` compiled, as far as it is read here. */
export interface CompiledByLibrary {
  expression: Expression;
  returnType: string;
  calculatedType: string;
  scale?: number;
}

interface Expression {
  type: string;
  name?: string;
  value?: unknown;
  computed?: boolean;
  object?: Expression;
  property?: Expression;
  callee?: Expression;
  arguments?: Expression[];
  elements?: Expression[];
}

type Context = Record<string, unknown>;
type Evaluate = (context: Context) => unknown;
type Call = (...values: unknown[]) => unknown;

const NUMBERS = new Set(['number', 'currency']);
const library: Record<string, unknown> = builtins;

/**
 * A compiled formula as nested functions over the library's own operators. The library walks the tree and copies the
 * whole context at each evaluation, which costs most of a save. Undefined: a shape that is left to the library.
 */
export function toClosures({ expression, returnType, calculatedType, scale }: CompiledByLibrary): Evaluate | undefined {
  const cast = castTo(returnType, calculatedType, scale);
  const evaluate = cast && build(expression);
  return evaluate && ((context) => cast(evaluate(context)));
}

function build(node: Expression): Evaluate | undefined {
  switch (node.type) {
    case 'Literal':
      return () => node.value;
    case 'Identifier': {
      const name = node.name ?? '';
      // The library's names hide those of fields, as in its own evaluation.
      if (Object.hasOwn(library, name)) return () => library[name];
      return (context) => context[name];
    }
    case 'MemberExpression': {
      const object = node.object && build(node.object);
      const name = node.property?.name;
      if (!object || name === undefined || node.computed || name === 'constructor' || name === 'prototype' || name === '__proto__')
        return undefined;
      return (context) => (object(context) as Context | null | undefined)?.[name];
    }
    case 'ArrayExpression': {
      const elements = buildAll(node.elements ?? []);
      return elements && ((context) => elements.map((element) => element(context)));
    }
    case 'CallExpression':
      return buildCall(node);
    default:
      return undefined;
  }
}

function buildCall({ callee, arguments: nodes = [] }: Expression): Evaluate | undefined {
  if (callee?.type !== 'Identifier') return undefined;
  const call = build(callee) as ((context: Context) => Call | undefined) | undefined;
  const given = buildAll(nodes);
  if (!call || !given) return undefined;
  return (context) => call(context)?.(...given.map((value) => value(context)));
}

function buildAll(nodes: Expression[]): Evaluate[] | undefined {
  const built = nodes.map(build);
  return built.some((one) => one === undefined) ? undefined : (built as Evaluate[]);
}

/** The library's numbers are objects of its own while it calculates. */
interface BigValue {
  toNumber(): number;
  decimalPlaces(scale: number, rounding: number): BigValue;
}
const ROUND_HALF_UP = 4;

const isBig = (value: unknown): value is BigValue => typeof value === 'object' && value !== null && 'toNumber' in value;

/** The library's conversion of a result to the type that is wanted, for the types that need no shift or calendar. */
function castTo(wanted: string, calculated: string, scale: number | undefined): ((value: unknown) => unknown) | undefined {
  if (wanted === 'boolean') return (value) => Boolean(value);
  if (NUMBERS.has(wanted) && NUMBERS.has(calculated))
    return (value) => {
      if (value === null || value === undefined) return null;
      if (isBig(value)) return (scale === undefined ? value : value.decimalPlaces(scale, ROUND_HALF_UP)).toNumber();
      return scale === undefined || typeof value !== 'number' ? value : roundTo(value, scale);
    };
  if (wanted === 'string' && calculated === 'string')
    return (value) => (value === null || value === undefined ? null : String(value as string).trim() || null);
  return undefined;
}

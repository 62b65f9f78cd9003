import { invalid } from './errors.ts';
import type { StripeError } from './errors.ts';
import type { Params } from './form.ts';
import { resolve } from './spec.ts';
import type { Schema } from './spec/json-schema.ts';

const DECIMAL = /^-?\d+(\.\d{1,12})?$/;

/**
 * Checks a request's parameters against the SDK's types and turns wire strings into values.
 * Unknown, missing, mistyped and unlisted values are refused with `param` as Stripe writes it (`lines[0][amount]`).
 */
export function readParams(schema: Schema | null, given: Params): Params {
  if (!schema) {
    const [extra] = Object.keys(given);
    if (extra !== undefined) throw unknown(extra);
    return {};
  }
  return readValue(schema, given, '') as Params;
}

const unknown = (param: string) => invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
const child = (at: string, name: string | number) => (at === '' ? String(name) : `${at}[${name}]`);

function readValue(schema: Schema, given: unknown, at: string): unknown {
  const rule = resolve(schema);
  if (rule.anyOf) return readUnion(rule.anyOf, given, at);
  if (rule.const !== undefined) {
    if (given === rule.const || given === String(rule.const)) return rule.const;
    throw invalid(`Invalid ${at}: must be ${String(rule.const)}`, { param: at });
  }
  if (rule.enum) {
    if (typeof given === 'string' && rule.enum.includes(given)) return given;
    throw invalid(`Invalid ${at}: must be one of ${alternatives(rule.enum)}`, { param: at });
  }
  switch (Array.isArray(rule.type) ? 'scalar' : rule.type) {
    case 'string':
      return readString(rule, given, at);
    case 'number':
      return readNumber(given, at);
    case 'boolean':
      if (given === true || given === 'true') return true;
      if (given === false || given === 'false') return false;
      throw invalid(`Invalid boolean: ${show(given)}`, { code: 'parameter_invalid_boolean', param: at });
    case 'scalar':
      if (typeof given === 'object' && given !== null) throw invalid(`Invalid string: ${show(given)}`, { param: at });
      return given === null ? '' : String(given);
    case 'array': {
      // An empty list travels as an empty string.
      if (given === '') return [];
      if (!Array.isArray(given)) throw invalid('Invalid array', { param: at });
      return given.map((item, index) => readValue(rule.items ?? {}, item, child(at, index)));
    }
    case 'object':
      return readObject(rule, given, at);
    default:
      return given;
  }
}

function readUnion(choices: Schema[], given: unknown, at: string): unknown {
  // `null` in process and '' on the wire both mean "take it away".
  if (given === null || given === '') {
    if (choices.some((choice) => choice.const === '')) return '';
  }
  const real = choices.filter((choice) => choice.type !== 'null' && choice.const !== '');
  let failure: StripeError | undefined;
  for (const choice of real) {
    try {
      return readValue(choice, given, at);
    } catch (error) {
      const better = typeof given === 'object' ? resolve(choice).type !== 'number' : failure === undefined;
      if (!failure || better) failure = error as StripeError;
    }
  }
  throw failure ?? invalid(`Invalid ${at}`, { param: at });
}

function readString(rule: Schema, given: unknown, at: string): string {
  if (typeof given === 'number' || typeof given === 'boolean') given = String(given);
  if (typeof given !== 'string') throw invalid(`Invalid string: ${show(given)}`, { param: at });
  if (rule.format === 'decimal' && !DECIMAL.test(given)) {
    throw invalid(`Invalid decimal: ${given}; must contain at maximum twelve decimal places.`, {
      code: 'parameter_invalid_decimal',
      param: at,
    });
  }
  // https://docs.stripe.com/error-codes#parameter-invalid-empty
  if (given === '') {
    throw invalid(
      `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param: at },
    );
  }
  if (given.length > 5000) throw invalid(`Invalid string: ${given.slice(0, 40)}...; must be at most 5000 characters`, { param: at });
  return given;
}

/** Stripe's numbers in requests are integers; the few percentages and rates are decimals. */
function readNumber(given: unknown, at: string): number {
  const text = typeof given === 'number' ? String(given) : given;
  if (typeof text === 'string' && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (typeof text === 'string' && /(percentage|percent_off|exchange_rate)\]?$/.test(at) && /^-?\d+\.\d+$/.test(text)) return Number(text);
  throw invalid(`Invalid integer: ${show(given)}`, { code: 'parameter_invalid_integer', param: at });
}

function readObject(rule: Schema, given: unknown, at: string): Params {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('Invalid object', { param: at });
  const values: Params = {};
  for (const [name, inner] of Object.entries(given)) {
    if (inner === undefined) continue;
    const known = rule.properties?.[name] ?? rule.additionalProperties;
    if (!known) throw unknown(child(at, name));
    values[name] = readValue(known, inner, child(at, name));
  }
  for (const name of rule.required ?? []) {
    if (values[name] === undefined)
      throw invalid(`Missing required param: ${child(at, name)}.`, { code: 'parameter_missing', param: child(at, name) });
  }
  return values;
}

const show = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const alternatives = (words: string[]) => (words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`);

import { resolve } from './spec.ts';
import type { Schema } from './spec/json-schema.ts';

type Check = (value: unknown) => boolean;

const checks = new WeakMap<Schema, Check>();

/** Whether a value is what a type promises. The same rules as `checkAnswer`, made into functions once: every answer passes here. */
export const fits = (schema: Schema, value: unknown): boolean => checkOf(schema)(value);

/** Built when first used, because types refer to each other in circles. */
function checkOf(schema: Schema): Check {
  const known = checks.get(schema);
  if (known) return known;
  let built: Check | undefined;
  const check: Check = (value) => (built ??= build(resolve(schema)))(value);
  checks.set(schema, check);
  return check;
}

function build(rule: Schema): Check {
  if (rule.anyOf) {
    const choices = rule.anyOf.map(checkOf);
    return (value) => choices.some((choice) => choice(value));
  }
  if (rule.allOf) {
    const parts = rule.allOf.map(checkOf);
    return (value) => parts.every((part) => part(value));
  }
  if (rule.const !== undefined) return (value) => value === rule.const;
  if (rule.enum) {
    const words = new Set<unknown>(rule.enum);
    return (value) => words.has(value);
  }
  if (rule.type === undefined) return () => true;
  if (!Array.isArray(rule.type)) return ofType(rule.type, rule);
  const types = rule.type.map((type) => ofType(type, rule));
  return (value) => types.some((type) => type(value));
}

function ofType(type: string, rule: Schema): Check {
  switch (type) {
    case 'null':
      return (value) => value === null;
    case 'array': {
      const item = checkOf(rule.items ?? {});
      return (value) => Array.isArray(value) && value.every(item);
    }
    case 'object':
      return objectCheck(rule);
    case 'number':
      return Number.isFinite;
    default:
      return (value) => typeof value === type;
  }
}

function objectCheck(rule: Schema): Check {
  const others = rule.additionalProperties && checkOf(rule.additionalProperties);
  const closed = rule.properties !== undefined;
  const required = new Set(rule.required);
  const known = new Map(
    Object.entries(rule.properties ?? {}).map(([name, schema]) => [name, memberRule(checkOf(schema), required.has(name))]),
  );
  for (const name of required) if (!known.has(name)) known.set(name, memberRule(others ?? (() => !closed), true));
  // Members are looked at once: most of this work is the looking.
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const fields = value as Record<string, unknown>;
    let missing = required.size;
    for (const name in fields) {
      const member = fields[name];
      if (member === undefined) continue;
      const rule = known.get(name);
      if (rule === undefined) {
        if (others ? !others(member) : closed) return false;
      } else if (!rule.check(member)) return false;
      else if (rule.required) missing -= 1;
    }
    return missing === 0;
  };
}

const memberRule = (check: Check, required: boolean) => ({ check, required });

import { fits } from './fits.ts';
import { resolve } from './spec.ts';
import type { Schema } from './spec/json-schema.ts';

/**
 * What is wrong with an answer of ours, as `path: problem` lines; empty when it is what the SDK's types promise.
 * Stricter than JSON Schema: a field that the type does not have is wrong too, and enumerations are closed.
 */
export function checkAnswer(schema: Schema, value: unknown, at = ''): string[] {
  return fits(schema, value) ? [] : problemsOf(schema, value, at);
}

function problemsOf(schema: Schema, value: unknown, at: string): string[] {
  const { open: _open, ...rule } = resolve(schema);
  if (rule.anyOf) {
    const tries = rule.anyOf.map((choice) => problemsOf(choice, value, at));
    if (tries.some((problems) => problems.length === 0)) return [];
    return tries.reduce((best, problems) => (depth(problems) > depth(best) ? problems : best));
  }
  if (rule.allOf) return rule.allOf.flatMap((part) => problemsOf(part, value, at));
  if (rule.const !== undefined) return value === rule.const ? [] : [`${at}: ${JSON.stringify(value)} is not ${JSON.stringify(rule.const)}`];
  if (rule.enum)
    return rule.enum.includes(value as string)
      ? []
      : [`${at}: ${JSON.stringify(value)} is not one of ${rule.enum.slice(0, 12).join(', ')}`];
  if (rule.type === undefined) return [];
  const types = Array.isArray(rule.type) ? rule.type : [rule.type];
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (!types.includes(actual as 'string')) return [`${at}: ${actual} instead of ${types.join(' or ')}`];
  if (actual === 'number' && !Number.isFinite(value)) return [`${at}: not a finite number`];
  if (actual === 'array') return (value as unknown[]).flatMap((item, index) => problemsOf(rule.items ?? {}, item, `${at}[${index}]`));
  if (actual === 'object') return checkObject(rule, value as Record<string, unknown>, at);
  return [];
}

function checkObject(rule: Schema, value: Record<string, unknown>, at: string): string[] {
  const problems: string[] = [];
  for (const name of rule.required ?? []) if (value[name] === undefined) problems.push(`${at}.${name}: missing`);
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const known = rule.properties?.[name] ?? rule.additionalProperties;
    if (known) problems.push(...problemsOf(known, inner, `${at}.${name}`));
    else if (rule.properties) problems.push(`${at}.${name}: not a field of this type`);
  }
  return problems;
}

/** The choice of a union whose problems lie deepest is the one that was meant. */
const depth = (problems: string[]) => Math.max(0, ...problems.map((problem) => problem.split(':', 1)[0]!.split(/[.[]/).length));

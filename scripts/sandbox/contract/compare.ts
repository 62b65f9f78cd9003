/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type JsonObject = Record<string, Json>;

export interface CompareOptions {
  /** Members whose values change from day to day: only their types are compared. */
  volatile?: readonly string[];
  /** Members compared by `same` instead, by name. */
  special?: Record<string, (ours: unknown, theirs: unknown) => boolean>;
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
};

const kind = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** Where `ours` is not what was recorded (`theirs`): key paths, types, values that are not volatile. */
export function differences(ours: unknown, theirs: unknown, options: CompareOptions = {}, path = ''): string[] {
  const at = path || 'body';
  if (kind(ours) !== kind(theirs)) return [`${at}: here ${show(ours)}, recorded ${show(theirs)}`];
  if (Array.isArray(theirs)) {
    const list = ours as unknown[];
    if (list.length !== theirs.length) return [`${at}: ${String(list.length)} here, ${String(theirs.length)} recorded`];
    return theirs.flatMap((one, index) => differences(list[index], one, options, `${path}[${String(index)}]`));
  }
  if (typeof theirs === 'object' && theirs !== null) return memberDifferences(ours as JsonObject, theirs as JsonObject, options, path);
  return Object.is(ours, theirs) ? [] : [`${at}: here ${show(ours)}, recorded ${show(theirs)}`];
}

function memberDifferences(ours: JsonObject, theirs: JsonObject, options: CompareOptions, path: string): string[] {
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  return names.flatMap((name) => {
    const inner = path ? `${path}.${name}` : name;
    if (!(name in ours)) return [`${inner}: missing here`];
    if (!(name in theirs)) return [`${inner}: not recorded`];
    const same = options.special?.[name];
    if (same) return same(ours[name], theirs[name]) ? [] : [`${inner}: here ${show(ours[name])}, recorded ${show(theirs[name])}`];
    if (options.volatile?.includes(name) && (typeof theirs[name] !== 'object' || theirs[name] === null))
      return kind(ours[name]) === kind(theirs[name]) ? [] : [`${inner}: here ${kind(ours[name])}, recorded ${kind(theirs[name])}`];
    return differences(ours[name], theirs[name], options, inner);
  });
}

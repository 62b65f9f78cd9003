/** A copy as a JSON column gives it back: what is undefined is gone. */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return (typeof value === 'number' && !Number.isFinite(value) ? null : value) as T;
  if (Array.isArray(value)) return value.map((item) => copyJson(item ?? null) as unknown) as T;
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyJson(value.toJSON()) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) if (member !== undefined) copy[name] = copyJson(member);
  return copy as T;
}

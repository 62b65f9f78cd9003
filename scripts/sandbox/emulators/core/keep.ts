/** What was already made so: it is shared instead of copied again. */
const kept = new WeakSet();

/**
 * A value as JSON keeps it (what is undefined is gone), frozen: it can be handed to anybody without a copy, and who changes it by
 * mistake is told so at once.
 */
export function keep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return (typeof value === 'number' && !Number.isFinite(value) ? null : value) as T;
  if (kept.has(value)) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return keep(value.toJSON()) as T;
  const copy = Array.isArray(value) ? value.map((item) => keep(item ?? null) as unknown) : keepMembers(value as Record<string, unknown>);
  Object.freeze(copy);
  kept.add(copy);
  return copy as T;
}

function keepMembers(value: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (member !== undefined && typeof member !== 'function') copy[name] = keep(member);
  }
  return copy;
}

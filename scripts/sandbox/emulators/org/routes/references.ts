import { OrgFault } from '../errors.ts';

/** Replaces `@{ref.path[0].field}` by what the named answer holds. */
export function fill(text: string, known: Map<string, unknown>, inUrl = false): string {
  return text.replace(/@\{([^}]+)\}/g, (_all, path: string) => {
    const value = lookUp(path, known);
    return inUrl ? encodeURIComponent(String(value as string)) : String(value as string);
  });
}

function lookUp(path: string, known: Map<string, unknown>): unknown {
  const [reference = '', ...rest] = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  if (!known.has(reference))
    throw new OrgFault(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found in ${reference}`, {
      codeFirst: true,
    });
  let value: unknown = known.get(reference);
  for (const part of rest) value = (value as Record<string, unknown> | null | undefined)?.[part];
  if (value === undefined)
    throw new OrgFault(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found in ${reference}`, {
      codeFirst: true,
    });
  return value;
}

/** The same in every text of a body; a text that is nothing but a reference takes the value's own type. */
export function fillDeep(value: unknown, known: Map<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([^}]+)\}$/.exec(value);
    return whole ? lookUp(whole[1] ?? '', known) : fill(value, known);
  }
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, known));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillDeep(one, known)]));
  return value;
}

/** One value of a payload, before and after; absent on the side that does not have it. */
export interface PayloadRow {
  path: string;
  before?: string;
  after?: string;
  changed: boolean;
}

/** Two payloads side by side, value by value, in the order of the later one. */
export function comparePayloads(before: object, after: object): PayloadRow[] {
  const was = new Map(valuesOf(before));
  const is = new Map(valuesOf(after));
  const gone = [...was.keys()].filter((path) => !is.has(path));
  return [...is.keys(), ...gone].map((path) => {
    const [old, now] = [was.get(path), is.get(path)];
    return { path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }), changed: old !== now };
  });
}

function valuesOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((each, index) => valuesOf(each, `${path}[${index}]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, each]) => valuesOf(each, path === '' ? name : `${path}.${name}`));
  return value === undefined ? [] : [[path, String(value)]];
}

/** Nested parameters as they come off the wire: strings at the leaves, or typed values when called in process. */
export interface Params {
  [name: string]: unknown;
}

/** Decodes `a[b][0][c]=d` pairs, as Stripe's v1 API takes them in bodies and queries. Numbered keys become lists. */
export function decodeForm(text: string): Params {
  const root: Params = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [key.split('[', 1)[0] ?? '', ...[...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
    let node = root;
    for (const [index, part] of path.entries()) {
      const name = part === '' ? String(Object.keys(node).length) : part;
      if (name === '__proto__') break;
      if (index === path.length - 1) node[name] = value;
      else node = (typeof node[name] === 'object' && node[name] !== null ? node[name] : (node[name] = {})) as Params;
    }
  }
  return listify(root) as Params;
}

function listify(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, listify(inner)] as const);
  if (entries.length && entries.every(([name]) => /^\d+$/.test(name))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  }
  return Object.fromEntries(entries);
}

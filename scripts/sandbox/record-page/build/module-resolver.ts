import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findLwcFolders } from './package-files.ts';

/** A folder whose sub-folders are the modules of one namespace. */
interface ModuleSpace {
  namespace: string;
  dir: string;
}

export interface ModuleResolver {
  /** File of `id` as imported by `importer`, `EMPTY` for a template or stylesheet a component need not have, undefined when unknown. */
  resolve(id: string, importer: string): string | undefined;
  /** Namespace, module name and module folder of a file; the compiler derives tag names and scoping from them. */
  identify(file: string): { namespace: string; name: string; dir: string };
}

/** Stands for an absent optional template or stylesheet. */
export const EMPTY = '\0empty';

const require = createRequire(import.meta.url);
const ENGINE = new Set(['lwc', '@lwc/engine-dom', '@lwc/synthetic-shadow', '@lwc/wire-service']);
const EXTENSIONS = ['.js', '.html', '.css'];

/**
 * Resolves imports as the platform does: `c` is every lwc folder of the package, `lightning` our stand-ins first and the base
 * components behind them, `sandbox` the page itself. Throws when two features hold a component of the same name.
 */
export function createModuleResolver(packageDirs: string[], hostModules: string): ModuleResolver {
  const base = path.dirname(require.resolve('lightning-base-components/package.json'));
  const { lwc } = JSON.parse(fs.readFileSync(path.join(base, 'package.json'), 'utf8')) as {
    lwc: { modules: { dir?: string; name?: string; path?: string }[] };
  };
  const aliases = new Map(lwc.modules.flatMap(({ name, path: file }) => (name && file ? [[name, path.join(base, file)] as const] : [])));
  const spaces: ModuleSpace[] = [
    ...findLwcFolders(packageDirs).map((dir) => ({ namespace: 'c', dir })),
    { namespace: 'lightning', dir: path.join(hostModules, 'lightning') },
    { namespace: 'sandbox', dir: path.join(hostModules, 'sandbox') },
    { namespace: 'lightning', dir: path.join(base, 'src/lightning') },
  ];
  refuseNamesakes(spaces);
  const known = new Map<string, string | undefined>();

  function resolveModule(id: string): string | undefined {
    if (ENGINE.has(id)) return require.resolve(id === 'lwc' ? '@lwc/engine-dom' : id);
    const [namespace, name, more] = id.split('/');
    if (aliases.has(id)) return aliases.get(id);
    if (!name || more) return undefined;
    return spaces
      .filter((space) => space.namespace === namespace)
      .flatMap((space) => EXTENSIONS.map((extension) => path.join(space.dir, name, name + extension)))
      .find((file) => fs.existsSync(file));
  }

  return {
    resolve(id, importer) {
      if (id.startsWith('.')) return resolveRelative(id, importer);
      if (path.isAbsolute(id)) return fs.existsSync(id.split('?')[0] ?? id) ? id : undefined;
      if (!known.has(id)) known.set(id, resolveModule(id));
      return known.get(id);
    },
    identify(file) {
      const space = spaces.find(({ dir }) => file.startsWith(dir + path.sep));
      const dir = space ? path.join(space.dir, path.relative(space.dir, file).split(path.sep)[0] ?? '') : path.dirname(file);
      return { namespace: space?.namespace ?? path.basename(path.dirname(dir)), name: path.basename(dir), dir };
    },
  };
}

function resolveRelative(id: string, importer: string): string | undefined {
  const [bare = '', query] = id.split('?');
  const from = importer.split('?')[0] ?? importer;
  const target = path.resolve(path.dirname(from), bare);
  const file = /\.(js|mjs|json|html|css)$/.test(target) ? target : `${target}.js`;
  if (fs.existsSync(file)) return query ? `${file}?${query}` : file;
  return /\.(html|css)$/.test(file) ? EMPTY : undefined;
}

function refuseNamesakes(spaces: ModuleSpace[]): void {
  const homes = new Map<string, string>();
  for (const { namespace, dir } of spaces) {
    if (namespace !== 'c') continue;
    for (const { name } of fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const other = homes.get(name);
      if (other) throw new Error(`Two Lightning web components are called ${name}: in ${other} and in ${dir}. Rename one.`);
      homes.set(name, dir);
    }
  }
}

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@lwc/compiler';
import type { ModuleResolver } from './module-resolver.ts';

export interface CompiledModule {
  code: string;
  map: unknown;
  warnings: string[];
}

export interface ModuleCompiler {
  /** Compiles one file of a component; undefined for a file that is plain JavaScript of the framework. Throws the compiler's error. */
  compile(file: string, query: string, source: string): CompiledModule | undefined;
  /** How many files came from the cache, and how many were compiled. */
  stats: { cached: number; compiled: number };
}

/** What a component without `<apiVersion>` gets; ours name 66, base components ship without meta files. */
const DEFAULT_API_VERSION = 66;

// The options change what is compiled, so they are part of every cache key.
const OPTIONS = {
  enableDynamicComponents: true, // base components use lwc:component
  enableSyntheticElementInternals: true, // lightning-combobox calls attachInternals
  enableStaticContentOptimization: true,
  outputConfig: { sourcemap: true },
};

/** LWC compiler behind a content-addressed cache in `cacheDir`: a file is compiled once per content, whatever happens to the checkout. */
export function createModuleCompiler(resolver: ModuleResolver, cacheDir: string): ModuleCompiler {
  const { version } = createRequire(import.meta.url)('@lwc/compiler/package.json') as { version: string };
  const stats = { cached: 0, compiled: 0 };
  const apiVersions = new Map<string, number>();

  function apiVersion(dir: string, name: string): number {
    const meta = path.join(dir, `${name}.js-meta.xml`);
    const known = apiVersions.get(meta);
    if (known) return known;
    const xml = fs.existsSync(meta) ? fs.readFileSync(meta, 'utf8') : '';
    const found = Number(/<apiVersion>(\d+)/.exec(xml)?.[1] ?? DEFAULT_API_VERSION);
    apiVersions.set(meta, found);
    return found;
  }

  return {
    stats,
    compile(file, query, source) {
      if (!/\.(js|html|css)$/.test(file) || /node_modules[\\/]@lwc[\\/]/.test(file)) return undefined;
      const { namespace, name, dir } = resolver.identify(file);
      const options = { ...OPTIONS, name, namespace, apiVersion: apiVersion(dir, name), scopedStyles: query === 'scoped=true' };
      const key = createHash('sha256')
        .update(JSON.stringify([version, options, path.relative(dir, file), source]))
        .digest('hex');
      const cached = path.join(cacheDir, key.slice(0, 2), `${key}.json`);
      if (fs.existsSync(cached)) {
        stats.cached++;
        return JSON.parse(fs.readFileSync(cached, 'utf8')) as CompiledModule;
      }
      stats.compiled++;
      const { code, map, warnings } = transformSync(source, file, options);
      const result = { code, map, warnings: (warnings ?? []).map(({ message }) => message) };
      writeWhole(cached, JSON.stringify(result));
      return result;
    },
  };
}

/** Two builds may write the same entry, and either may be killed: a reader sees a whole file or none. */
function writeWhole(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  fs.writeFileSync(half, content);
  fs.renameSync(half, file);
}

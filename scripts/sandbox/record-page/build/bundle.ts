import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { readRegistry, registryModule } from '../metadata/registry.ts';
import { buildOnce } from '../../built-once.ts';
import { folderOfPage } from './built-page.ts';
import { lwcPlugin } from './lwc-plugin.ts';
import { createModuleCompiler } from './module-compiler.ts';
import { createModuleResolver } from './module-resolver.ts';

export interface BundleOptions {
  /** Package directories as in sfdx-project.json, absolute. */
  packageDirs: string[];
  /** Folder for the compile cache and the bundle. */
  cacheDir: string;
  log?: (line: string) => void;
}

export interface Bundle {
  /** Folder with `synthetic-shadow.js`, `main.js` and its chunks. */
  dir: string;
  /** Files compiled, and files whose compiled form was found; both 0 for a page that was built before. */
  stats: { cached: number; compiled: number };
}

const RECORD_PAGE = path.resolve(import.meta.dirname, '..');

/**
 * Bundles the page with the package's own components. Synthetic shadow becomes a classic script of its own, because it must run
 * before the engine and code splitting would reorder an import. What was built from the same files is used again.
 * Throws with `file:line: message` lines when something does not compile.
 */
export async function bundlePage({ packageDirs, cacheDir, log = () => {} }: BundleOptions): Promise<Bundle> {
  const folder = folderOfPage(packageDirs, cacheDir);
  let stats = { cached: 0, compiled: 0 };
  await buildOnce(folder, async (dir) => {
    stats = await buildPage(dir, { packageDirs, cacheDir, log });
  });
  return { dir: folder, stats };
}

async function buildPage(dir: string, { packageDirs, cacheDir, log = () => {} }: BundleOptions): Promise<Bundle['stats']> {
  const started = performance.now();
  const resolver = createModuleResolver(packageDirs, path.join(RECORD_PAGE, 'modules'));
  const compiler = createModuleCompiler(resolver, path.join(cacheDir, 'lwc'));
  const registry = readRegistry(packageDirs);
  fs.mkdirSync(dir, { recursive: true });
  const settings: esbuild.BuildOptions = {
    bundle: true,
    target: 'es2022',
    logLevel: 'silent',
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': '"development"', // the engine's checks of our components stay on
      'process.env.SKIP_LWC_VERSION_MISMATCH_CHECK': 'false',
      'import.meta.env.SSR': 'false',
    },
  };
  const require = createRequire(import.meta.url);
  const plugins = [lwcPlugin({ resolver, compiler, labels: registry.labels, registrySource: registryModule(registry) })];
  const result = await Promise.all([
    esbuild.build({
      ...settings,
      entryPoints: [require.resolve('@lwc/synthetic-shadow')],
      format: 'iife',
      outfile: path.join(dir, 'synthetic-shadow.js'),
    }),
    esbuild.build({
      ...settings,
      entryPoints: { main: path.join(RECORD_PAGE, 'modules/sandbox/main/main.js') },
      outdir: dir,
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      sourcemap: 'linked',
      plugins,
    }),
  ]).catch((error: esbuild.BuildFailure) => {
    throw new Error(`The record page does not build:\n${(error.errors ?? []).map(lineOf).join('\n') || error.message}`);
  });
  for (const warning of result[1].warnings) log(`warning: ${lineOf(warning)}`);
  log(
    `Bundled the record page in ${Math.round(performance.now() - started)} ms (${compiler.stats.compiled} compiled, ${compiler.stats.cached} from cache)`,
  );
  return compiler.stats;
}

function lineOf({ text, location }: esbuild.Message): string {
  return location ? `${location.file}:${location.line}: ${text}` : text;
}

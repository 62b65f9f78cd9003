import fs from 'node:fs';
import path from 'node:path';
import type { OnLoadResult, Plugin } from 'esbuild';
import type { ModuleCompiler } from './module-compiler.ts';
import { EMPTY, type ModuleResolver } from './module-resolver.ts';
import { platformModule, type PlatformSources } from './platform-modules.ts';

interface LwcPluginOptions extends PlatformSources {
  resolver: ModuleResolver;
  compiler: ModuleCompiler;
  /** Source of `@sandbox/registry`: the pages, actions and lists the package ships. */
  registrySource: string;
}

/** esbuild plugin: resolves as the platform does and compiles with the LWC compiler. What it cannot resolve is a build error. */
export function lwcPlugin({ resolver, compiler, labels, registrySource }: LwcPluginOptions): Plugin {
  const virtual = (id: string) =>
    id === '@sandbox/registry' ? registrySource : id.startsWith('@salesforce/') ? platformModule(id, { labels }) : undefined;
  return {
    name: 'lwc',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: id, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        try {
          if (virtual(id) !== undefined) return { path: id, namespace: 'platform' };
        } catch (error) {
          return { errors: [{ text: (error as Error).message, location: whereNamed(id, importer) }] };
        }
        const hit = resolver.resolve(id, importer);
        if (hit === EMPTY) return { path: EMPTY, namespace: 'platform' };
        if (!hit)
          return {
            errors: [{ text: `Cannot resolve "${id}": neither the package nor the sandbox has it.`, location: whereNamed(id, importer) }],
          };
        const [file = '', query] = hit.split('?');
        return { path: file, suffix: query ? `?${query}` : '' };
      });
      build.onLoad({ filter: /.*/, namespace: 'platform' }, ({ path: id }) => ({
        contents: id === EMPTY ? 'export default undefined;' : (virtual(id) ?? ''),
        resolveDir: import.meta.dirname,
      }));
      build.onLoad({ filter: /\.(js|html|css)$/ }, ({ path: file, suffix }) => load(file, suffix.slice(1), compiler));
    },
  };
}

async function load(file: string, query: string, compiler: ModuleCompiler): Promise<OnLoadResult> {
  const source = await fs.promises.readFile(file, 'utf8');
  const ours = !file.includes('node_modules');
  try {
    const compiled = compiler.compile(file, query, source);
    if (!compiled) return { contents: source, loader: 'js', resolveDir: path.dirname(file) };
    // Only what a person may want to step through gets a source map: those of the base components would double the bundle.
    const map =
      ours && compiled.map
        ? `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(compiled.map)).toString('base64')}`
        : '';
    const warnings = ours ? compiled.warnings.map((text) => ({ text, location: { file, line: 1 } })) : [];
    return { contents: compiled.code + map, loader: 'js', resolveDir: path.dirname(file), warnings };
  } catch (error) {
    const { message, location } = error as Error & { location?: { line?: number; column?: number } };
    return { errors: [{ text: message, location: { file, line: location?.line ?? 1, column: location?.column ?? 0 } }] };
  }
}

/** The line a person wrote: esbuild would name the line of the compiled module. In a template a module goes by its tag. */
function whereNamed(id: string, importer: string) {
  const tag = `<${id.replace('/', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const lines = fs.readFileSync(importer.split('?')[0] ?? importer, 'utf8').split('\n');
  return { file: path.relative('.', importer), line: lines.findIndex((text) => text.includes(id) || text.includes(tag)) + 1 || 1 };
}

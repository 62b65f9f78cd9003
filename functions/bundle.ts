// The functions as they are deployed: `main.mjs` and `worker.mjs` with all they need, beside their migrations, so that a dyno boots
// from a few files instead of nearly three thousand. `node functions/bundle.ts [folder]`
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
const MIGRATIONS = path.join(HERE, 'src/adapters/postgres/migrations');

/** Asked for by DBOS when traces are exported, and by pg for its native driver: none of them is installed. */
const NOT_INSTALLED = [
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/exporter-logs-otlp-proto',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-trace-base',
  'pg-native',
];

/** What CommonJS packages expect to find around them. */
const COMMONJS = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

async function bundleFunctions(folder: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: ['main', 'worker'].map((entry) => path.join(HERE, `src/${entry}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Not minified, with names: a stack in a log can be read.
    keepNames: true,
    banner: { js: COMMONJS },
    external: NOT_INSTALLED,
    logLevel: 'warning',
  });
  fs.cpSync(MIGRATIONS, path.join(folder, 'migrations'), { recursive: true });
}

await bundleFunctions(path.resolve(process.argv[2] ?? path.join(HERE, 'dist')));

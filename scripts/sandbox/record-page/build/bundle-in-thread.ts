import { Worker } from 'node:worker_threads';
import { isBuilt } from '../../built-once.ts';
import { folderOfPage } from './built-page.ts';
import type { Bundle, BundleOptions } from './bundle.ts';

/** {@link bundlePage} in a thread of its own, without one when the page is built already; rejects with the same error. */
export async function bundleInThread({ packageDirs, cacheDir, log = () => {} }: BundleOptions): Promise<Bundle> {
  const folder = folderOfPage(packageDirs, cacheDir);
  if (isBuilt(folder)) return { dir: folder, stats: { cached: 0, compiled: 0 } };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bundle-worker.ts', import.meta.url), { workerData: { packageDirs, cacheDir } });
    worker.on('message', ({ line, bundle }: { line?: string; bundle?: Bundle }) => {
      if (line) log(line);
      if (bundle) {
        resolve(bundle);
        void worker.terminate();
      }
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The bundler stopped with code ${code}.`)));
  });
}

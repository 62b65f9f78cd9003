import { parentPort, workerData } from 'node:worker_threads';
import { bundlePage, type BundleOptions } from './bundle.ts';

// The LWC compiler is synchronous: in a thread of its own it does not hold up the rest of the sandbox's start.
const options = workerData as Pick<BundleOptions, 'packageDirs' | 'cacheDir'>;
const bundle = await bundlePage({ ...options, log: (line) => parentPort?.postMessage({ line }) });
parentPort?.postMessage({ bundle });

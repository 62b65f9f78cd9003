import { createRequire } from 'node:module';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { bundleInThread } from './build/bundle-in-thread.ts';
import { addControl, addSnapshotControl, type PageControl } from './server/control.ts';
import { addDocument, type CspReport } from './server/document.ts';
import { addForwarding } from './server/forward.ts';
import { refuseForeign } from './server/origin.ts';
import { addSandboxPages, type SandboxControls } from './server/sandbox-pages.ts';
import { addSession } from './server/session.ts';
import { addFiles } from './server/static.ts';

export type { PageControl } from './server/control.ts';
export type { SandboxControls } from './server/sandbox-pages.ts';
export type { CspReport } from './server/document.ts';

export interface PageOptions {
  port: number;
  host?: string;
  /** Address of the local org. */
  orgBaseUrl: string;
  /** Access token by user key (`rep`, `admin`, …); the page opens as `rep`. */
  sessions: Record<string, string>;
  /** Package directories with the user interface, absolute. */
  packageDirs: string[];
  /** Compiled components and the bundle are kept here. */
  cacheDir: string;
  control: PageControl;
  /** The pages of faults, clock and snapshots; without them they are not served. */
  controls?: SandboxControls;
  /** Pages of the stand-ins, linked from the sandbox's strip. */
  links: { label: string; url: string }[];
  log?: (line: string) => void;
}

export interface RunningPage {
  url: string;
  /** Content security violations browsers have reported since the start. */
  cspReports(): CspReport[];
  stop(): Promise<void>;
}

/**
 * Serves the page that looks like Lightning Experience and renders the package's own components; forwards REST, Apex and events to
 * the org as the chosen user. Rejects when the components do not build (with file and line) or the port is taken.
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const { host = '127.0.0.1', log = () => {} } = options;
  const bundle = await bundleInThread({ packageDirs: options.packageDirs, cacheDir: options.cacheDir, log });
  const app: FastifyInstance = fastify({ bodyLimit: 10 * 1024 * 1024, forceCloseConnections: true });
  refuseForeign(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body)); // forwarded as it came
  const session = addSession(app, options.sessions);
  addFiles(app, '/app/', bundle.dir);
  addFiles(app, '/page/', path.join(import.meta.dirname, 'page'));
  addFiles(
    app,
    '/assets/',
    path.join(path.dirname(createRequire(import.meta.url).resolve('@salesforce-ux/design-system/package.json')), 'assets'),
  );
  addControl(app, options.control, options.links);
  if (options.controls) {
    addSandboxPages(app, options.controls);
    addSnapshotControl(app, options.controls);
  }
  const reports = addDocument(app);
  addForwarding(app, options.orgBaseUrl, session.tokenOf);
  await app.listen({ port: options.port, host });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return { url: `http://${host}:${port}`, cspReports: () => [...reports], stop: () => app.close() };
}

import fs from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** What bears a hash of its contents in its name is never asked for again. */
const NAMED_BY_CONTENTS = /\/chunks\/.+-[0-9A-Z]{8}\.js(\.map)?$/;

/** Serves the files of `dir` below `prefix`, with validators so that a reload asks but does not load again. */
export function addFiles(app: FastifyInstance, prefix: string, dir: string): void {
  app.get<{ Params: { '*': string } }>(`${prefix}*`, async (request, reply) => {
    const file = path.join(dir, path.normalize(`/${request.params['*']}`));
    const type = TYPES[path.extname(file)];
    const stat = type ? await fs.promises.stat(file).catch(() => undefined) : undefined;
    if (!stat?.isFile()) return reply.code(404).send({ message: 'There is no such file.' });
    const tag = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`;
    void reply.headers({
      etag: tag,
      'cache-control': NAMED_BY_CONTENTS.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type(type ?? '').send(fs.createReadStream(file));
  });
}

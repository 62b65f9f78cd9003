import type { FastifyInstance } from 'fastify';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Other web sites must not steer the sandbox: refuses names that only resolve to loopback, and writes from another origin. */
export function refuseForeign(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    const foreign = !LOOPBACK.test(host) || (request.method !== 'GET' && origin !== undefined && origin !== `http://${host}`);
    if (foreign)
      await reply
        .code(403)
        .send([
          { errorCode: 'FOREIGN_ORIGIN', message: 'The sandbox answers its own page only. Open it at the address npm start printed.' },
        ]);
  });
}

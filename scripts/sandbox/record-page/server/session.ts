import type { FastifyInstance, FastifyRequest } from 'fastify';

const COOKIE = 'sandbox_user';
const FIRST_USER = 'rep';

/** Who the browser is logged in as: a cookie holds the user's key, the tokens stay here. `POST /sandbox/login {user}` changes it. */
export function addSession(
  app: FastifyInstance,
  sessions: Record<string, string>,
): { tokenOf(request: FastifyRequest): string | undefined } {
  app.post('/sandbox/login', async (request, reply) => {
    const { user } = readJson(request.body) as { user?: string };
    if (!user || !Object.hasOwn(sessions, user)) {
      return reply
        .code(400)
        .send({ message: `There is no user ${user}; choose one of ${Object.keys(sessions).join(', ')}.`, errorCode: 'UNKNOWN_USER' });
    }
    return reply.header('set-cookie', `${COOKIE}=${user}; Path=/; HttpOnly; SameSite=Strict`).send({ user });
  });
  return {
    tokenOf(request) {
      const key = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1] ?? FIRST_USER;
      return Object.hasOwn(sessions, key) ? sessions[key] : sessions[FIRST_USER];
    },
  };
}

/** Body of a request as JSON; an empty object when it is none. */
export function readJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return {};
  }
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SandboxControls } from './sandbox-pages.ts';
import { readJson } from './session.ts';

/** What the sandbox's strip can do; `startSandbox` supplies it. */
export interface PageControl {
  /** Runs a scheduled flow of the package now; what it returns is shown to the person when it has a `message`. */
  runFlow(name: string): Promise<unknown>;
  /** Moves the one clock and runs what became due. */
  advanceClock(ms: number): Promise<unknown>;
  /** `now` in ms since the epoch, and further facts for the strip. */
  state(): { now: number } | Promise<{ now: number }>;
  /** Flows offered as buttons. */
  flows?: { name: string; label: string }[];
}

const NIGHTLY_SYNC = [{ name: 'Trueup_Nightly_Sync', label: 'Run the nightly sync' }];
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

/** `GET /sandbox/control/state`, `POST /sandbox/control/run-flow {name}`, `POST /sandbox/control/advance-clock {ms}`. */
export function addControl(app: FastifyInstance, control: PageControl, links: { label: string; url: string }[]): void {
  const flows = control.flows ?? NIGHTLY_SYNC;
  app.get('/sandbox/control/state', async () => ({ ...(await control.state()), links, flows }));
  app.post('/sandbox/control/run-flow', async (request, reply) => {
    const { name } = readJson(request.body) as { name?: string };
    const flow = flows.find((one) => one.name === name);
    if (!flow) return refuse(reply, `There is no flow ${name} to run.`);
    return attempt(reply, () => control.runFlow(flow.name));
  });
  app.post('/sandbox/control/advance-clock', async (request, reply) => {
    const { ms } = readJson(request.body) as { ms?: unknown };
    if (typeof ms !== 'number' || !(ms > 0 && ms <= YEAR_MS))
      return refuse(reply, 'The clock moves forward only, by at most a year at a time.');
    return attempt(reply, () => control.advanceClock(ms));
  });
}

/**
 * `GET|POST /sandbox/control/snapshots {name}`, `POST /sandbox/control/restore {name}`, `DELETE /sandbox/control/snapshots/:name`,
 * `POST /sandbox/control/skew {name, ms}`.
 */
export function addSnapshotControl(app: FastifyInstance, { snapshots, clock }: Pick<SandboxControls, 'snapshots' | 'clock'>): void {
  const named = (body: unknown) => String((readJson(body) as { name?: unknown }).name ?? '');
  app.get('/sandbox/control/snapshots', () => ({ data: snapshots.list() }));
  app.post('/sandbox/control/snapshots', (request, reply) => attempt(reply, async () => snapshots.take(named(request.body))));
  app.post('/sandbox/control/restore', (request, reply) => attempt(reply, async () => snapshots.restore(named(request.body))));
  app.delete<{ Params: { name: string } }>('/sandbox/control/snapshots/:name', (request, reply) =>
    attempt(reply, async () => snapshots.remove(request.params.name)),
  );
  app.post('/sandbox/control/skew', (request, reply) => {
    const { name, ms } = readJson(request.body) as { name?: string; ms?: unknown };
    const found = clock.skews().find((one) => one.name === name);
    if (!found || typeof ms !== 'number')
      return refuse(
        reply,
        `Name one of ${clock
          .skews()
          .map((one) => one.name)
          .join(', ')}, and ms.`,
      );
    return attempt(reply, async () => clock.skew(found.name, ms));
  });
}

async function attempt(reply: FastifyReply, action: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await action()) ?? {};
  } catch (error) {
    return reply.code(500).send({ errorCode: 'CONTROL_FAILED', message: error instanceof Error ? error.message : String(error) });
  }
}

const refuse = (reply: FastifyReply, message: string) => reply.code(400).send({ errorCode: 'CONTROL_REFUSED', message });

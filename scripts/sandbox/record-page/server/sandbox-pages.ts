import type { FastifyInstance, FastifyReply } from 'fastify';
import { addFaultsPage, html, readForm, renderPage, sendPage, table } from '../../emulators/core/index.ts';
import type { Content, FaultEntry, FaultPlan, Html } from '../../emulators/core/index.ts';
import { PAGE_STYLES } from '../../emulators/core/page-styles.ts';

/** What the pages of the whole sandbox show and do; `startSandbox` supplies it. */
export interface SandboxControls {
  faults: FaultPlan;
  catalogue: FaultEntry[];
  clock: {
    now(): number;
    advance(ms: number): Promise<unknown>;
    /** How far each stand-in's clock is ahead of the sandbox's, by name. */
    skews(): { name: string; label: string; skewMs: number }[];
    skew(name: string, ms: number): void;
  };
  snapshots: {
    list(): { name: string; takenAt: number; now: number }[];
    take(name: string): Promise<unknown>;
    restore(name: string): Promise<unknown>;
    remove(name: string): Promise<unknown>;
  };
}

const FRAME = {
  product: 'Sandbox',
  nav: [
    { href: '/sandbox/faults', label: 'Faults' },
    { href: '/sandbox/clock', label: 'Clock' },
    { href: '/sandbox/snapshots', label: 'Snapshots' },
    { href: '/lightning/page/home', label: 'Back to the app' },
  ],
};
const MINUTE_MS = 60_000;
const UNITS: Record<string, number> = { minutes: MINUTE_MS, hours: 60 * MINUTE_MS, days: 1440 * MINUTE_MS };
const LONGEST_MS = 366 * 1440 * MINUTE_MS;
const LARGEST_SKEW_MIN = 60;

/** `/sandbox/faults`, `/sandbox/clock` and `/sandbox/snapshots`: pages without scripts, whose forms answer by a redirect back. */
export function addSandboxPages(app: FastifyInstance, { faults, catalogue, clock, snapshots }: SandboxControls): void {
  app.get('/sandbox/page.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(PAGE_STYLES),
  );
  addFaultsPage(app, { faults, catalogue, frame: FRAME });
  const show = (path: string, title: string, body: () => Html) =>
    app.get<{ Querystring: { said?: string } }>(path, (request, reply) =>
      sendPage(
        reply,
        renderPage({
          ...FRAME,
          title,
          current: path,
          body: html`<p role="status" class="said">${request.query.said ?? ''}</p>
            ${body()}`,
        }),
      ),
    );
  /** A form: what the action says, also when it fails, is shown on the page it came from. */
  const form = (page: string, path: string, action: (fields: Record<string, string>) => Promise<string> | string) =>
    app.post(path, async (request, reply: FastifyReply) => {
      const said = await Promise.resolve()
        .then(() => action(readForm(request.body)))
        .catch((error: Error & { whatToDo?: string }) => [error.message, error.whatToDo].filter(Boolean).join(' '));
      return reply.redirect(`${page}?said=${encodeURIComponent(said)}`, 303);
    });

  show('/sandbox/clock', 'Clock', () => clockBody(clock));
  form('/sandbox/clock', '/sandbox/clock/advance', async ({ count, unit }) => {
    const ms = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
    if (!(ms > 0 && ms <= LONGEST_MS)) return 'The clock moves forward only, by at most a year at a time.';
    await clock.advance(ms);
    return `The clock moved forward (${unit}: ${count}). What came due has run.`;
  });
  form('/sandbox/clock', '/sandbox/clock/skew', ({ name, minutes }) => {
    const value = Number(minutes);
    const found = clock.skews().find((one) => one.name === name);
    if (!found || !(Math.abs(value) <= LARGEST_SKEW_MIN)) return `A clock is off by at most ${LARGEST_SKEW_MIN} minutes.`;
    clock.skew(found.name, value * MINUTE_MS);
    return value === 0 ? `The clock of ${found.label} is right again.` : `The clock of ${found.label} is off by ${value} minutes.`;
  });

  show('/sandbox/snapshots', 'Snapshots', () => snapshotsBody(snapshots.list()));
  form('/sandbox/snapshots', '/sandbox/snapshots/take', async ({ name = '' }) => {
    await snapshots.take(name);
    return `Taken: ${name}.`;
  });
  form('/sandbox/snapshots', '/sandbox/snapshots/restore', async ({ name = '' }) => {
    await snapshots.restore(name);
    return `Everything is as it was in ${name}. Reload the pages that are open.`;
  });
  form('/sandbox/snapshots', '/sandbox/snapshots/remove', async ({ name = '' }) => {
    await snapshots.remove(name);
    return `Deleted: ${name}.`;
  });
}

const time = (ms: number): string => `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

function clockBody(clock: SandboxControls['clock']): Html {
  return html`<section class="card" aria-labelledby="now">
      <h2 id="now">${time(clock.now())}</h2>
      <p>
        One clock for org, Stripe, QuickBooks and the functions. Moving it runs what falls due on the way, each thing at its own moment;
        then the functions start anew, which takes a few seconds.
      </p>
      <form method="post" action="/sandbox/clock/advance" class="inline">
        <label>Forward by <input name="count" type="number" min="1" max="366" value="1" required /></label>
        <label
          >Unit
          <select name="unit">
            ${Object.keys(UNITS).map((unit) => html`<option ${unit === 'days' ? SELECTED : ''}>${unit}</option>`)}
          </select></label
        >
        <button class="brand">Move the clock</button>
      </form>
      <p class="note">
        It cannot go back, for what has happened cannot be undone one by one: restore a <a href="/sandbox/snapshots">snapshot</a>, which
        brings its own time.
      </p>
    </section>
    <h2>Clocks that are off</h2>
    <p>A system whose clock differs from the others’, as real ones do: signatures, created times, tokens and change lists follow it.</p>
    ${table(
      'Clocks',
      ['System', 'Its time', 'Minutes ahead (below zero: behind)', 'Action'],
      clock.skews().map(({ name, label, skewMs }): Content[] => [
        label,
        time(clock.now() + skewMs),
        html`<input
          form="skew-${name}"
          name="minutes"
          type="number"
          min="-${LARGEST_SKEW_MIN}"
          max="${LARGEST_SKEW_MIN}"
          step="1"
          required
          value="${skewMs / MINUTE_MS}"
          aria-label="Minutes ahead, ${label}"
        />`,
        html`<form id="skew-${name}" method="post" action="/sandbox/clock/skew">
          <input type="hidden" name="name" value="${name}" />
          <button aria-label="Set the clock of ${label}">Set</button>
        </form>`,
      ]),
    )}`;
}

const SELECTED: Html = { markup: 'selected' };

function snapshotsBody(list: ReturnType<SandboxControls['snapshots']['list']>): Html {
  const action = (verb: string, path: string, name: string) =>
    html`<form method="post" action="/sandbox/snapshots/${path}">
      <input type="hidden" name="name" value="${name}" />
      <button aria-label="${verb} ${name}">${verb}</button>
    </form>`;
  return html`<section class="card" aria-labelledby="take">
      <h2 id="take">Take a snapshot</h2>
      <p>
        Of everything: org, Stripe, QuickBooks, the functions’ database and the clock. The functions stop for it and start again; it takes a
        few seconds.
      </p>
      <form method="post" action="/sandbox/snapshots/take" class="inline">
        <label
          >Name
          <input
            name="name"
            required
            maxlength="40"
            pattern="[a-z0-9][a-z0-9\\-]*"
            title="Small letters, digits and hyphens"
            placeholder="before-the-payment"
            class="wide"
        /></label>
        <button class="brand">Take it</button>
      </form>
    </section>
    ${table(
      'Snapshots',
      ['Name', 'Taken', 'Clock in it', 'Put everything back', 'Forget it'],
      list.map(({ name, takenAt, now }): Content[] => [
        html`<span class="title">${name}</span>`,
        time(takenAt),
        time(now),
        action('Restore', 'restore', name),
        action('Delete', 'remove', name),
      ]),
      'No snapshot was taken yet.',
    )}`;
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FaultEntry } from './fault-catalogue.ts';
import type { ActiveRule, FaultPlan, FiredFault } from './faults.ts';
import { sendPage } from './http.ts';
import { badge, html, renderPage, table } from './page.ts';
import type { Content, Html } from './page.ts';

/** Name and navigation of the pages this one stands among. */
export interface Frame {
  product: string;
  nav: { href: string; label: string }[];
}

export interface FaultsPageOptions {
  faults: FaultPlan;
  catalogue: FaultEntry[];
  frame: Frame;
}

const PATH = '/sandbox/faults';
const LARGEST_COUNT = 1_000;
const SHOWN = 25;

/** A page that lists every fault, switches rules on and off and shows what has happened. Its forms go to `/sandbox/faults/…`. */
export function addFaultsPage(app: FastifyInstance, { faults, catalogue, frame }: FaultsPageOptions): void {
  const back = (reply: FastifyReply, said: string) => reply.redirect(`${PATH}?said=${encodeURIComponent(said)}`, 303);
  app.get<{ Querystring: { said?: string } }>(PATH, (request, reply) =>
    sendPage(reply, renderPage({ ...frame, title: 'Faults', current: PATH, body: body(faults, catalogue, request.query.said) })),
  );
  app.post(`${PATH}/on`, (request, reply) => {
    const form = readForm(request.body);
    const entry = catalogue.find(({ id }) => id === form['entry']);
    if (!entry) return back(reply, 'There is no such fault.');
    const times = form['times'] ? Number(form['times']) : undefined;
    const probability = form['probability'] ? Number(form['probability']) : 1;
    if (times !== undefined && !(Number.isInteger(times) && times > 0 && times <= LARGEST_COUNT))
      return back(reply, `Times is a whole number from 1 to ${LARGEST_COUNT}, or empty for always.`);
    if (!(probability > 0 && probability <= 1)) return back(reply, 'The probability is a number above 0, at most 1.');
    faults.add({
      label: `${entry.system}: ${entry.title}`,
      point: entry.rule.point,
      match: { ...entry.rule.match, ...(form['narrow'] ? { [entry.narrow.key]: form['narrow'] } : {}) },
      fault: entry.rule.fault,
      ...(times === undefined ? {} : { times }),
      ...(probability === 1 ? {} : { probability }),
    });
    return back(reply, `Switched on: ${entry.system}, ${entry.title}.`);
  });
  app.post(`${PATH}/off`, (request, reply) => {
    const { rule } = readForm(request.body);
    if (rule) faults.remove(rule);
    else faults.clear();
    return back(reply, rule ? 'Switched off.' : 'All faults are switched off.');
  });
  app.post(`${PATH}/seed`, (request, reply) => {
    const seed = Number(readForm(request.body)['seed']);
    if (!Number.isInteger(seed) || seed < 0) return back(reply, 'The seed is a whole number.');
    faults.reseed(seed);
    return back(reply, `Every rule draws anew from seed ${seed}.`);
  });
}

/** The fields of a posted form, which comes as text or, where bodies are forwarded, as bytes. */
export function readForm(body: unknown): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(String(body ?? ''))].map(([name, value]) => [name, value.trim()]));
}

function body(faults: FaultPlan, catalogue: FaultEntry[], said: string | undefined): Html {
  const systems = [...new Set(catalogue.map(({ system }) => system))];
  const rules = faults.list();
  return html`<p>
      What goes wrong in real life, on demand. Each rule draws from one seed, so the same seed and the same calls give the same faults.
    </p>
    <p role="status" class="said">${said ?? ''}</p>
    <h2 id="rules">In force</h2>
    ${rulesTable(rules)}
    <div class="actions">
      <form method="post" action="${PATH}/off"><button ${rules.length ? '' : DISABLED}>Switch all off</button></form>
      <form method="post" action="${PATH}/seed" class="inline">
        <label>Seed <input name="seed" type="number" min="0" step="1" required value="${faults.seed()}" /></label>
        <button>Draw anew</button>
      </form>
    </div>
    <h2 id="log">What has happened</h2>
    ${logTable(faults.log())}
    <p><a href="${PATH}#log">Look again</a></p>
    ${systems.map((system) =>
      section(
        system,
        catalogue.filter((entry) => entry.system === system),
        rules,
      ),
    )} `;
}

const DISABLED: Html = { markup: 'disabled' };

const contextOf = (context: Record<string, string> | undefined): string =>
  Object.entries(context ?? {})
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');

function rulesTable(rules: ActiveRule[]): Html {
  const rows = rules.map((rule): Content[] => [
    rule.label ?? rule.fault.kind,
    html`<code>${rule.point}</code>`,
    contextOf(rule.match) || 'any call',
    rule.times === undefined ? 'until switched off' : `${rule.times} more`,
    rule.probability ?? 1,
    rule.fired,
    html`<form method="post" action="${PATH}/off">
      <input type="hidden" name="rule" value="${rule.id}" />
      <button aria-label="Switch off ${rule.label ?? rule.fault.kind}">Switch off</button>
    </form>`,
  ]);
  return table(
    'Rules in force',
    ['Fault', 'Point', 'Only where', 'Fires', 'Probability', 'Fired', 'Action'],
    rows,
    'No fault is switched on.',
  );
}

function section(system: string, entries: FaultEntry[], rules: ActiveRule[]): Html {
  const rows = entries.map((entry): Content[] => {
    const name = `${system}: ${entry.title}`;
    const active = rules.filter(({ label }) => label === name).length;
    const field = (label: string, attributes: Html) => html`<input aria-label="${label}, ${name}" form="${entry.id}" ${attributes} />`;
    return [
      html`<span class="title">${entry.title}</span> ${active ? badge('on', 'bad') : ''}
        <div class="note">${entry.effect} <code>${entry.rule.point}</code></div>`,
      field('Only where', html`name="narrow" class="wide" placeholder="${entry.narrow.key}, such as ${entry.narrow.example}"`),
      field(
        'Times',
        html`name="times" type="number" min="1" max="${LARGEST_COUNT}" placeholder="always" value="${entry.usual === 'once' ? 1 : ''}"`,
      ),
      field('Probability', html`name="probability" type="number" min="0.01" max="1" step="0.01" value="1"`),
      html`<form id="${entry.id}" method="post" action="${PATH}/on">
        <input type="hidden" name="entry" value="${entry.id}" />
        <button class="brand" aria-label="Switch on ${name}">Switch on</button>
      </form>`,
    ];
  });
  return html`<h2>${system}</h2>
    <div class="faults">
      ${table(`Faults of ${system}`, ['Fault', 'Only where', 'Times (empty: always)', 'Probability', 'Action'], rows)}
    </div>`;
}

function logTable(log: FiredFault[]): Html {
  const rows = log
    .slice(0, SHOWN)
    .map((fired): Content[] => [
      new Date(fired.at).toISOString().replace('T', ' ').slice(0, 19),
      fired.label ?? fired.fault.kind,
      html`<code>${fired.point}</code>`,
      contextOf(fired.context),
    ]);
  return table(
    `Faults that happened, newest first, at most ${SHOWN}`,
    ['Time (UTC)', 'Fault', 'Point', 'What was hit'],
    rows,
    'No fault has happened yet.',
  );
}

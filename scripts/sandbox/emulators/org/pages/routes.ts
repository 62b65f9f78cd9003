import type { FastifyInstance } from 'fastify';
import type { Coverage } from '../../core/coverage.ts';
import { details, html, link, renderPage, sendPage, table } from '../../core/index.ts';
import type { Content } from '../../core/index.ts';
import type { OrgCore } from '../dml/work.ts';
import { outRow } from '../formatters.ts';
import type { OrgObject } from '../schema/model.ts';
import { quote } from '../store.ts';

const NAV = [
  { href: '/sandbox', label: 'Objects' },
  { href: '/sandbox/people', label: 'People' },
  { href: '/sandbox/coverage', label: 'Coverage' },
  { href: '/sandbox/faults', label: 'Faults' },
];
/** Header and navigation of every page of the org. */
export const FRAME = { product: 'Local org', nav: NAV };
const SHOWN_ROWS = 200;
const SHOWN_COLUMNS = 8;

/** Read-only pages of what the org holds: every object, record and right. */
export function addPages(app: FastifyInstance, core: OrgCore, coverage: Coverage): void {
  const stored = (): OrgObject[] => core.schema.objects().filter((object) => object.kind !== 'event' && object.name !== 'UserRecordAccess');
  app.get('/sandbox', (_request, reply) => {
    const rows = stored().map((object) => [
      link(`/sandbox/objects/${object.name}`, object.name),
      object.label,
      object.keyPrefix,
      object.sharingModel,
      String(core.store.prepare(`SELECT count(*) AS n FROM ${quote(object.name)}`).get()?.['n'] ?? 0),
    ]);
    return sendPage(
      reply,
      renderPage({
        ...FRAME,
        title: 'Objects',
        current: '/sandbox',
        body: table('Objects', ['API name', 'Label', 'Prefix', 'Sharing', 'Records'], rows),
      }),
    );
  });
  app.get<{ Params: { object: string } }>('/sandbox/objects/:object', (request, reply) => {
    const object = core.schema.object(request.params.object);
    if (!object || !stored().includes(object)) return reply.code(404).send('There is no such object.');
    const columns = listColumns(object);
    const order = object.fields.has('createddate') ? 'ORDER BY "CreatedDate" DESC' : '';
    const rows = core.store.prepare(`SELECT * FROM ${quote(object.name)} ${order} LIMIT ${String(SHOWN_ROWS)}`).all();
    const cells = rows.map((row) => [
      link(`/sandbox/records/${String(row['Id'])}`, String(row['Id'])),
      ...columns.map((name) => shown(row[name])),
    ]);
    return sendPage(
      reply,
      renderPage({
        ...FRAME,
        title: object.labelPlural,
        current: '/sandbox',
        body: table(`${object.labelPlural}, at most ${String(SHOWN_ROWS)}`, ['Id', ...columns], cells),
      }),
    );
  });
  app.get<{ Params: { id: string } }>('/sandbox/records/:id', (request, reply) => {
    const object = core.schema.byKeyPrefix(request.params.id.slice(0, 3));
    const row = object && stored().includes(object) ? core.store.get(object, request.params.id) : undefined;
    if (!object || !row) return reply.code(404).send('There is no such record.');
    const values = Object.entries(outRow(object, row)).map(([name, value]): [string, Content] => [name, shown(value)]);
    return sendPage(
      reply,
      renderPage({ ...FRAME, title: `${object.label} ${request.params.id}`, current: '/sandbox', body: details(values) }),
    );
  });
  app.get('/sandbox/people', (_request, reply) => {
    const people = core.store
      .prepare('SELECT u."Id", u."Name", u."Username", p."Name" AS profile FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId"')
      .all();
    const rows = people.map((person) => [
      link(`/sandbox/records/${String(person['Id'])}`, String(person['Name'])),
      String(person['Username']),
      String(person['profile']),
      core.book
        .of(String(person['Id']))
        .grants.map((grant) => grant.label)
        .join(', '),
    ]);
    return sendPage(
      reply,
      renderPage({
        ...FRAME,
        title: 'People',
        current: '/sandbox/people',
        body: html`<p>Who may do what comes from the profile and the package's permission sets.</p>
          ${table('People', ['Name', 'Username', 'Profile', 'Permission sets'], rows)}`,
      }),
    );
  });
  app.get('/sandbox/coverage', (request, reply) => {
    if (/json/.test(request.headers.accept ?? '')) return reply.send({ covered: coverage.rows(), refused: coverage.refusals() });
    return sendPage(reply, coverage.page(FRAME));
  });
}

function listColumns(object: OrgObject): string[] {
  const name = [...object.fields.values()].filter((field) => field.nameField).map((field) => field.name);
  const rest = [...object.fields.values()]
    .filter(
      (field) =>
        !['id', 'address', 'textarea'].includes(field.type) &&
        !field.name.startsWith('Is') &&
        !/^(?:Created|LastModified|System)/.test(field.name),
    )
    .map((field) => field.name);
  return [...new Set([...name, ...rest])].slice(0, SHOWN_COLUMNS);
}

const shown = (value: unknown): Content => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  return /^[A-Za-z0-9]{18}$/.test(text) ? link(`/sandbox/records/${text}`, text) : text;
};

import { nameFieldOf } from '../ui-api/record.ts';
import { findView, viewColumns, viewRecords } from '../ui-api/list-records.ts';
import type { SaveResult } from '../data.ts';
import { OrgFault, notImplemented } from '../errors.ts';
import type { Persona } from '../seed-people.ts';
import type { FlowSummary } from '../runtime.ts';
import { mayRun } from './actions.ts';
import { contextOf } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { objectFor } from './records.ts';

/** What the host of the record page needs beyond Salesforce's own API. Paths are below `/sandbox`. */
export interface SandboxPorts {
  users: Record<Persona, { id: string; username: string }>;
  flows(): FlowSummary[];
  runFlow(name: string): Promise<unknown>;
  advance(ms: number): Promise<void>;
  /** Links shown in the strip above the page. */
  links: { label: string; url: string }[];
}

function boot(request: ApiRequest, services: OrgServices, ports: SandboxPorts): ApiResponse {
  const { data, contents } = services;
  const { core } = data;
  const rights = core.book.of(request.userId);
  const row =
    core.store
      .prepare('SELECT u.*, p."Name" AS profile FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?')
      .get(request.userId) ?? {};
  const labelled = core.store.prepare('SELECT "Id", "Name", "Title" FROM "User"').all();
  const users = Object.entries(ports.users).map(([key, user]) => {
    const found = labelled.find((one) => one['Id'] === user.id);
    return { key, id: user.id, username: user.username, name: found?.['Name'] ?? key, title: found?.['Title'] ?? null };
  });
  const objects = data.schema
    .objects()
    .filter(
      (object) => object.kind !== 'event' && object.kind !== 'metadata' && !object.name.endsWith('Share') && rights.object(object).read,
    );
  const tabLabel = (tab: { label: string; object?: string }): string =>
    tab.object ? (data.schema.object(tab.object)?.labelPlural ?? tab.label) : tab.label;
  return {
    status: 200,
    body: {
      user: { Id: request.userId, username: row['Username'], name: row['Name'], isGuest: false, profile: row['profile'] },
      users,
      customPermission: [...rights.customPermissions],
      userPermission: [...rights.userPermissions],
      locale: 'en_US',
      currency: core.corporateCurrency,
      timeZone: services.timeZone,
      apps: contents.applications.filter((app) => rights.administrator || rights.grants.some((grant) => grant.applications.has(app.name))),
      tabs: contents.tabs.map((tab) => ({
        ...tab,
        label: tabLabel(tab),
        visible: rights.grants.some((grant) => ['Visible', 'Available'].includes(grant.tabs.get(tab.name) ?? '')),
      })),
      objects: objects.map((object) => ({
        apiName: object.name,
        label: object.label,
        labelPlural: object.labelPlural,
        keyPrefix: object.keyPrefix,
        icon: contents.tabs.find((tab) => tab.object === object.name)?.icon ?? null,
        listFields: object.listViews[0] ? viewColumns(object, object.listViews[0]) : object.compactLayout,
      })),
    },
  };
}

function list(request: ApiRequest, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, request.query.get('object') ?? '');
  const asked = request.query.get('view');
  const view = asked ? findView(object, asked) : object.listViews[0];
  if (asked && !view) throw new OrgFault(404, 'NOT_FOUND', `There is no list view ${asked} on ${object.name}`, { codeFirst: true });
  const fields = (request.query.get('fields') ?? '').split(',').filter(Boolean);
  const columns = view ? viewColumns(object, view) : [nameFieldOf(object)?.name ?? 'Id', ...object.compactLayout];
  const limit = Math.min(Number(request.query.get('limit') ?? 200), 2000);
  const records = viewRecords({ services, userId: request.userId }, object, view, [...columns, ...fields], limit);
  return {
    status: 200,
    body: {
      object: object.name,
      label: view?.label ?? object.labelPlural,
      views: object.listViews.map(({ name, label }) => ({ name, label })),
      columns,
      count: records.length,
      records,
    },
  };
}

/** An Aura-enabled method of the package, as the user; failures have the body that Lightning gives components. */
async function apex(request: ApiRequest, params: Record<string, string>, services: OrgServices): Promise<ApiResponse> {
  const runner = services.apex();
  if (!runner) throw notImplemented('Apex');
  const name = params['class'] ?? '';
  if (!mayRun(request, services, name))
    return {
      status: 403,
      body: {
        message: `You do not have access to the Apex class named '${name}'.`,
        exceptionType: 'System.NoAccessException',
        isUserDefinedException: false,
        stackTrace: '',
      },
    };
  try {
    return {
      status: 200,
      body:
        (await runner.invokeAura(name, params['method'] ?? '', (request.body ?? {}) as Record<string, unknown>, request.userId)) ?? null,
    };
  } catch (error) {
    const shape = (error as { body?: unknown }).body;
    if (typeof shape === 'object' && shape !== null && 'message' in shape) return { status: 500, body: shape };
    const { message, exceptionType, stackTrace } = error as { message?: string; exceptionType?: string; stackTrace?: string };
    return {
      status: 500,
      body: {
        message: message ?? 'Unknown error',
        exceptionType: exceptionType ?? 'System.HandledException',
        isUserDefinedException: false,
        stackTrace: stackTrace ?? '',
      },
    };
  }
}

/** Pages, regions and actions of the package for one object, for hosts that do not read metadata themselves. */
function page(request: ApiRequest, services: OrgServices): ApiResponse {
  const name = request.query.get('object') ?? '';
  const { contents } = services;
  const overridden = contents.applications.flatMap((app) => app.pageOverrides).find((one) => one.pageOrObject === name)?.page;
  return {
    status: 200,
    body: {
      object: name,
      page: contents.pages.find((one) => one.name === overridden) ?? null,
      quickActions: contents.quickActions.filter((one) => one.object === name),
      layout: contents.layouts.find((one) => one.object === name) ?? null,
    },
  };
}

/** Writes without rights or sharing, for seeding and for "edit by another user"; never part of Salesforce's API. */
function seed(request: ApiRequest, services: OrgServices): ApiResponse {
  const {
    records = [],
    operation = 'insert',
    externalIdField,
  } = (request.body ?? {}) as {
    records?: { attributes: { type: string } }[];
    operation?: 'insert' | 'update' | 'upsert' | 'delete';
    externalIdField?: string;
  };
  const results: SaveResult[] = services.data[operation](
    records,
    { ...contextOf(request, services), accessLevel: 'system' },
    { allOrNone: true, accessLevel: 'system', ...(externalIdField ? { externalIdField } : {}) },
  );
  return { status: results.every((one) => one.success) ? 200 : 400, body: results };
}

export function sandboxRoutes(ports: SandboxPorts): Route[] {
  return [
    { method: 'GET', path: '/boot', handler: (request, _params, services) => boot(request, services, ports) },
    { method: 'GET', path: '/list', handler: (request, _params, services) => list(request, services) },
    { method: 'GET', path: '/page', handler: (request, _params, services) => page(request, services) },
    { method: 'POST', path: '/apex/:class/:method', handler: apex },
    { method: 'POST', path: '/seed', handler: (request, _params, services) => seed(request, services) },
    {
      method: 'GET',
      path: '/control/state',
      handler: (_request, _params, services) => ({
        status: 200,
        body: {
          now: services.clock.now(),
          links: ports.links,
          flows: ports
            .flows()
            .filter((flow) => flow.active && /schedul/i.test(flow.kind))
            .map(({ name, label }) => ({ name, label })),
        },
      }),
    },
    {
      method: 'POST',
      path: '/control/run-flow',
      handler: async (request) => {
        const { name = '' } = (request.body ?? {}) as { name?: string };
        const result = await ports.runFlow(name);
        return { status: 200, body: { message: `Flow ${name} has run.`, result: result ?? null } };
      },
    },
    {
      method: 'POST',
      path: '/control/advance-clock',
      handler: async (request, _params, services) => {
        await ports.advance(Number((request.body as { ms?: number } | undefined)?.ms ?? 0));
        return { status: 200, body: { now: services.clock.now() } };
      },
    },
  ];
}

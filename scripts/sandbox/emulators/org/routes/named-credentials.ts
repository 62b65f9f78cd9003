import { OrgFault, notFound } from '../errors.ts';
import { objectBody } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import type { ExternalCredential, NamedCredential } from './credentials-store.ts';

/**
 * Named credentials over REST. Source: developer.salesforce.com/docs Connect REST API, "Named Credentials Resources":
 * the shapes of requests are documented; answers echo what was sent.
 */
function asAdministrator(request: ApiRequest, services: OrgServices): void {
  const rights = services.data.core.book.of(request.userId);
  if (!rights.userPermissions.has('CustomizeApplication') && !rights.userPermissions.has('ManageNamedCredentials'))
    throw new OrgFault(403, 'INSUFFICIENT_ACCESS', 'You don’t have permission to manage named credentials.', { codeFirst: true });
}

function nameIn(body: Record<string, unknown>): string {
  const name = body['developerName'];
  if (typeof name !== 'string' || !/^[A-Za-z]\w*$/.test(name))
    throw new OrgFault(400, 'INVALID_INPUT', 'developerName is required', { codeFirst: true });
  return name;
}

const create =
  (kind: 'named' | 'external') =>
  (request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse => {
    asAdministrator(request, services);
    const body = objectBody(request);
    const name = nameIn(body);
    const known = kind === 'named' ? services.credentials.named(name) : services.credentials.external(name);
    if (known)
      throw new OrgFault(400, 'DUPLICATE_DEVELOPER_NAME', `A ${kind} credential named ${name} exists already.`, { codeFirst: true });
    return put(kind, services, { ...body, developerName: name }, 201);
  };

const update =
  (kind: 'named' | 'external') =>
  (request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse => {
    asAdministrator(request, services);
    const name = params['name'] ?? '';
    const known = kind === 'named' ? services.credentials.named(name) : services.credentials.external(name);
    if (!known) throw notFound();
    return put(kind, services, { ...known, ...objectBody(request), developerName: known.developerName }, 200);
  };

function put(
  kind: 'named' | 'external',
  services: OrgServices,
  body: Record<string, unknown> & { developerName: string },
  status: number,
): ApiResponse {
  if (kind === 'named') {
    const { calloutUrl, externalCredentials } = body as NamedCredential;
    if (!calloutUrl || !/^https?:\/\//.test(calloutUrl))
      throw new OrgFault(400, 'INVALID_INPUT', 'calloutUrl must be a URL', { codeFirst: true });
    for (const used of externalCredentials ?? [])
      if (!services.credentials.external(used.developerName ?? ''))
        throw new OrgFault(400, 'INVALID_INPUT', `There is no external credential named ${used.developerName ?? ''}.`, { codeFirst: true });
    services.credentials.putNamed(body);
    return { status, body: withUrl('named-credential-setup', body) };
  }
  services.credentials.putExternal(body);
  return { status, body: withUrl('external-credentials', body) };
}

const withUrl = (resource: string, body: Record<string, unknown> & { developerName: string }): Record<string, unknown> => ({
  ...body,
  url: `/services/data/v66.0/named-credentials/${resource}/${body.developerName}`,
});

const read =
  (kind: 'named' | 'external') =>
  (request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse => {
    asAdministrator(request, services);
    const found: NamedCredential | ExternalCredential | undefined =
      kind === 'named' ? services.credentials.named(params['name'] ?? '') : services.credentials.external(params['name'] ?? '');
    if (!found) throw notFound();
    return { status: 200, body: withUrl(kind === 'named' ? 'named-credential-setup' : 'external-credentials', found) };
  };

const list =
  (kind: 'named' | 'external') =>
  (request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse => {
    asAdministrator(request, services);
    return {
      status: 200,
      body:
        kind === 'named'
          ? { namedCredentials: services.credentials.allNamed() }
          : { externalCredentials: services.credentials.allExternal() },
    };
  };

const remove =
  (kind: 'named' | 'external') =>
  (request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse => {
    asAdministrator(request, services);
    const gone =
      kind === 'named' ? services.credentials.deleteNamed(params['name'] ?? '') : services.credentials.deleteExternal(params['name'] ?? '');
    if (!gone) throw notFound();
    return { status: 204 };
  };

interface CredentialBody {
  externalCredential?: string;
  principalName?: string;
  principalType?: string;
  authenticationProtocol?: string;
  credentials?: Record<string, { value?: string; encrypted?: boolean }>;
}

/** The secret of a principal. Values that are encrypted are never answered. */
function putCredential(request: ApiRequest, services: OrgServices, mustExist: boolean): ApiResponse {
  asAdministrator(request, services);
  const body = objectBody(request) as CredentialBody;
  const { externalCredential = '', principalName = '' } = body;
  const external = services.credentials.external(externalCredential);
  if (!external)
    throw new OrgFault(400, 'INVALID_INPUT', `There is no external credential named ${externalCredential}.`, { codeFirst: true });
  const known = services.credentials.secrets(externalCredential, principalName);
  if (mustExist !== (known !== undefined))
    throw new OrgFault(
      400,
      'INVALID_INPUT',
      known ? 'The credential exists already. Use PUT or PATCH to change it.' : 'The credential does not exist yet. Use POST to make it.',
      { codeFirst: true },
    );
  const given = Object.entries(body.credentials ?? {});
  services.credentials.putSecrets(externalCredential, principalName, {
    ...known,
    ...Object.fromEntries(given.map(([key, one]) => [key, one.value ?? ''])),
  });
  return {
    status: mustExist ? 200 : 201,
    body: shown(services, externalCredential, principalName, body.principalType ?? 'NamedPrincipal'),
  };
}

function readCredential(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  asAdministrator(request, services);
  return {
    status: 200,
    body: shown(
      services,
      request.query.get('externalCredential') ?? '',
      request.query.get('principalName') ?? '',
      request.query.get('principalType') ?? 'NamedPrincipal',
    ),
  };
}

function shown(services: OrgServices, external: string, principal: string, principalType: string): Record<string, unknown> {
  const found = services.credentials.external(external);
  if (!found) throw notFound();
  const secrets = services.credentials.secrets(external, principal);
  return {
    authenticationProtocol: found.authenticationProtocol ?? 'Custom',
    authenticationProtocolVariant: null,
    authenticationStatus: secrets ? 'Configured' : 'NotConfigured',
    credentials: Object.fromEntries(Object.keys(secrets ?? {}).map((key) => [key, { encrypted: true, revision: 1, value: null }])),
    externalCredential: external,
    principalName: principal,
    principalType,
  };
}

function removeCredential(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  asAdministrator(request, services);
  if (!services.credentials.deleteSecrets(request.query.get('externalCredential') ?? '', request.query.get('principalName') ?? ''))
    throw notFound();
  return { status: 204 };
}

const crud = (kind: 'named' | 'external', resource: string): Route[] => [
  { method: 'GET', path: `/named-credentials/${resource}`, handler: list(kind) },
  { method: 'POST', path: `/named-credentials/${resource}`, handler: create(kind) },
  { method: 'GET', path: `/named-credentials/${resource}/:name`, handler: read(kind) },
  { method: 'PUT', path: `/named-credentials/${resource}/:name`, handler: update(kind) },
  { method: 'PATCH', path: `/named-credentials/${resource}/:name`, handler: update(kind) },
  { method: 'DELETE', path: `/named-credentials/${resource}/:name`, handler: remove(kind) },
];

export const namedCredentialRoutes: Route[] = [
  ...crud('named', 'named-credential-setup'),
  ...crud('external', 'external-credentials'),
  { method: 'GET', path: '/named-credentials/credential', handler: readCredential },
  {
    method: 'POST',
    path: '/named-credentials/credential',
    handler: (request, _params, services) => putCredential(request, services, false),
  },
  { method: 'PUT', path: '/named-credentials/credential', handler: (request, _params, services) => putCredential(request, services, true) },
  {
    method: 'PATCH',
    path: '/named-credentials/credential',
    handler: (request, _params, services) => putCredential(request, services, true),
  },
  { method: 'DELETE', path: '/named-credentials/credential', handler: removeCredential },
];

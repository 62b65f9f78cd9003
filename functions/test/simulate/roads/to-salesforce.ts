import type { OrgInProcess } from '../../../../scripts/sandbox/index.ts';
import type { Org, OrgAccess } from '../../../src/adapters/salesforce/from-authorization.ts';
import { copyJson } from '../../../src/adapters/memory/copy-json.ts';
import { done } from '../../../src/domain/outcome.ts';
import type { Network } from './network.ts';

const BASE = '/services/data/v66.0';
const TIMEOUT_MS = 130_000;

interface Answer {
  status: number;
  body?: unknown;
}
interface RestError {
  errorCode: string;
  message: string;
}

/** The org as jsforce hands it over: `request` of an address or of a whole request, `requestPost`, and errors with their code. */
export function createAccess(org: OrgInProcess, network: Network): OrgAccess {
  const send = async (method: string, url: string, body: unknown): Promise<unknown> => {
    const path = url.slice(BASE.length);
    const answer = await network.send<Answer>({
      remote: 'salesforce',
      what: `${method} ${nameOf(path, body)}`,
      timeoutMs: TIMEOUT_MS,
      arrive: () => org.request(method, path, copyJson(body), org.users.integration),
      faulty,
      show: ({ status, body: said }) => `${status} ${status >= 300 || path === '/composite/graph' ? refusalIn(said) : ''}`.trim(),
    });
    if (answer.status < 300) return answer.body;
    const [error] = (Array.isArray(answer.body) ? answer.body : [answer.body]) as RestError[];
    throw Object.assign(new Error(error?.message ?? ''), {
      errorCode: error?.errorCode ?? `ERROR_HTTP_${answer.status}`,
      name: error?.errorCode,
    });
  };
  const connection = {
    request: (asked: string | { method: string; url: string; body: string }) =>
      typeof asked === 'string' ? send('GET', asked, undefined) : send(asked.method, asked.url, JSON.parse(asked.body)),
    requestPost: (url: string, body: unknown) => send('POST', url, body),
  } as unknown as Org['connection'];
  const held: Org = { connection, orgId: org.orgId, instanceUrl: 'https://org.simulated' };
  return { current: async () => done(held), renew: () => undefined };
}

/** As the local org answers such faults over HTTP. */
function faulty(fault: string): Answer {
  const answer = (status: number, errorCode: string, message: string): Answer => ({ status, body: [{ message, errorCode }] });
  switch (fault) {
    case 'throttled-429':
      return answer(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    case 'token-expired':
      return answer(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    default:
      return { status: 503 };
  }
}

/** A composite call by the parts it has. */
function nameOf(path: string, body: unknown): string {
  const { compositeRequest, graphs } = (body ?? {}) as { compositeRequest?: Part[]; graphs?: { compositeRequest: Part[] }[] };
  const parts = compositeRequest ?? graphs?.[0]?.compositeRequest ?? [];
  return parts.length === 0 ? path.slice(0, 80) : `${path} ${parts.map(partOf).join(' ')}`.slice(0, 220);
}

interface Part {
  referenceId: string;
  body?: Record<string, unknown>;
}

function partOf({ referenceId, body = {} }: Part): string {
  const said = ['Status__c', 'State__c', 'Problem__c', 'Revision__c'].flatMap((field) =>
    body[field] === undefined ? [] : [`${field.replace('__c', '')}=${String(body[field]).slice(0, 40)}`],
  );
  return said.length > 0 ? `${referenceId}(${said.join(' ')})` : referenceId;
}

function refusalIn(body: unknown): string {
  const text = JSON.stringify(body ?? null);
  return [...new Set(text.match(/"errorCode":"(?!PROCESSING_HALTED)[A-Z_]+"/g) ?? [])].join(' ');
}

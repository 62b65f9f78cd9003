import { createRequire } from 'node:module';
import type { QuickbooksEngine } from '../../../../scripts/sandbox/index.ts';
import { type Answer, withoutTheFirst, withTheLastUnsaid, writesIn } from './faulty-batch.ts';
import type { Network } from './network.ts';

/** The HTTP library that node-quickbooks and intuit-oauth share. */
interface Axios {
  defaults: { adapter: unknown };
  AxiosError: new (message: string, code: string | undefined, config: unknown, request: unknown, response?: unknown) => Error;
}
interface AxiosRequest {
  url: string;
  method?: string;
  params?: Record<string, unknown>;
  data?: string | undefined;
  headers: { get?(name: string): unknown };
  validateStatus?: (status: number) => boolean;
}

const require = createRequire(import.meta.url);
const axios = createRequire(require.resolve('node-quickbooks'))('axios') as Axios;

export const CLIENT_ID = 'simulated-app';
export const API_BASE = 'https://quickbooks.simulated';
export const TOKEN_URL = `${API_BASE}/oauth2/v1/tokens/bearer`;
/** Intuit gives up after 120 s; the client waits longer than that. */
const TIMEOUT_MS = 124_000;

/** Node-quickbooks and intuit-oauth talk to the stand-in over the network of the simulation; returns what ends that. */
export function takeQuickbooksCalls(engine: QuickbooksEngine, network: Network, now: () => number): () => void {
  const kept = axios.defaults.adapter;
  axios.defaults.adapter = async (request: AxiosRequest) => {
    const method = (request.method ?? 'get').toUpperCase();
    const [path = '', search = ''] = request.url.slice(API_BASE.length).split('?');
    const query = Object.fromEntries(Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)]));
    if (search) for (const [name, value] of new URLSearchParams(search)) query[name] = value;
    const send = (data = request.data) => ask(engine, method, path, query, { ...request, data });
    const arrive = () => (path.startsWith('/oauth2/') ? renew(engine, request.data ?? '') : send());
    const writes = path.endsWith('/batch') ? writesIn(request.data) : [];
    const answer = await network.send<Answer>({
      remote: 'quickbooks',
      writes: writes.length,
      what: `${method} ${path.replace(`/v3/company/${engine.realmId}/`, '')} ${query['query'] ?? query['requestid'] ?? ''}${writes.length > 0 ? ` of ${writes.length} writes` : ''}`.trim(),
      timeoutMs: TIMEOUT_MS,
      arrive,
      faulty(fault) {
        if (fault === 'item-failed') return withoutTheFirst(writes, (batch) => send(JSON.stringify(batch)));
        return fault === 'item-unsaid' ? withTheLastUnsaid(arrive()) : faulty(engine, fault, now, arrive);
      },
      show: ({ status, body }) => `${status} ${shortly(body)}`,
    });
    const response = {
      status: answer.status,
      statusText: '',
      headers: answer.headers,
      config: request,
      request: {},
      data: answer.body,
    };
    if ((request.validateStatus ?? (() => true))(answer.status)) return response;
    throw new axios.AxiosError(`Request failed with status code ${answer.status}`, undefined, request, {}, response);
  };
  return () => {
    axios.defaults.adapter = kept;
  };
}

function ask(
  engine: QuickbooksEngine,
  method: string,
  path: string,
  query: Record<string, string>,
  { data, headers }: AxiosRequest,
): Answer {
  const body: unknown = data === undefined || data === '' ? undefined : JSON.parse(data);
  return engine.request(method, path, query, body, { authorization: String(headers.get?.('authorization') ?? '') });
}

function renew(engine: QuickbooksEngine, form: string): Answer {
  const reply = engine.tokens.refresh(new URLSearchParams(form).get('refresh_token') ?? '', CLIENT_ID);
  return reply ? { status: 200, body: reply, headers: {} } : { status: 400, body: { error: 'invalid_grant' }, headers: {} };
}

/** In Intuit's shapes, as the stand-in answers such faults over HTTP. */
function faulty(engine: QuickbooksEngine, fault: string, now: () => number, goOn: () => Answer): Answer {
  const time = new Date(now()).toISOString();
  const answer = (status: number, code: string, Message: string, type: string): Answer => ({
    status,
    body: { Fault: { Error: [{ Message, Detail: Message, code }], type }, time },
    headers: {},
  });
  switch (fault) {
    case 'throttled-429':
      return answer(429, '3001', 'ThrottleExceeded', 'THROTTLED');
    case 'rejected':
      return answer(400, '4001', 'Request is not valid', 'ValidationFault');
    case 'token-expired':
      engine.tokens.expireAll();
      return goOn();
    default:
      return answer(500, '10000', 'An application error has occurred while processing your request', 'SystemFault');
  }
}

function shortly(body: unknown): string {
  const items = (body as { BatchItemResponse?: object[] }).BatchItemResponse;
  if (items) return items.map(shortly).join(', ').trim();
  const document = body as Record<string, { Id?: string; DocNumber?: string; Error?: { code: string; Detail?: string }[] }>;
  const fault = document['Fault']?.Error?.[0];
  if (fault) return `${fault.code} ${fault.Detail ?? ''}`.slice(0, 90);
  const [name, entity] = Object.entries(document).find(([, value]) => value?.Id !== undefined) ?? [];
  return name ? `${name} ${entity?.Id ?? ''} ${entity?.DocNumber ?? ''}` : '';
}

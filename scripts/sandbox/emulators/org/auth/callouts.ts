import type { OrgServices } from '../routes/api.ts';
import type { CalloutAnswer, CalloutRequest } from '../runtime.ts';

/** A callout that the org refuses or that got no answer; the text is what Apex sees in System.CalloutException. */
export class CalloutProblem extends Error {
  override name = 'CalloutProblem';
}

const LONGEST_TIMEOUT_MS = 120_000;

/** Sends Apex callouts over real HTTP, with named credentials resolved for the acting user. */
export function createCallout(services: OrgServices): (request: CalloutRequest, userId: string) => Promise<CalloutAnswer> {
  return async (request, userId) => {
    const { url, headers } = resolve(services, request.endpoint, userId);
    const timeout = Math.min(Math.max(request.timeoutMs || 10_000, 1), LONGEST_TIMEOUT_MS);
    try {
      const bodyless = request.method === 'GET' || request.method === 'HEAD';
      const answer = await fetch(url, {
        method: request.method,
        headers: { ...request.headers, ...headers },
        ...(bodyless ? {} : { body: typeof request.body === 'string' ? request.body : new Uint8Array(request.body) }),
        signal: AbortSignal.timeout(timeout),
        redirect: 'manual',
      });
      return {
        status: answer.status,
        statusText: answer.statusText,
        headers: Object.fromEntries(answer.headers),
        body: await answer.text(),
      };
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') throw new CalloutProblem('Read timed out');
      const cause = (error as { cause?: { code?: string; message?: string } }).cause;
      throw new CalloutProblem(
        cause?.code === 'ECONNREFUSED'
          ? 'Connection refused (Connection refused)'
          : `Unexpected end of file from server${cause?.code ? ` (${cause.code})` : ''}`,
      );
    }
  };
}

function resolve(services: OrgServices, endpoint: string, userId: string): { url: string; headers: Record<string, string> } {
  const match = /^callout:(\w+)(.*)$/i.exec(endpoint);
  if (!match) {
    if (/^https?:\/\//.test(endpoint))
      throw new CalloutProblem(`Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`);
    throw new CalloutProblem(`no protocol: ${endpoint}`);
  }
  const [, name = '', rest = ''] = match;
  const named = services.credentials.named(name);
  if (!named?.calloutUrl)
    throw new CalloutProblem(
      `The callout couldn't access the endpoint. You might not have the required permissions, or the named credential "${name}" might not exist.`,
    );
  const headers: Record<string, string> = {};
  for (const used of named.externalCredentials ?? []) Object.assign(headers, authentication(services, used.developerName ?? '', userId));
  return { url: named.calloutUrl.replace(/\/$/, '') + rest, headers };
}

interface Parameter {
  parameterName?: string;
  parameterType?: string;
  parameterValue?: string;
}

/** The headers of an external credential, if the user may use one of its principals. */
function authentication(services: OrgServices, external: string, userId: string): Record<string, string> {
  const credential = services.credentials.external(external);
  const principals = services.data.core.book.of(userId).grants.flatMap((grant) => [...grant.externalCredentials]);
  const principal = principals.find((one) => one.toLowerCase().startsWith(`${external.toLowerCase()}-`))?.slice(external.length + 1);
  if (!credential || principal === undefined)
    throw new CalloutProblem(
      `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${external}" might not exist.`,
    );
  const secrets = services.credentials.secrets(external, principal) ?? {};
  const parameters = ((credential['parameters'] ?? []) as Parameter[]).filter((one) => one.parameterType === 'AuthHeader');
  return Object.fromEntries(parameters.map((one) => [one.parameterName ?? '', formulaText(one.parameterValue ?? '', external, secrets)]));
}

/** `{!'Bearer ' & $Credential.Name.token}`: literals and secrets joined by `&` or `+`. */
function formulaText(formula: string, external: string, secrets: Record<string, string>): string {
  return formula.replace(/\{!([^}]*)\}/g, (_all, inner: string) =>
    inner
      .split(/\s*[&+]\s*(?=(?:[^']*'[^']*')*[^']*$)/)
      .map((part) => {
        const literal = /^'(.*)'$/s.exec(part.trim());
        if (literal) return literal[1] ?? '';
        const secret = /^\$Credential\.(\w+)\.(\w+)$/.exec(part.trim());
        const value = secret && secret[1]?.toLowerCase() === external.toLowerCase() ? secrets[secret[2] ?? ''] : undefined;
        if (value === undefined)
          throw new CalloutProblem(`The formula of the credential header refers to ${part.trim()}, which has no value. Set it up first.`);
        return value;
      })
      .join(''),
  );
}

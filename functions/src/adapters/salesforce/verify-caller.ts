import { type Outcome, done } from '../../domain/outcome.ts';
import { unavailable } from './errors.ts';
import type { OrgAccess } from './from-authorization.ts';
import { type Caller, fromRequest } from './from-request.ts';
import { toId18 } from './soql.ts';

const forged = {
  outcome: 'unauthorized' as const,
  problem: {
    code: 'caller-not-proved',
    severity: 'error' as const,
    message: 'The call does not prove who makes it.',
    action: 'Call the operation from Salesforce, through the app that Heroku AppLink published.',
  },
};

/**
 * Who calls through AppLink. The mesh vouches for `x-client-context`, but the header alone proves nothing where the mesh is
 * bypassed or missing; so its token is shown to OUR org (never to the address in the header), which says whose it is.
 */
export async function verifyCaller(headers: Record<string, string | undefined>, access: OrgAccess): Promise<Outcome<Caller>> {
  const token = tokenOf(headers['x-client-context']);
  const claimed = token ? fromRequest(headers) : undefined;
  if (!token || !claimed) return forged;
  const org = await access.current();
  if (org.outcome !== 'done') return org;
  let answer: Response;
  try {
    answer = await fetch(`${org.value.instanceUrl}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    return unavailable((error as Error).name);
  }
  if (!answer.ok) return forged;
  const { user_id: userId, organization_id: orgId } = (await answer.json()) as { user_id?: string; organization_id?: string };
  if (!userId || !orgId || toId18(userId) !== toId18(claimed.userId) || toId18(orgId) !== toId18(claimed.orgId)) return forged;
  return done({ userId: toId18(userId), orgId: toId18(orgId) });
}

function tokenOf(header: string | undefined): string | undefined {
  try {
    const context = JSON.parse(Buffer.from(header ?? '', 'base64').toString('utf8')) as { accessToken?: unknown };
    return typeof context.accessToken === 'string' ? context.accessToken : undefined;
  } catch {
    return undefined;
  }
}

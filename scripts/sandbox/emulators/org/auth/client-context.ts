import type { Sessions } from './sessions.ts';

export interface Invocation {
  userId: string;
  username: string;
  orgId: string;
  orgDomainUrl: string;
  apiVersion: string;
}

/** The header by which AppLink's mesh tells an app who calls. Source: @heroku/applink, `parseRequest`. */
export function clientContextHeader(sessions: Sessions, invocation: Invocation, requestId: string): string {
  const context = {
    requestId,
    accessToken: sessions.open(invocation.userId).token,
    apiVersion: invocation.apiVersion,
    namespace: '',
    orgId: invocation.orgId,
    orgDomainUrl: invocation.orgDomainUrl,
    userContext: { userId: invocation.userId, username: invocation.username },
  };
  return Buffer.from(JSON.stringify(context)).toString('base64');
}

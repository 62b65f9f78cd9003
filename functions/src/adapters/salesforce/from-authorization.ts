import type { Outcome } from '../../domain/outcome.ts';
import { done } from '../../domain/outcome.ts';
import { unavailable } from './errors.ts';
import { Connection, init } from './sdk.ts';

/** The org as the worker reaches it: no caller, the integration user that AppLink holds the key of. */
export interface Org {
  connection: Connection;
  orgId: string;
  instanceUrl: string;
}

/** Gives the worker's connection; `renew` asks AppLink for a new token after the old one was refused. */
export interface OrgAccess {
  current(): Promise<Outcome<Org>>;
  renew(): void;
}

/**
 * @param authorization the developer name given at `heroku salesforce:authorizations:add`
 * @param apiVersion such as `66.0`: data calls go through jsforce, since the SDK drops 0, false and "" from query results
 */
export function fromAuthorization(authorization: string, apiVersion: string): OrgAccess {
  let asked: Promise<Outcome<Org>> | undefined;
  const ask = async (): Promise<Outcome<Org>> => {
    try {
      const org = await init().addons.applink.getAuthorization(authorization);
      const { accessToken } = org.dataApi as unknown as { accessToken: string };
      return done({
        connection: new Connection({ instanceUrl: org.domainUrl, accessToken, version: apiVersion }),
        orgId: org.id,
        instanceUrl: org.domainUrl,
      });
    } catch (error) {
      asked = undefined;
      return unavailable((error as { title?: string }).title ?? 'AppLink authorization');
    }
  };
  return {
    current: () => (asked ??= ask()),
    renew() {
      asked = undefined;
    },
  };
}

import path from 'node:path';
import type { SandboxInfo } from './info.ts';

/** What a person reads who started single stand-ins: where, with which credentials, and a first call that works. */
export function describeOnly({ stripe, quickbooks, org }: Partial<SandboxInfo>, dataDir: string): string {
  const parts = [stripe && describeStripe(stripe), quickbooks && describeQuickbooks(quickbooks), org && describeOrg(org)];
  return `
${parts.filter(Boolean).join('\n\n')}

Faults, coverage and what it holds: the address above with /sandbox. Addresses and credentials for tools: ${path.join(dataDir, 'sandbox.json')}.
Ctrl-C stops everything; data stays.`;
}

const describeStripe = ({ baseUrl, secretKey }: SandboxInfo['stripe']): string => `Stripe stand-in

  Address           ${baseUrl}
  Secret key        ${secretKey}
  Webhooks          register an endpoint at /v1/webhook_endpoints; the answer holds its secret

  curl ${baseUrl}/v1/customers -u ${secretKey}: -d name=Acme

  import Stripe from 'stripe';
  const stripe = new Stripe('${secretKey}', { host: '127.0.0.1', port: ${new URL(baseUrl).port}, protocol: 'http' });
  console.log(await stripe.customers.create({ name: 'Acme' }));`;

const describeQuickbooks = (info: SandboxInfo['quickbooks']): string => `QuickBooks stand-in

  Address           ${info.baseUrl}
  Company (realm)   ${info.realmId}
  Client            ${info.clientId} / ${info.clientSecret}
  Refresh token     ${info.refreshToken}
  Access token      ${info.accessToken} (for an hour)

  curl '${info.baseUrl}/v3/company/${info.realmId}/query?query=select+*+from+Customer' -H 'Accept: application/json' -H 'Authorization: Bearer ${info.accessToken}'
  curl ${info.baseUrl}/oauth2/v1/tokens/bearer -u ${info.clientId}:${info.clientSecret} -d grant_type=refresh_token -d refresh_token=${info.refreshToken}`;

const describeOrg = ({ instanceUrl, apiVersion, orgId, users }: SandboxInfo['org']): string => `Local org, with the package loaded

  Address           ${instanceUrl}
  Org               ${orgId}, API ${apiVersion}
  Admin             ${users['admin']?.username}
  Access token      ${users['admin']?.accessToken}
  Others            ${Object.keys(users)
    .filter((name) => name !== 'admin')
    .join(', ')}: their tokens are in sandbox.json
  Functions         none: a callout of the package fails as with functions that are down

  curl '${instanceUrl}/services/data/v${apiVersion}/query?q=SELECT+Id,Name+FROM+Account' -H 'Authorization: Bearer ${users['admin']?.accessToken}'`;

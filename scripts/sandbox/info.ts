import fs from 'node:fs';
import path from 'node:path';
import type { RunningOrg } from './emulators/org/index.ts';
import type { RunningQuickbooks } from './emulators/quickbooks/index.ts';
import type { StripeSandbox } from './emulators/stripe/index.ts';

/** Addresses and credentials, as written to `.sandbox/sandbox.json`. */
export interface SandboxInfo {
  page: string | null;
  org: {
    instanceUrl: string;
    apiVersion: string;
    orgId: string;
    users: Record<string, { id: string; username: string; accessToken: string }>;
  };
  stripe: { baseUrl: string; secretKey: string; webhookSecret: string };
  quickbooks: { baseUrl: string; realmId: string; clientId: string; clientSecret: string; accessToken: string; refreshToken: string };
  functions: { baseUrl: string };
  control: { baseUrl: string };
}

export const orgInfo = ({ baseUrl, apiVersion, orgId, users }: RunningOrg): SandboxInfo['org'] => ({
  instanceUrl: baseUrl,
  apiVersion,
  orgId,
  users,
});

export const stripeInfo = ({ baseUrl, secretKey, webhookSecret }: StripeSandbox): SandboxInfo['stripe'] => ({
  baseUrl,
  secretKey,
  webhookSecret,
});

export const quickbooksInfo = (running: RunningQuickbooks): SandboxInfo['quickbooks'] => {
  const { baseUrl, realmId, clientId, clientSecret, accessToken, refreshToken } = running;
  return { baseUrl, realmId, clientId, clientSecret, accessToken, refreshToken };
};

/** Writes `sandbox.json`; returns the function that takes it away. */
export function publish(dataDir: string, info: Partial<SandboxInfo>): () => void {
  const file = path.join(dataDir, 'sandbox.json');
  fs.writeFileSync(file, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600 });
  return () => fs.rmSync(file, { force: true });
}

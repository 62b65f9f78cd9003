import { createHash, timingSafeEqual } from 'node:crypto';
import type { Refusal } from './http.ts';
import type { Secret } from './secret.ts';

/** Who called through the named credential: the org as such is proved by the secret, the user is named by our own Apex. */
export interface NamedCaller {
  orgId: string;
  userId: string;
  /** Custom permissions of the package that the user holds, as our Apex found them. */
  permissions: string[];
}

const UNKNOWN_SECRET: Refusal = {
  status: 401,
  code: 'unknown-secret',
  message: 'The secret of the named credential is not known here.',
  action: 'Ask an admin to run "sf trueup setup" (or fill the credential by hand) with the secret of the functions.',
};
const OTHER_ORG: Refusal = {
  status: 403,
  code: 'wrong-org',
  message: 'These functions serve another org; this one must not write to their books.',
  action: 'In a copied org set up functions of its own, connected to test companies.',
};
const NO_USER: Refusal = {
  status: 400,
  code: 'no-user',
  message: 'The call does not say for which user it is made.',
  action: 'Call through the Apex class TrueupFunctionGateway, which adds the headers.',
};

const listed = (text: string): string[] => text.split(',').filter((name) => /^Trueup_\w{1,60}$/.test(name));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const sameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

/**
 * Checks a call that came through the named credential. Every accepted secret is compared, each in constant time.
 * @param orgId the one org these functions serve: a copy of it has another id
 */
export function readNamedCaller(
  headers: Record<string, string | string[] | undefined>,
  secrets: Secret[],
  orgId: string,
): NamedCaller | Refusal {
  const header = (name: string) => (typeof headers[name] === 'string' ? (headers[name] as string) : '');
  const given = digest(header('authorization').replace(/^Bearer /, ''));
  const known = secrets.reduce((found, secret) => timingSafeEqual(digest(secret.reveal()), given) || found, false);
  if (!known) return UNKNOWN_SECRET;
  const org = header('x-trueup-org-id');
  if (!sameId(org, orgId) || !/^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(org)) return OTHER_ORG;
  const userId = header('x-trueup-user-id');
  return /^005[A-Za-z0-9]{15}$/.test(userId) ? { orgId: org, userId, permissions: listed(header('x-trueup-permissions')) } : NO_USER;
}

import { parseRequest } from './sdk.ts';

/** Who called through AppLink, as the mesh vouches for it. */
export interface Caller {
  orgId: string;
  userId: string;
}

/**
 * Reads `x-client-context`. The mesh in front of us has verified it; on routes the mesh bypasses this must never be called,
 * since there anybody can write the header. The token in it is not used: data goes through our own connection.
 * @returns undefined when the header is missing or is not AppLink's
 */
export function fromRequest(headers: Record<string, string | undefined>): Caller | undefined {
  try {
    const { org } = parseRequest(headers, {}, null as never).context;
    if (!org?.id || !org.user?.id) return undefined;
    return { orgId: org.id, userId: org.user.id };
  } catch {
    return undefined;
  }
}

/** Hands a webhook to its receiver; `status` is null, with the reason, when there was no answer. */
export type Post = (
  url: string,
  body: string,
  headers: Record<string, string>,
  timeoutMs: number,
) => Promise<{ status: number | null; error: string | null; durationMs: number }>;

/** Posts a body and reads the answer to its end. Never throws: a missing answer is `status: null` with the reason. */
export const post: Post = async (url, body, headers, timeoutMs) => {
  const started = performance.now();
  const duration = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await answer.arrayBuffer();
    return { status: answer.status, error: null, durationMs: duration() };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    return { status: null, error: cause, durationMs: duration() };
  }
};

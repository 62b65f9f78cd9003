import type { startSandbox } from '../../../scripts/sandbox/index.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export interface Clicked {
  ms: number;
  outcome: string;
  problems: { code: string; message: string }[];
  invoiceId: string;
}

/** Issues the whole deal as the rep and waits for the result, as the panel does. */
export async function clickIssue(sandbox: Sandbox, sourceId: string, draft: object = {}): Promise<Clicked> {
  const started = performance.now();
  const body = await call<Omit<Clicked, 'ms'>>(sandbox, 'issue-invoice', { sourceId, draft, waitMs: 25_000 });
  return { ...body, ms: performance.now() - started };
}

/** Opens the panel. */
export const previewDeal = (sandbox: Sandbox, sourceId: string): Promise<unknown> => call(sandbox, 'preview-invoice', { sourceId });

/** The first door, with the headers that Apex sends for a rep who may also change prices. */
export async function call<T>({ info, functionSecret }: Sandbox, operation: string, body: object): Promise<T> {
  const answer = await fetch(`${info.functions.baseUrl}/v1/${operation}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${functionSecret}`,
      'x-trueup-org-id': info.org.orgId,
      'x-trueup-user-id': info.org.users['rep']?.id ?? '',
      'x-trueup-permissions': 'Trueup_Issue_Invoice,Trueup_Edit_Price',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

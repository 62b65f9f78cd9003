import type { SeededOrg } from './seed-org.ts';

interface Place {
  functionsUrl: string;
  functionSecret: string;
  orgId: string;
  userId: string;
}

/** The rep looks at the deal of an account whom nobody can tell by machine, so that a match review waits for the admin. */
export async function lookOnce({ functionsUrl, functionSecret, orgId, userId }: Place, story: SeededOrg): Promise<void> {
  const answer = await fetch(`${functionsUrl}/v1/preview-invoice`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${functionSecret}`,
      'content-type': 'application/json',
      'x-trueup-org-id': orgId,
      'x-trueup-user-id': userId,
      'x-trueup-permissions': 'Trueup_Issue_Invoice',
    },
    body: JSON.stringify({ sourceId: story.deals['MEADOW_PILOT'] }),
  });
  if (!answer.ok) throw new Error(`the first look: ${answer.status} ${await answer.text()}`);
}

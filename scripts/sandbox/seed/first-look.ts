import type { SeededOrg } from './seed-org.ts';

interface Place {
  functionsUrl: string;
  functionSecret: string;
  orgId: string;
  userId: string;
}

/** Of an account, and of a product, of which nobody can tell by machine what they are in QuickBooks. */
const DEALS = ['MEADOW_PILOT', 'COBALT_SPARES'];

/** The rep looks at deals, so that match reviews wait for the admin. */
export async function lookOnce(place: Place, story: SeededOrg): Promise<void> {
  for (const deal of DEALS) await look(place, story.deals[deal]);
}

async function look({ functionsUrl, functionSecret, orgId, userId }: Place, sourceId: string | undefined): Promise<void> {
  const answer = await fetch(`${functionsUrl}/v1/preview-invoice`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${functionSecret}`,
      'content-type': 'application/json',
      'x-trueup-org-id': orgId,
      'x-trueup-user-id': userId,
      'x-trueup-permissions': 'Trueup_Issue_Invoice',
    },
    body: JSON.stringify({ sourceId }),
  });
  if (!answer.ok) throw new Error(`the first look: ${answer.status} ${await answer.text()}`);
}

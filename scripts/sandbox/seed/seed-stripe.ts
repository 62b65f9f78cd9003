import { accounts } from './story.ts';

/** The customers Stripe knows before Trueup comes: entered by hand, without our marks. */
export async function seedStripe(baseUrl: string, secretKey: string): Promise<void> {
  for (const account of accounts.filter((candidate) => candidate.knownTo.includes('stripe'))) {
    const email = account.contacts[0]?.email;
    const answer = await fetch(`${baseUrl}/v1/customers`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        'idempotency-key': `seed-${account.key}`,
      },
      body: new URLSearchParams({ name: account.name, ...(email ? { email } : {}), phone: account.phone }),
    });
    if (!answer.ok) throw new Error(`seeding Stripe: ${answer.status} ${await answer.text()}`);
  }
}

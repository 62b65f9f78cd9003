import { createTokenVault } from '../src/adapters/memory/token-vault.ts';
import { type QuickBooksClient, createQuickBooksClient } from '../src/adapters/quickbooks/client.ts';
import { createAccessTokens } from '../src/adapters/quickbooks/tokens.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { Secret } from '../src/platform/secret.ts';

interface Company {
  clientId: string;
  clientSecret: string;
  baseUrl: string;
  realmId: string;
  refreshToken: string;
}

type Settings = Partial<Pick<Parameters<typeof createQuickBooksClient>[0], 'budgets' | 'metrics'>>;

/** The product's client of a QuickBooks stand-in, connected as an accountant's consent leaves it. Without budgets of its own it never waits. */
export async function connectQuickBooks(company: Company, settings: Settings = {}): Promise<QuickBooksClient> {
  const { clientId, clientSecret, baseUrl, realmId, refreshToken } = company;
  const app = { clientId, clientSecret: new Secret(clientSecret), tokenUrl: `${baseUrl}/oauth2/v1/tokens/bearer`, realmId };
  const vault = createTokenVault();
  await vault.seed('quickbooks', realmId, { accessToken: null, refreshToken, accessExpiresAt: null, refreshExpiresAt: null });
  return createQuickBooksClient({
    ...{ app, apiBase: baseUrl, tokens: createAccessTokens(app, vault) },
    ...{ budgets: { take: async () => true }, metrics: createMetrics(), ...settings },
    ...{ buckets: ['quickbooks:second', 'quickbooks:minute'], batchBucket: 'quickbooks:batch' },
  });
}

import { z } from 'zod';
import { Secret } from './secret.ts';

const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
/** Comma-separated; how long one must be is ours to say where we make it. */
const secrets = (most: number, characters = 16) =>
  z
    .string()
    .min(1)
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(
      z
        .array(z.string().min(characters, `each secret needs at least ${characters} characters`))
        .min(1)
        .max(most),
    )
    .transform((parts) => parts.map((part) => new Secret(part)));
const url = z.url({ protocol: /^https?$/ });

/** Every setting, by its name in the environment. The only place that knows these names. */
const environment = z.object({
  DATABASE_URL: secret,
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  APP_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DYNO: z.string().default('local'),
  TRUEUP_PROCESS: z.enum(['both', 'web']).default('both'),
  TRUEUP_FUNCTION_SECRETS: secrets(2),
  TRUEUP_ENCRYPTION_KEY: secret.refine(
    (key) => Buffer.from(key.reveal(), 'base64').length === 32,
    'must be 32 bytes in base64: openssl rand -base64 32',
  ),
  TRUEUP_ORG_ID: z.string().regex(/^00D[A-Za-z0-9]{15}$/, 'must be the 18-character id of the org'),
  TRUEUP_COMPANY_KEY: z.string().min(1).max(40).default('main'),
  TRUEUP_SALESFORCE_AUTHORIZATION: z.string().default('worker'),
  STRIPE_SECRET_KEY: secret,
  STRIPE_WEBHOOK_SECRETS: secrets(2),
  STRIPE_API_BASE: url.optional(),
  QUICKBOOKS_CLIENT_ID: z.string().min(1),
  QUICKBOOKS_CLIENT_SECRET: secret,
  QUICKBOOKS_REALM_ID: z.string().regex(/^\d+$/, 'must be the number of the QuickBooks company'),
  QUICKBOOKS_REFRESH_TOKEN: secret.optional(),
  QUICKBOOKS_WEBHOOK_VERIFIER: secrets(2, 1),
  /** Builder tier. https://blogs.intuit.com/2026/01/08/understanding-builder-tier-api-limits-for-you-and-your-customers */
  QUICKBOOKS_MONTHLY_READS: z.coerce.number().int().min(1).default(500_000),
  QUICKBOOKS_API_BASE: url.default('https://quickbooks.api.intuit.com'),
  QUICKBOOKS_TOKEN_URL: url.default('https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer'),
  QUICKBOOKS_APP_BASE: url.default('https://app.qbo.intuit.com'),
  STRIPE_DASHBOARD_BASE: url.default('https://dashboard.stripe.com'),
});

export type Config = ReturnType<typeof readConfig>;

/** Reads the environment once. Throws one error that names every setting that is missing or wrong and never shows a value. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${given[String(issue.path[0])] === undefined ? 'is not set' : issue.message}`,
    );
    throw new Error(
      `The functions cannot start with this configuration:\n${[...new Set(lines)].join('\n')}\ndocs/go-live.md explains each setting.`,
    );
  }
  const env = parsed.data;
  return {
    port: env.APP_PORT ?? env.PORT,
    host: env.HOST,
    logLevel: env.LOG_LEVEL,
    dyno: env.DYNO,
    process: env.TRUEUP_PROCESS,
    databaseUrl: env.DATABASE_URL,
    functionSecrets: env.TRUEUP_FUNCTION_SECRETS,
    encryptionKey: env.TRUEUP_ENCRYPTION_KEY,
    orgId: env.TRUEUP_ORG_ID,
    companyKey: env.TRUEUP_COMPANY_KEY,
    salesforce: { authorization: env.TRUEUP_SALESFORCE_AUTHORIZATION, apiVersion: '66.0' },
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecrets: env.STRIPE_WEBHOOK_SECRETS,
      apiBase: env.STRIPE_API_BASE,
      dashboardBase: env.STRIPE_DASHBOARD_BASE,
    },
    quickbooks: {
      clientId: env.QUICKBOOKS_CLIENT_ID,
      clientSecret: env.QUICKBOOKS_CLIENT_SECRET,
      realmId: env.QUICKBOOKS_REALM_ID,
      refreshToken: env.QUICKBOOKS_REFRESH_TOKEN,
      webhookVerifiers: env.QUICKBOOKS_WEBHOOK_VERIFIER,
      monthlyReads: env.QUICKBOOKS_MONTHLY_READS,
      apiBase: env.QUICKBOOKS_API_BASE,
      tokenUrl: env.QUICKBOOKS_TOKEN_URL,
      appBase: env.QUICKBOOKS_APP_BASE,
    },
  };
}

import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const complete = {
  DATABASE_URL: 'postgres://localhost/trueup',
  TRUEUP_FUNCTION_SECRETS: 'first-secret-of-16, second-secret-of-16',
  TRUEUP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  TRUEUP_ORG_ID: '00D000000000001AAA',
  STRIPE_SECRET_KEY: 'sk_test_123',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef',
  QUICKBOOKS_CLIENT_ID: 'client',
  QUICKBOOKS_CLIENT_SECRET: 'hidden-secret',
  QUICKBOOKS_REALM_ID: '9130347',
  QUICKBOOKS_WEBHOOK_VERIFIER: 'verifier',
};

it('reads a complete environment and hides its secrets', () => {
  const config = readConfig(complete);
  expect(config.functionSecrets.map((secret) => secret.reveal())).toEqual(['first-secret-of-16', 'second-secret-of-16']);
  expect(config.quickbooks.monthlyReads).toBe(500_000);
  expect(JSON.stringify(config)).not.toMatch(/secret-of-16|sk_test|hidden/);
});

it('names everything that is missing or wrong, and shows no value', () => {
  const { DATABASE_URL: _, ...without } = complete;
  const read = () =>
    readConfig({
      ...without,
      TRUEUP_ENCRYPTION_KEY: 'c2hvcnQ=',
      QUICKBOOKS_REALM_ID: 'abc',
      QUICKBOOKS_MONTHLY_READS: '0',
      TRUEUP_FUNCTION_SECRETS: 'one-secret-of-16-x,two-secret-of-16-x,three-secret-of-16',
    });
  expect(read).toThrow(/DATABASE_URL: is not set/);
  expect(read).toThrow(/TRUEUP_ENCRYPTION_KEY: must be 32 bytes/);
  expect(read).toThrow(/QUICKBOOKS_REALM_ID: must be the number/);
  expect(read).toThrow(/QUICKBOOKS_MONTHLY_READS/);
  expect(read).toThrow(/TRUEUP_FUNCTION_SECRETS/);
  expect(read).not.toThrow(/c2hvcnQ|three-secret/);
});

it('treats an empty variable as not set', () => {
  expect(() => readConfig({ ...complete, STRIPE_SECRET_KEY: '' })).toThrow(/STRIPE_SECRET_KEY: is not set/);
});

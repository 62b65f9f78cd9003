import { createSign, generateKeyPairSync } from 'node:crypto';
// jsforce goes first: the SDK loaded before it leaves its Connection undefined.
import { Connection } from 'jsforce';
import { init, parseRequest } from '@heroku/salesforce-sdk-nodejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../../core/index.ts';
import { startOrg } from '../index.ts';
import type { RunningOrg } from '../index.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const clock = createClock();
let org: RunningOrg;

beforeAll(async () => {
  org = await startOrg({
    clock,
    faults: createFaultPlan(1),
    packageDir: writePackage(billsFiles()),
    clients: [
      {
        clientId: 'jwt-app',
        certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        preauthorized: ['integration@trueup.local'],
      },
      { clientId: 'service', clientSecret: 'secret', runAs: 'integration@trueup.local' },
    ],
  });
});
afterAll(() => org.stop());

const token = async (form: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> => {
  const answer = await fetch(`${org.baseUrl}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};
const jwt = (claims: Record<string, unknown>): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256' })}.${part({ iss: 'jwt-app', sub: 'integration@trueup.local', aud: 'https://login.salesforce.com', exp: Math.floor(clock.now() / 1000) + 120, ...claims })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
};
const bearer = (assertion: string) => token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });

describe('OAuth', () => {
  it('gives tokens for a signed assertion, and says who they belong to', async () => {
    const { status, body } = await bearer(jwt({}));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', instance_url: org.baseUrl });
    const info = await fetch(`${org.baseUrl}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${body['access_token'] ?? ''}` },
    });
    expect(await info.json()).toMatchObject({
      user_id: org.users.integration.id,
      organization_id: org.orgId,
      preferred_username: 'integration@trueup.local',
    });
    const revoked = await fetch(`${org.baseUrl}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: body['access_token'] ?? '' }),
    });
    expect(revoked.status).toBe(200);
    expect(
      (await fetch(`${org.baseUrl}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${body['access_token'] ?? ''}` } }))
        .status,
    ).toBe(403);
  });

  it.each([
    ['a changed signature', () => `${jwt({}).slice(0, -8)}AAAAAAAA`, 'invalid assertion'],
    ['an expired assertion', () => jwt({ exp: 1 }), 'expired authorization code'],
    ['an assertion valid for too long', () => jwt({ exp: Math.floor(clock.now() / 1000) + 3600 }), 'expired authorization code'],
    ['a wrong audience', () => jwt({ aud: 'https://example.com' }), 'audience is invalid'],
    ['a user who did not approve', () => jwt({ sub: 'rep@trueup.local' }), 'user hasn’t approved this consumer'],
    ['an unknown client', () => jwt({ iss: 'other' }), 'client identifier invalid'],
  ])('refuses %s', async (_name, assertion, description) =>
    expect(await bearer(assertion())).toMatchObject({ status: 400, body: { error_description: description } }),
  );

  it('gives tokens for client credentials and ends sessions when their time is over', async () => {
    expect(await token({ grant_type: 'client_credentials', client_id: 'service', client_secret: 'wrong' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
    const { body } = await token({ grant_type: 'client_credentials', client_id: 'service', client_secret: 'secret' });
    const connection = new Connection({ instanceUrl: org.baseUrl, accessToken: body['access_token'] ?? '', version: '66.0' });
    expect((await connection.query('SELECT Id FROM Organization')).totalSize).toBe(1);
    await clock.advance(3 * 3600 * 1000);
    await expect(connection.query('SELECT Id FROM Organization')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  });
});

describe('AppLink', () => {
  it('hands the worker its authorization through the SDK', async () => {
    Object.assign(process.env, {
      HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
      HEROKU_APPLINK_TOKEN: org.appLink.token,
      HEROKU_APP_ID: '00000000-0000-0000-0000-000000000000',
    });
    const authorized = await init().addons.applink.getAuthorization('worker');
    expect(authorized).toMatchObject({
      id: org.orgId,
      domainUrl: org.baseUrl,
      apiVersion: '66.0',
      user: { id: org.users.integration.id, username: 'integration@trueup.local' },
    });
    expect(await authorized.dataApi.create({ type: 'Bill_Event__e', fields: { Bill_Id__c: 'x' } })).toMatchObject({
      id: expect.any(String) as string,
    });
    await expect(init().addons.applink.getAuthorization('nobody')).rejects.toMatchObject({
      message: expect.stringContaining('not found') as string,
    });
  });

  it('says who calls an operation', async () => {
    const { context } = parseRequest({ 'x-client-context': org.clientContext('rep') }, {}, null as never);
    expect(context.org).toMatchObject({
      id: org.orgId,
      domainUrl: org.baseUrl,
      user: { id: org.users.rep.id, username: 'rep@trueup.local' },
    });
    const work = context.org?.dataApi.newUnitOfWork();
    const account = work?.registerCreate({ type: 'Account', fields: { Name: 'By the caller' } });
    if (!work || !account || !context.org) throw new Error('the SDK gave no unit of work');
    work.registerCreate({ type: 'Bill__c', fields: { Account__c: account.toApiString() } });
    expect((await context.org.dataApi.commitUnitOfWork(work)).get(account)).toMatchObject({ id: expect.stringMatching(/^001/) as string });
  });
});

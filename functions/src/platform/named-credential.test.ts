import { expect, it } from 'vitest';
import { readNamedCaller } from './named-credential.ts';
import { Secret } from './secret.ts';

const secrets = [new Secret('the-old-secret-00'), new Secret('the-new-secret-00')];
const orgId = '00D000000000001AAA';
const headers = {
  authorization: 'Bearer the-new-secret-00',
  'x-trueup-org-id': orgId,
  'x-trueup-user-id': '005000000000001AAA',
  'x-trueup-permissions': "Trueup_Issue_Invoice,Other,'",
};
const read = (change: Record<string, string | undefined>) => readNamedCaller({ ...headers, ...change }, secrets, orgId);

it('accepts both secrets while one is rotated', () => {
  expect(read({})).toEqual({ orgId, userId: '005000000000001AAA', permissions: ['Trueup_Issue_Invoice'] });
  expect(read({ authorization: 'Bearer the-old-secret-00' })).toMatchObject({ orgId });
});

it.each([
  [{ authorization: undefined }, 'unknown-secret'],
  [{ authorization: 'Bearer ' }, 'unknown-secret'],
  [{ authorization: 'Bearer the-new-secret-0' }, 'unknown-secret'],
  [{ 'x-trueup-org-id': '00D000000000002AAA' }, 'wrong-org'],
  [{ 'x-trueup-org-id': undefined }, 'wrong-org'],
  [{ 'x-trueup-user-id': undefined }, 'no-user'],
  [{ 'x-trueup-user-id': "005' OR Id != '" }, 'no-user'],
])('refuses %o as %s', (change, code) => {
  expect(read(change as Record<string, string | undefined>)).toMatchObject({ code });
});

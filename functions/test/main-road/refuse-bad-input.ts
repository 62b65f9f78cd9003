import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { type Draft, type Persona, type Reply, type Road, type Row, only } from '../road.ts';

let road: Road;
let deal: string;

/** Runs `act`, then expects that no system holds anything more than before. */
async function leavesNoTrace<T>(act: () => Promise<T>): Promise<T> {
  const before = await road.trace();
  const result = await act();
  await road.settled();
  expect(await road.trace()).toEqual(before);
  return result;
}

function expectClear({ problems }: Reply, code: string, field?: string) {
  const problem = problems.find((each) => each.code === code);
  expect(problem, `${code} among ${JSON.stringify(problems)}`).toMatchObject({ severity: 'error', ...(field ? { field } : {}) });
  expect(problem?.message).toMatch(/^[^{}<>]{10,}\.$/s);
  expect(problem?.action).toMatch(/^.{8,}\.$/s);
}

/** Asks to issue; the door must refuse with `code` and leave no trace. */
async function refuses(
  code: string,
  sourceId: string,
  options: { draft?: Partial<Draft>; change?: (draft: Draft) => void; as?: Persona; field?: string } = {},
): Promise<void> {
  const reply = await leavesNoTrace(async () => {
    let draft = options.draft ?? {};
    if (options.change) {
      draft = (await road.preview(sourceId)).draft;
      options.change(draft as Draft);
    }
    return road.call('issue-invoice', { sourceId, draft, waitMs: 10_000 }, options.as);
  });
  expect(reply).toMatchObject({ status: 200, outcome: 'rejected' });
  expectClear(reply, code, options.field);
}

/** Every bad input of a person or a neighbour system: a clear message, what to do, and no trace in any of the three ledgers. */
export function refuseBadInput(on: () => Road): void {
  beforeAll(async () => {
    road = on();
    deal = await road.deal({ price: 18_500, quantity: 3, product: 'RB-200' });
    await road.settled();
  });

  describe('who may not', () => {
    it.each(['preview-invoice', 'issue-invoice'])('%s: an unknown record id', async (operation) => {
      const reply = await leavesNoTrace(() => road.call(operation, { sourceId: '006000000000000AAA', draft: {} }));
      expect(reply.outcome).toBe('rejected');
      expectClear(reply, 'record-not-found');
    });
    it.each(['send-invoice', 'void-invoice'])('%s: an unknown invoice id', async (operation) => {
      const reply = await leavesNoTrace(() => road.call(operation, { invoiceId: 'a01000000000000AAA', reason: '' }));
      expect(reply.outcome).toBe('rejected');
      expectClear(reply, 'record-not-found');
    });
    it('no sharing: the record is another person’s', () => refuses('no-access', road.story.deals.VESTA_SURVEY as string));
    it('no permission set', () => refuses('no-access', deal, { as: 'none' }));
    it('read without edit', async () => {
      const sourceId = await road.deal({ price: 10, fields: { OwnerId: road.sandbox.org.users.admin.id } });
      await road.insert('OpportunityShare', {
        OpportunityId: sourceId,
        UserOrGroupId: road.sandbox.org.users.rep.id,
        OpportunityAccessLevel: 'Read',
        RowCause: 'Manual',
      });
      expect((await road.preview(sourceId)).problems.map((problem) => problem.code)).toContain('no-edit-access');
      await refuses('no-edit-access', sourceId);
    });
    it('edit without the right to issue', async () => {
      const sourceId = await road.deal({ price: 10, fields: { OwnerId: road.sandbox.org.users.accountant.id } });
      await refuses('no-right-to-issue', sourceId, { as: 'accountant' });
    });
    it('a price that is not theirs to change', () =>
      refuses('price-not-yours', deal, { change: (draft) => (draft.lines[0]!.unitPrice = '1'), field: 'lines[0].unitPrice' }));
  });

  describe('the same at the Apex entry, before anything is called', () => {
    const issue = (sourceId: string, as: Persona) =>
      leavesNoTrace(() => road.apex('TrueupIssueInvoiceController', 'issueInvoice', { sourceId, draftJson: '{}' }, as));
    it.each([
      ['no permission set', () => deal, 'none' as const],
      ['another person’s record', () => road.story.deals.VESTA_SURVEY as string, 'rep' as const],
      ['an unknown record', () => '006000000000000AAA', 'rep' as const],
    ])('%s', async (_name, sourceId, as) => {
      const answer = await issue(sourceId(), as);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(String(answer.body.message)).toMatch(/\w{3,}.*\w{3,}/);
    });
  });

  describe('what cannot be billed', () => {
    it('a contact without e-mail', () => refuses('email-missing', road.story.deals.MEADOW_PILOT as string));
    it('a product without a mapping', () =>
      refuses('product-not-mapped', road.story.deals.COBALT_SPARES as string, { change: only([1, '1']) }));
    it('an inactive QuickBooks item beside one that is alike, until a person says what the product is sold as', async () => {
      const spares = road.story.deals.COBALT_SPARES as string;
      await refuses('product-needs-review', spares, { change: only([0, '1']) });
      const [review] = await road.soql('SELECT Id, Candidates__c FROM Trueup_Match_Review__c WHERE Product__c != null');
      const [retired, alike] = (JSON.parse(review?.Candidates__c) as { candidates: Row[] }).candidates;
      expect([retired, alike]).toMatchObject([
        { sku: 'RB-LEG', active: false },
        { sku: 'RB-CTL', active: true },
      ]);
      const link = async (candidate: Row | undefined) => {
        const decision = { reviewId: review?.Id, choice: 'link', candidateId: candidate?.id };
        return (await road.apex('TrueupMatchReviewController', 'decideMatch', decision, 'admin')).body;
      };
      expect(await link(retired)).toMatchObject({ outcome: 'rejected', problems: [{ code: 'item-inactive' }] });
      expect(await link(alike)).toMatchObject({ outcome: 'done', status: 'Resolved' });
      const { problems } = await road.preview(spares);
      expect(problems.map(({ code }) => code)).toEqual(['product-not-mapped']);
    });
    it('a linked item that became inactive', async () => {
      const sourceId = await road.deal({ price: 20, product: 'RB-TRAIN' });
      expect(await road.issue(await road.deal({ price: 20, product: 'RB-TRAIN' }))).toMatchObject({ outcome: 'done' });
      await road.settled();
      const item = road.books('Item').find((each) => each.Sku === 'RB-TRAIN');
      await road.control('quickbooks', 'edit', { entity: 'Item', id: item?.Id, values: { Active: false } });
      // What was looked at a moment ago is not asked again; a new process asks.
      await road.restartLater(0);
      await refuses('item-inactive', sourceId);
      await road.control('quickbooks', 'edit', { entity: 'Item', id: item?.Id, values: { Active: true } });
    });
    it('a currency that differs from the customer’s', async () => {
      expect(await road.issue(await road.deal({ price: 30 }))).toMatchObject({ outcome: 'done' });
      await road.settled();
      const sourceId = await road.deal({ price: 30, currency: 'EUR' });
      const stripeId = (
        await road.soql(
          `SELECT External_Id__c FROM Trueup_Link__c WHERE Account__c = '${road.story.accounts.HARBOR}' AND System__c = 'QuickBooks'`,
        )
      )[0]?.External_Id__c as string;
      // Somebody links the account's euro business to the dollar customer by hand.
      const [link = ''] = await road.insert('Trueup_Link__c', {
        Company__c: road.story.companyId,
        System__c: 'QuickBooks',
        Record_Id__c: road.story.accounts.HARBOR,
        Record_Type__c: 'Account',
        Account__c: road.story.accounts.HARBOR,
        Currency_Code__c: 'EUR',
        External_Id__c: stripeId,
        External_Type__c: 'Customer',
        Record_Key__c: `main:quickbooks:${road.story.accounts.HARBOR}:EUR`,
        Status__c: 'Linked',
        Matched_By__c: 'Person',
      });
      await refuses('customer-currency', sourceId);
      expect(await road.call('undo-link', { linkId: link }, 'admin')).toMatchObject({ outcome: 'done' });
    });
    it('a quantity above what is left', () =>
      refuses('quantity-above-left', deal, { change: only([0, '3.0000001']), field: 'lines[0].quantity' }));
    it.each([
      ['of 501 characters', 'N'.repeat(501), 'customer-name-too-long'],
      ['with a colon', 'Cobalt: Freight', 'customer-name-illegal'],
    ])('an account’s name %s', async (_name, name, code) => {
      const [account = ''] = await road.insert('Account', {
        Name: 'New customer',
        CurrencyIsoCode: 'USD',
        OwnerId: road.sandbox.org.users.rep.id,
      });
      await road.insert('Contact', { AccountId: account, LastName: 'Payer', Email: 'payer@new.example', CurrencyIsoCode: 'USD' });
      const sourceId = await road.deal({ price: 40, fields: { AccountId: account } });
      if (name.length > 255) {
        // Salesforce itself takes no such name; the rule is tested with the domain (preflight.test.ts).
        await expect(road.update('Account', { Id: account, Name: name })).rejects.toThrow(/STRING_TOO_LONG/);
        return;
      }
      await road.update('Account', { Id: account, Name: name });
      await refuses(code, sourceId);
    });
    it('a closed QuickBooks period', async () => {
      await road.control('quickbooks', 'preferences', { bookCloseDate: '2029-12-31' });
      await road.restartLater(0);
      await refuses('period-closed', deal, { field: 'invoiceDate' });
      await road.control('quickbooks', 'preferences', { bookCloseDate: null });
      await road.restartLater(0);
    });
    it.each([
      ['a date that is none', { invoiceDate: '2030-02-30' }, 'date-invalid'],
      ['unknown terms', { terms: 'Net 4711' }, 'terms-unknown'],
      ['a PO number that is too long', { poNumber: '1'.repeat(200) }, 'po-number-too-long'],
    ])('%s', (_name, draft, code) => refuses(code, deal, { draft }));
  });

  describe('a QuickBooks connection that ended', () => {
    it('an expired access token is renewed, unnoticed', async () => {
      await road.control('quickbooks', 'expire-tokens');
      expect(await road.issue(await road.deal({ price: 55 }))).toMatchObject({ outcome: 'done' });
      await road.settled();
    });
  });

  describe('the AppLink door', () => {
    const call = async (context: string, body: object) => {
      const answer = await fetch(`${road.sandbox.functions.baseUrl}/applink/v1/preview-invoice`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-client-context': context },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Reply };
    };
    it('takes a genuine context as the person it names', async () => {
      const answer = await call(road.sandbox.org.clientContext('rep'), { sourceId: deal });
      expect(answer).toMatchObject({ status: 200, body: { outcome: 'done', canIssue: true } });
      const foreign = await call(road.sandbox.org.clientContext('none'), { sourceId: deal });
      expect(foreign.body.problems.map((problem) => problem.code)).toContain('no-access');
    });
    it('refuses a forged one: another person’s id with one’s own token, or a made-up token', async () => {
      const genuine = JSON.parse(Buffer.from(road.sandbox.org.clientContext('none'), 'base64').toString()) as {
        accessToken: string;
        userContext: { userId: string };
      };
      const forged = [
        { ...genuine, userContext: { ...genuine.userContext, userId: road.sandbox.org.users.rep.id } },
        { ...genuine, accessToken: 'made-up' },
      ];
      for (const context of forged) {
        const answer = await leavesNoTrace(() => call(Buffer.from(JSON.stringify(context)).toString('base64'), { sourceId: deal }));
        expect(answer).toMatchObject({ status: 401, body: { code: 'caller-not-proved' } });
        expect(answer.body.action).toBeTruthy();
      }
    });
  });

  describe('what is no request at all', () => {
    const post = async (where: string, body: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${road.sandbox.functions.baseUrl}${where}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${road.sandbox.functionSecret}`,
          'content-type': 'application/json',
          'x-trueup-org-id': road.sandbox.org.orgId,
          'x-trueup-user-id': road.sandbox.org.users.rep.id,
          'x-trueup-permissions': 'Trueup_Issue_Invoice',
          ...headers,
        },
        body,
      });
      return { status: answer.status, body: (await answer.json()) as Reply };
    };
    it.each([
      ['malformed JSON', '/v1/issue-invoice', '{"sourceId":', {}, 400],
      ['a body of 10 MB', '/v1/issue-invoice', `{"x":"${'a'.repeat(10_000_000)}"}`, {}, 413],
      ['a wrong signature of Stripe', '/hooks/stripe', '{"id":"evt_1"}', { 'stripe-signature': 't=1,v1=00' }, 400],
      ['a wrong signature of QuickBooks', '/hooks/quickbooks', '[]', { 'intuit-signature': 'bm8=' }, 400],
      ['another org', '/v1/issue-invoice', '{}', { 'x-trueup-org-id': '00D000000000009AAA' }, 403],
    ])('%s', async (_name, where, body, headers, status) => {
      const answer = await leavesNoTrace(() => post(where, body, headers as Record<string, string>));
      expect(answer.status).toBe(status);
      if (where.startsWith('/v1')) expect(answer.body).toMatchObject({ message: expect.any(String), action: expect.any(String) });
    });
  });
}

/** It ends the sandbox's connection for good. */
export function loseConnection(on: () => Road): void {
  beforeAll(async () => {
    road = on();
    // A sweep could not bring what it finds in step afterwards: all look once more now, and rest then.
    await road.database('UPDATE trueup.sweep_checkpoint SET due_at = now()');
    await road.restartLater(0);
    const swept = async () =>
      (await road.database('SELECT FROM trueup.sweep_checkpoint WHERE due_at <= now() OR claimed_until > now()')) === 0;
    await until(swept, 60_000, 'every sweep has looked');
    await road.settled();
    await road.database("UPDATE trueup.sweep_checkpoint SET due_at = now() + interval '1 hour'");
  });

  describe('a QuickBooks connection that somebody revoked', () => {
    it('stops the click and says who can help', async () => {
      const sourceId = await road.deal({ price: 56 });
      const { clientId, clientSecret, baseUrl, realmId, engine } = road.sandbox.quickbooks;
      // As it is by now: Intuit gives another one each day.
      const token = engine.tokens.find(clientId, realmId)?.refreshToken;
      const revoked = await fetch(`${baseUrl}/v2/oauth2/tokens/revoke`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ token }),
      });
      expect(revoked.status).toBe(200);
      // What was looked at a moment ago is not asked again; a new process asks.
      await road.restartLater(0);
      await refuses('system-not-connected', sourceId);
      expect((await road.preview(sourceId)).problems.map((problem) => problem.code)).toContain('system-not-connected');
      const health = (await (await fetch(`${road.sandbox.functions.baseUrl}/health`)).json()) as { status: string };
      expect(health.status).toBe('degraded');
    });
  });
}

import { beforeAll, describe, expect, it } from 'vitest';
import { type Draft, type Reply, type Road, only } from '../road.ts';
import { until } from '../until.ts';

let road: Road;

const invoicesOf = (sourceId: string) =>
  road.soql(`SELECT Id, Number__c, Status__c FROM Trueup_Invoice__c WHERE Source_Id__c = '${sourceId}' ORDER BY CreatedDate`);
const sentEvents = async (stripeId: string) =>
  ((await road.stripe('events?type=invoice.sent&limit=100')).data as { data: { object: { id: string } } }[]).filter(
    (event) => event.data.object.id === stripeId,
  );

/** Asserts that the three systems hold the same invoice; amounts in minor units. */
async function expectTiedOut(
  reply: Reply,
  { total, currency, lines, places = 2 }: { total: number; currency: string; lines: number; places?: number },
) {
  expect(reply).toMatchObject({ outcome: 'done', problems: [] });
  const decimal = total / 10 ** places;
  const invoice = await road.invoice(reply.invoiceId);
  expect(invoice).toMatchObject({
    Name: reply.invoiceNumber,
    Number__c: reply.invoiceNumber,
    Status__c: 'Open',
    Currency_Code__c: currency,
    CurrencyIsoCode: currency,
    Total__c: decimal,
    Amount_Due__c: decimal,
    Paid__c: 0,
    Problem__c: null,
  });
  for (const field of [
    'Pay_Link__c',
    'PDF_Link__c',
    'Stripe_URL__c',
    'QuickBooks_URL__c',
    'Stripe_As_Of__c',
    'QuickBooks_As_Of__c',
    'Salesforce_As_Of__c',
    'QuickBooks_Key__c',
  ])
    expect(invoice[field], field).toBeTruthy();
  expect(invoice.Trueup_Lines__r.records).toHaveLength(lines);
  const stripe = await road.stripe(`invoices/${invoice.Stripe_Invoice_Id__c}`);
  expect(stripe).toMatchObject({ status: 'open', number: reply.invoiceNumber, total, amount_due: total, currency: currency.toLowerCase() });
  expect(stripe.automatic_tax.enabled).toBe(false);
  const book = road.book('Invoice', invoice.QuickBooks_Invoice_Id__c);
  expect(book).toMatchObject({ DocNumber: reply.invoiceNumber, TotalAmt: decimal, Balance: decimal });
  expect(book.CurrencyRef.value).toBe(currency);
  expect(book.PrivateNote).toContain(reply.invoiceId);
  return { invoice, stripe, book };
}

/** From each kind of source and in each currency to one invoice in all three systems. */
export function issueInvoice(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  describe('an Opportunity', () => {
    let first: Reply;
    const deal = () => road.story.deals.HARBOR_PLANT_3 as string;

    it('with five lines is one invoice in all three systems, sent once', async () => {
      const preview = await road.preview(deal());
      expect(preview.canIssue).toBe(true);
      expect(preview.identity).toMatchObject({ stripe: { status: 'linked' }, quickbooks: { status: 'linked' } });
      const before = await road.trace();
      first = await road.issue(deal(), only([0, '1'], [1, '12'], [2, '4.5'], [3, '3'], [4, '8']));
      const { invoice, book } = await expectTiedOut(first, { total: 3_648_380, currency: 'USD', lines: 5 });
      // Both books are filled at the same time, so either may be the first.
      expect(first.steps.map((step) => `${step.name} ${step.state}`).sort()).toEqual(
        ['checked', 'compared', 'customer', 'quickbooks', 'sent', 'stripe', 'written-back'].map((name) => `${name} done`),
      );
      expect(invoice.Sent_At__c).toBeTruthy();
      expect(await sentEvents(invoice.Stripe_Invoice_Id__c)).toHaveLength(1);
      expect(invoice.Trueup_Lines__r.records[2]).toMatchObject({ Quantity__c: 4.5, Unit_Price__c: 1250, Amount__c: 5625 });
      expect(invoice.OwnerId).toBe(road.sandbox.org.users.rep.id);
      expect(book.BillEmail.Address).toBe('ap@harborfoods.example');
      const after = await road.trace();
      expect(after['Stripe customers']).toBe(before['Stripe customers']);
      expect(after['QuickBooks Customer']).toBe(before['QuickBooks Customer']);
      const [operation] = await road.soql(
        `SELECT State__c, Kind__c, Requested_By__c, Finished_At__c FROM Trueup_Operation__c WHERE Operation_Key__c = '${first.operationKey}'`,
      );
      expect(operation).toMatchObject({ State__c: 'Done', Kind__c: 'Issue Invoice', Requested_By__c: road.sandbox.org.users.rep.id });
      expect(operation?.Finished_At__c).toBeTruthy();
    });

    it('keeps who the customer and the products are as links, each once', async () => {
      const links = await road.soql(
        "SELECT System__c, Record_Type__c, External_Id__c, Status__c, Account__c, Record_Key__c FROM Trueup_Link__c WHERE Status__c = 'Linked'",
      );
      expect(
        links
          .filter((link) => link.Account__c === road.story.accounts.HARBOR)
          .map((link) => link.System__c)
          .sort(),
      ).toEqual(['QuickBooks', 'Stripe']);
      const products = links.filter((link) => link.Record_Type__c === 'Product2');
      expect(products.map((link) => link.System__c).sort()).toEqual([...Array(5).fill('QuickBooks'), ...Array(5).fill('Stripe')]);
      expect(new Set(links.map((link) => link.Record_Key__c)).size).toBe(links.length);
    });

    it('can be billed again for what is left, and no more', async () => {
      const { lines } = await road.preview(deal());
      expect(lines.map((line) => [line.quantityBilled, line.quantityLeft])).toEqual([
        ['1', '2'],
        ['12', '0'],
        ['4.5', '0'],
        ['3', '0'],
        ['8', '0'],
      ]);
      const before = await road.trace();
      const tooMuch = await road.issue(deal(), only([0, '3']));
      expect(tooMuch).toMatchObject({ outcome: 'rejected', problems: [{ code: 'quantity-above-left', field: 'lines[0].quantity' }] });
      expect(await road.trace()).toEqual(before);
      const second = await road.issue(deal(), only([0, '2']));
      const { stripe } = await expectTiedOut(second, { total: 3_580_000, currency: 'USD', lines: 1 });
      // What the first invoice made of the product in Stripe is what the second one sells.
      const [sold] = await road.soql(`SELECT Stripe_Invoice_Id__c FROM Trueup_Invoice__c WHERE Id = '${first.invoiceId}'`);
      const earlier = await road.stripe(`invoices/${sold?.Stripe_Invoice_Id__c}`);
      const productOf = (held: typeof stripe): string[] => held.lines.data.map((each: typeof stripe) => each.pricing.price_details.product);
      expect(productOf(earlier)).toContain(productOf(stripe)[0]);
      expect(await road.stripe(`products/${productOf(stripe)[0]}`)).toMatchObject({ active: true, metadata: { trueup_company: 'main' } });
      expect(await invoicesOf(deal())).toHaveLength(2);
      expect((await road.preview(deal())).lines[0]).toMatchObject({ quantityLeft: '0' });
    });
  });

  describe('two clicks', () => {
    const source = (quantity: number) => road.deal({ price: 100, quantity, fields: { ContactId: road.story.contacts.DANA } });

    it('at once are one invoice', async () => {
      const sourceId = await source(10);
      const { draft } = await road.preview(sourceId);
      const [one, two, three] = await Promise.all([0, 1, 2].map(() => road.call('issue-invoice', { sourceId, draft, waitMs: 20_000 })));
      expect([one, two, three].map((reply) => [reply?.outcome, reply?.problems])).toEqual([
        ['done', []],
        ['done', []],
        ['done', []],
      ]);
      expect(new Set([one, two, three].map((reply) => reply?.invoiceId)).size).toBe(1);
      expect(await invoicesOf(sourceId)).toHaveLength(1);
      await expectTiedOut(one as Reply, { total: 100_000, currency: 'USD', lines: 1 });
      const again = await road.call('issue-invoice', { sourceId, draft, waitMs: 20_000 });
      expect(again).toMatchObject({ outcome: 'done', invoiceId: one?.invoiceId, invoiceNumber: one?.invoiceNumber });
    });

    it('from two tabs with different quantities are one invoice and a refusal that names what changed', async () => {
      const sourceId = await source(10);
      const { draft } = await road.preview(sourceId);
      const other = structuredClone(draft) as Draft;
      other.lines[0]!.quantity = '4';
      const replies = await Promise.all(
        [draft, other].map((each) => road.call('issue-invoice', { sourceId, draft: each, waitMs: 20_000 })),
      );
      const [won] = replies.filter((reply) => reply.outcome === 'done');
      const [lost] = replies.filter((reply) => reply.outcome === 'rejected');
      expect(won?.invoiceId).toBeTruthy();
      expect(lost?.problems[0]).toMatchObject({ severity: 'error', field: 'lines[0].quantity' });
      expect(lost?.problems[0]?.message).toMatch(/10|4/);
      expect(await invoicesOf(sourceId)).toHaveLength(1);
    });
  });

  describe('other currencies', () => {
    it('euros: a new customer is created once in both systems', async () => {
      const before = await road.trace();
      const deal = road.story.deals.ALPINE_NORD as string;
      expect((await road.preview(deal)).identity).toMatchObject({
        stripe: { status: 'will-be-created' },
        quickbooks: { status: 'will-be-created' },
      });
      const reply = await road.issue(deal, only([0, '1']));
      await expectTiedOut(reply, { total: 1_720_000, currency: 'EUR', lines: 1 });
      const second = await road.issue(deal, only([1, '2'], [2, '5']));
      await expectTiedOut(second, { total: 327_000, currency: 'EUR', lines: 2 });
      const after = await road.trace();
      expect(after['Stripe customers']).toBe((before['Stripe customers'] ?? 0) + 1);
      expect(after['QuickBooks Customer']).toBe((before['QuickBooks Customer'] ?? 0) + 1);
      expect(road.books('Customer').find((customer) => customer.DisplayName === 'Alpine Bau GmbH')).toMatchObject({
        CurrencyRef: { value: 'EUR' },
      });
    });

    it('yen, which have no minor unit', async () => {
      const reply = await road.issue(road.story.deals.SAKURA_OSAKA as string);
      await expectTiedOut(reply, { total: 2 * 2_780_000 + 6 * 52_500 + 2 * 361_000, currency: 'JPY', lines: 3, places: 0 });
    });
  });

  describe('other sources', () => {
    it('an Order', async () => {
      const order = road.story.deals.HARBOR_ORDER as string;
      const reply = await road.issue(order);
      const { invoice } = await expectTiedOut(reply, { total: 24 * 32_990 + 187_500, currency: 'USD', lines: 2 });
      expect(invoice).toMatchObject({ Order_Id__c: order, Source_Id__c: order, Source_Type__c: 'Order' });
    });

    it('an Account with free lines', async () => {
      const accountId = road.story.accounts.HARBOR as string;
      const lines = [
        {
          lineKey: 'free-0b4a9a46-7f5b-4f0e-9a59-1c8a6f9f0001',
          description: 'Retrofit of two robots',
          quantity: '2',
          unitPrice: '450.5',
          include: true,
        },
        { lineKey: 'free-0b4a9a46-7f5b-4f0e-9a59-1c8a6f9f0002', description: 'Goodwill', quantity: '1', unitPrice: '-100', include: true },
      ];
      const reply = await road.issue(accountId, (draft) => (draft.lines = lines), 'admin');
      const { book } = await expectTiedOut(reply, { total: 80_100, currency: 'USD', lines: 2 });
      expect(
        book.Line.filter((line: { DetailType: string }) => line.DetailType === 'SalesItemLineDetail').map(
          (line: { Description: string }) => line.Description,
        ),
      ).toEqual(['Retrofit of two robots', 'Goodwill']);
      const again = await road.issue(accountId, (draft) => (draft.lines = lines), 'admin');
      expect(again.invoiceId).toBe(reply.invoiceId);
    });
  });

  describe("through the package's own Apex", () => {
    it('a rep issues and follows until it is done', async () => {
      const sourceId = await road.deal({ price: 42, quantity: 2 });
      const preview = await road.apex('TrueupIssueInvoiceController', 'previewInvoice', { sourceId, draftJson: null }, 'rep');
      expect(preview).toMatchObject({ status: 200, body: { outcome: 'done', canIssue: true } });
      const draftJson = JSON.stringify(preview.body.draft);
      const clicked = await road.apex('TrueupIssueInvoiceController', 'issueInvoice', { sourceId, draftJson }, 'rep');
      expect(clicked).toMatchObject({ status: 200, body: { outcome: 'accepted', operationKey: expect.any(String) } });
      const followed = await until(
        async () => {
          const { operationKey } = clicked.body;
          const answer = await road.apex('TrueupIssueInvoiceController', 'followOperation', { operationKey, seen: 0 }, 'rep');
          return answer.body.state === 'done' && answer.body;
        },
        10_000,
        'the operation is done',
      );
      expect(followed).toMatchObject({ invoiceId: clicked.body.invoiceId, problems: [] });
      await expectTiedOut({ ...(followed as unknown as Reply), outcome: 'done' }, { total: 8_400, currency: 'USD', lines: 1 });
    });

    it('a flow that fires twice makes one invoice', async () => {
      const sourceId = await road.deal({ price: 43, quantity: 2 });
      const fire = () =>
        fetch(`${road.sandbox.org.baseUrl}/services/data/v66.0/actions/custom/apex/TrueupIssueInvoice`, {
          method: 'POST',
          headers: { authorization: `Bearer ${road.sandbox.org.users.admin.accessToken}`, 'content-type': 'application/json' },
          body: JSON.stringify({ inputs: [{ sourceId }] }),
        }).then((answer) => answer.json() as Promise<{ isSuccess: boolean; outputValues: { outcome: string } }[]>);
      const [first, second] = await Promise.all([fire(), fire()]);
      expect([first?.[0]?.isSuccess, second?.[0]?.isSuccess]).toEqual([true, true]);
      await road.settled();
      await fire();
      await road.settled();
      const invoices = await invoicesOf(sourceId);
      expect(invoices).toHaveLength(1);
      expect(invoices[0]?.Status__c).toBe('Open');
    });
  });
}

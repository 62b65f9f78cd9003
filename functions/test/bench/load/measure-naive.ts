import { createRequire } from 'node:module';
import { Connection } from 'jsforce';
import Stripe from 'stripe';
import { createClock as createMemoryClock } from '../../../src/adapters/memory/clock.ts';
import { startPastCompany } from '../../first-load/company.ts';
import { fillPast } from '../../first-load/fill-past.ts';
import { ANSWERS } from '../../first-load/limits.ts';
import { createStillClock } from '../../first-load/still-clock.ts';
import { countRefusals } from './count-refusals.ts';

const QuickBooks = createRequire(import.meta.url)('node-quickbooks') as new (...settings: unknown[]) => Record<string, unknown>;

/** The loop of the examples: read all of a list, then save record after record. It matches nothing and waits for nobody. */
export async function measureNaive({ seed, records, log }: { seed: number; records: number; log(line: string): void }) {
  const clock = createStillClock(createMemoryClock().now());
  const company = await startPastCompany([{ name: 'Everybody' }], { clock, limits: true, dailyApiLimit: 10_000_000 });
  const calls = { quickbooks: 0, stripe: 0, salesforce: 0 };
  const refusals = countRefusals();
  try {
    await fillPast(company, seed, records);
    await clock.advance(3_600_000);
    const { org, quickbooks, stripe } = company.standIns;
    const [account] = await company.rows('SELECT Id FROM Account');
    const called = (system: keyof typeof calls) => {
      calls[system] += 1;
      return clock.advance(ANSWERS[system]);
    };
    const salesforce = new Connection({ instanceUrl: org.baseUrl, accessToken: org.users.integration.accessToken, version: '66.0' });
    const save = async (object: string, key: string, row: object) => {
      await called('salesforce');
      await clock.advance(ANSWERS.row);
      await salesforce.sobject(object).upsert(row as never, key);
    };
    const started = clock.now();
    let read = 0;

    const books = new QuickBooks(
      quickbooks.clientId,
      '',
      await tokenOf(quickbooks),
      false,
      quickbooks.realmId,
      false,
      false,
      75,
      '2.0',
      undefined,
    );
    books.endpoint = `${quickbooks.baseUrl}/v3/company/`;
    for (const [entity, object] of [
      ['Customers', null],
      ['Invoices', 'Trueup_Invoice__c'],
      ['Payments', 'Trueup_Payment__c'],
    ] as const)
      for (let offset = 1, more = true; more; offset += 1000) {
        await called('quickbooks');
        const find = (
          books[`find${entity}`] as (
            asked: object,
            done: (error: unknown, body: { QueryResponse: Record<string, unknown> }) => void,
          ) => void
        ).bind(books);
        const rows = await new Promise<Record<string, unknown>[]>((resolve, reject) =>
          find({ offset, limit: 1000 }, (error, body) =>
            error
              ? reject(error as Error)
              : resolve((Object.values(body.QueryResponse).find(Array.isArray) ?? []) as Record<string, unknown>[]),
          ),
        ).catch(() => []);
        more = rows.length === 1000;
        read += rows.length;
        for (const row of rows)
          if (object)
            await save(
              object,
              'QuickBooks_Key__c',
              fieldsOf(
                object,
                { QuickBooks_Key__c: `${quickbooks.realmId}:${String(row.Id)}` },
                String(account?.Id),
                Number(row.TotalAmt),
                row.DocNumber,
              ),
            );
      }
    log('the plain loop has read QuickBooks');

    const { port } = new URL(stripe.baseUrl);
    const sdk = new Stripe(stripe.secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 2 });
    sdk.on('request', () => void (calls.stripe += 1));
    for await (const each of sdk.customers.list({ limit: 100 })) read += each.id === '' ? 0 : 1;
    for await (const { id, total, number } of sdk.invoices.list({ limit: 100 })) {
      read += 1;
      await save(
        'Trueup_Invoice__c',
        'Stripe_Invoice_Id__c',
        fieldsOf('Trueup_Invoice__c', { Stripe_Invoice_Id__c: id }, String(account?.Id), total / 100, number ?? id),
      );
    }
    for await (const { id, amount } of sdk.paymentIntents.list({ limit: 100 })) {
      read += 1;
      await save(
        'Trueup_Payment__c',
        'Stripe_Payment_Id__c',
        fieldsOf('Trueup_Payment__c', { Stripe_Payment_Id__c: id }, String(account?.Id), amount / 100),
      );
    }
    const hours = (clock.now() - started + calls.stripe * ANSWERS.stripe) / 3_600_000;
    const refused = refusals.stop();
    // Copies of one invoice are two records, and their payments too.
    const [{ doubled = 0 } = {}] = await company.rows(
      "SELECT COUNT(Id) doubled FROM Trueup_Invoice__c WHERE Name LIKE 'ST-%' AND QuickBooks_Key__c != null",
    );
    return {
      read,
      hours,
      perHour: read / hours,
      calls: { ...calls, all: calls.quickbooks + calls.stripe + calls.salesforce },
      refused,
      wrong: Number(doubled),
    };
  } finally {
    refusals.stop();
    await company.stop();
  }
}

function fieldsOf(object: string, key: object, account: string, amount: number, name: unknown = 'Past'): object {
  return object === 'Trueup_Invoice__c'
    ? { ...key, Name: name, Account__c: account, Status__c: 'Open', Revision__c: 0 }
    : { ...key, Name: 'Past', Account__c: account, Amount__c: amount, Status__c: 'Succeeded' };
}

export async function tokenOf({
  baseUrl,
  clientId,
  clientSecret,
  refreshToken,
}: {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}): Promise<string> {
  const answer = await fetch(`${baseUrl}/oauth2/v1/tokens/bearer`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

import { createOrgWriter, type startSandbox } from '../../../scripts/sandbox/index.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Opportunities of `lines` lines each, of one account that both books know, made of products that QuickBooks sells. */
export async function createDeals(sandbox: Sandbox, wanted: { count: number; lines: number }): Promise<string[]> {
  const { instanceUrl, users } = sandbox.info.org;
  const org = createOrgWriter(instanceUrl, users['admin']?.accessToken ?? '');
  const accountId = sandbox.seeded?.accounts['HARBOR'] ?? '';
  const entries = await org.query<{ Id: string; UnitPrice: number; Pricebook2Id: string }>(
    `SELECT Id, UnitPrice, Pricebook2Id FROM PricebookEntry WHERE CurrencyIsoCode = 'USD' AND Product2.ProductCode IN ('RB-200', 'RB-SENS', 'RB-INST', 'RB-CARE', 'RB-TRAIN')`,
  );
  const [first] = entries;
  if (!first) throw new Error('the seed data has no price book entries');
  const made: string[] = [];
  for (let index = 0; index < wanted.count; index += 1) {
    const [id = ''] = await org.insert('Opportunity', [
      {
        Name: `Bench ${wanted.lines} lines, ${index + 1}`,
        AccountId: accountId,
        StageName: 'Closed Won',
        CloseDate: '2026-11-24',
        Pricebook2Id: first.Pricebook2Id,
        CurrencyIsoCode: 'USD',
        OwnerId: users['rep']?.id,
        ContactId: sandbox.seeded?.contacts['DANA'],
      },
    ]);
    await org.insert(
      'OpportunityLineItem',
      Array.from({ length: wanted.lines }, (_, line) => {
        const entry = entries[line % entries.length] ?? first;
        return { OpportunityId: id, PricebookEntryId: entry.Id, Quantity: 1 + (line % 4) * 0.5, UnitPrice: Math.min(entry.UnitPrice, 900) };
      }),
    );
    made.push(id);
  }
  return made;
}

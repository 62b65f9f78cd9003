import { createRandom } from '../../core/faults.ts';
import { describe, expect, it } from 'vitest';
import { openTestOrg, SYSTEM } from '../testing/test-org.ts';

/** Random inserts, changes, moves and deletes of details; the roll-ups always equal a sum made anew in minor units. */
describe('roll-up summaries', () => {
  it.each([1, 2, 3, 4])('stay true through random business, seed %i', (seed) => {
    const org = openTestOrg();
    const random = createRandom(seed);
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
    const context = org.as('rep', 'system');
    const save = (type: string, fields: Record<string, unknown>): string =>
      org.data.insert([{ attributes: { type }, ...fields }], context, SYSTEM)[0]?.id as string;
    const account = save('Account', { Name: 'Acme' });
    const bills = [1, 2, 3].map(() => save('Bill__c', { Account__c: account, Tax__c: 1000 }));
    const lines = new Map<string, { bill: string; milli: number; kind: string }>();
    const amount = (): number => Math.floor(random() * 200_000);
    for (let step = 0; step < 150; step += 1) {
      const action = random();
      const [id, line] = lines.size ? pick([...lines]) : [];
      if (action < 0.5 || !id || !line) {
        const made = { bill: pick(bills), milli: amount(), kind: pick(['Extra', 'extra', 'Base']) };
        lines.set(save('Bill_Line__c', { Bill__c: made.bill, Amount__c: made.milli / 1000, Kind__c: made.kind }), made);
      } else if (action < 0.7) {
        line.milli = amount();
        org.data.update([{ attributes: { type: 'Bill_Line__c' }, Id: id, Amount__c: line.milli / 1000 }], context, SYSTEM);
      } else if (action < 0.85) {
        line.bill = pick(bills);
        org.data.update([{ attributes: { type: 'Bill_Line__c' }, Id: id, Bill__c: line.bill }], context, SYSTEM);
      } else {
        lines.delete(id);
        org.data.delete([{ attributes: { type: 'Bill_Line__c' }, Id: id }], context, SYSTEM);
      }
      if (step % 10) continue;
      for (const bill of bills) {
        const own = [...lines.values()].filter((one) => one.bill === bill);
        const sum = (list: typeof own): number => list.reduce((total, one) => total + one.milli, 0) / 1000;
        const row = org.data.query('SELECT Subtotal__c, Extra__c, Lines__c, Total__c FROM Bill__c WHERE Id = :bill', context, { bill })[0];
        expect(row).toMatchObject({
          Subtotal__c: sum(own),
          Extra__c: sum(own.filter((one) => one.kind.toLowerCase() === 'extra')),
          Lines__c: own.length,
          Total__c: (own.reduce((total, one) => total + one.milli, 0) + 1_000_000) / 1000,
        });
      }
    }
    org.close();
  });

  it('convert amounts of other currencies, as a multi-currency org does', () => {
    const org = openTestOrg({ features: { multiCurrency: true } });
    const context = org.as('rep', 'system');
    const save = (type: string, fields: Record<string, unknown>): string =>
      org.data.insert([{ attributes: { type }, ...fields }], context, SYSTEM)[0]?.id as string;
    const bill = save('Bill__c', { Account__c: save('Account', { Name: 'Acme' }), CurrencyIsoCode: 'EUR' });
    save('Bill_Line__c', { Bill__c: bill, Amount__c: 10, CurrencyIsoCode: 'EUR' });
    save('Bill_Line__c', { Bill__c: bill, Amount__c: 100, CurrencyIsoCode: 'USD' });
    expect(org.data.query('SELECT Subtotal__c FROM Bill__c', context)[0]).toMatchObject({ Subtotal__c: 102 });
    org.close();
  });
});

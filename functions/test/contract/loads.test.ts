import { describe, expect, it } from 'vitest';
import { pastCustomer } from '../../src/adapters/memory/past.ts';
import { type Load, newLoad } from '../../src/domain/first-load/load.ts';
import { onEachKind } from './stores.ts';

const load = (key: string, startedAt = '2026-11-24T10:00:00.000Z'): Load =>
  newLoad({ key, companyKey: 'main', companyId: 'a00', startedAt, requestedBy: null, createAccounts: false, since: null }, [
    { object: 'stripe-invoices', records: 7, estimated: true },
  ]);

onEachKind((stores) => {
  describe('loads', () => {
    it('one at a time: a second begins only when the first is over, which forgets what it learned', async () => {
      const loads = stores.loads();
      const opened = await Promise.all([loads.open(load('a')), loads.open(load('b'))]);
      expect(new Set(opened.map(({ key }) => key)).size).toBe(1);
      const [first] = opened;
      if (!first) throw new Error('none');
      const customers = [
        { system: 'stripe' as const, customer: pastCustomer('cus_1', 'Acme'), standing: 'read' as const, accountId: null },
      ];
      const saved = await loads.save({ ...first, state: 'completed' }, { customers });
      expect(saved).toMatchObject({ version: first.version + 1, state: 'completed' });
      expect(await loads.running()).toEqual([]);
      expect(await loads.listCustomers(first.key, 'stripe', { after: null, limit: 10 })).toEqual([]);
      expect((await loads.open(load('c', '2026-11-25T10:00:00.000Z'))).key).toBe('c');
      expect((await loads.latest('main'))?.key).toBe('c');
      expect((await loads.running()).map(({ key }) => key)).toEqual(['c']);
    });

    it('names those that go on by themselves, and not those that a person paused', async () => {
      const loads = stores.loads();
      const running = async () => (await loads.running()).map(({ key }) => key);
      const rests = await loads.save({ ...(await loads.open(load('a'))), state: 'paused', waitsForLimit: true });
      if (!rests) throw new Error('not saved');
      expect(await running()).toEqual(['a']);
      const stopped = await loads.save({ ...rests, state: 'needs-attention' });
      expect(await running()).toEqual([]);
      if (stopped) await loads.save({ ...stopped, state: 'paused', waitsForLimit: false });
      expect(await running()).toEqual([]);
    });

    it('what was saved in between is not overwritten, and nothing of it is learned', async () => {
      const loads = stores.loads();
      const opened = await loads.open(load('a'));
      const parts = [{ paymentId: 'pi_1', invoiceId: 'in_1', amount: 4_000_000_000 }];
      expect(await loads.save({ ...opened, state: 'pausing' })).not.toBeNull();
      expect(await loads.save({ ...opened, state: 'running' }, { parts })).toBeNull();
      expect(await loads.partsOf('a', ['pi_1'])).toEqual([]);
      const now = await loads.read('a');
      expect(now?.state).toBe('pausing');
      if (now) await loads.save(now, { parts });
      expect(await loads.partsOf('a', ['pi_1', 'pi_2'])).toEqual(parts);
    });

    it('customers keep what became of them, and are listed by their ids', async () => {
      const loads = stores.loads();
      const read = ['b', 'a', 'Z'].map((id) => ({
        system: 'quickbooks' as const,
        customer: pastCustomer(id, `O'Neil ${id}`),
        standing: 'read' as const,
        accountId: null,
      }));
      const first = await loads.save(await loads.open(load('a')), { customers: read });
      if (!first) throw new Error('not saved');
      await loads.save(first, { customers: read, changes: [{ system: 'quickbooks', id: 'a', standing: 'linked', accountId: '001' }] });
      const page = await loads.listCustomers('a', 'quickbooks', { after: 'Z', limit: 1 });
      expect(page).toMatchObject([{ customer: { id: 'a', name: "O'Neil a" }, standing: 'linked', accountId: '001' }]);
      const standings = await loads.customersOf('a', 'quickbooks', ['a', 'b', 'c']);
      expect(standings.get('b')).toEqual({ standing: 'read', accountId: null });
      expect(standings.has('c')).toBe(false);
    });
  });
});

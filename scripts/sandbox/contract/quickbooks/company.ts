import { createClock } from '../../emulators/core/clock.ts';
import { openStore } from '../../emulators/core/store.ts';
import { createQuickbooksEngine } from '../../emulators/quickbooks/engine.ts';
import type { EngineReply, QuickbooksEngine } from '../../emulators/quickbooks/engine.ts';
import type { Draft, EntityName } from '../../emulators/quickbooks/entities.ts';

export interface RecordedCompany {
  engine: QuickbooksEngine;
  /** Puts a recorded body into the books as it stands: id, token, times. An entity that is there already stays. */
  put(entity: EntityName, body: Draft): void;
  /** Sends a request by the recorded address, whose company id is masked or left out. */
  send(method: string, uri: string, body?: unknown): EngineReply;
}

/** A company with the settings of the recorded one: one currency, its own numbers, online payment off, a custom field; `empty` leaves out its accounts and items. */
export function openRecordedCompany({ empty = false } = {}): RecordedCompany {
  const clock = createClock();
  const engine = createQuickbooksEngine({ clock, store: openStore({}), auth: false, limits: false });
  engine.books.saveSettings({
    multiCurrency: false,
    customTxnNumbers: false,
    onlineAch: false,
    onlineCreditCard: false,
    lastUser: 'Christian Pelczarski',
    customFields: ['Crew #'],
  });
  const company: RecordedCompany = {
    engine,
    put(entity, body) {
      const id = String(body['Id']);
      if (engine.books.get(entity, id)) return;
      engine.books.insert(entity, body);
      const row = engine.books.row(entity, id)!;
      const lines = (body['Line'] ?? []) as Draft[];
      const times = body['MetaData'] as { LastUpdatedTime: string } | undefined;
      engine.books.rows(entity).put({
        ...row,
        updated: times ? Date.parse(times.LastUpdatedTime) : row.updated,
        lineIds: Math.max(0, ...lines.map((line) => Number(line['Id'] ?? 0))),
        body: { ...row.body, SyncToken: String(body['SyncToken'] ?? '0'), ...(times ? { MetaData: times as never } : {}) },
      });
    },
    send(method, uri, body) {
      const url = new URL(uri, 'https://quickbooks.api.intuit.com');
      const resource = url.pathname.replace(/^\/v3\/(company\/-COMPANY_ID-\/)?/, '');
      return engine.request(method, `/v3/company/${engine.realmId}/${resource}`, Object.fromEntries(url.searchParams), body);
    },
  };
  if (!empty) layDownLists(company);
  return company;
}

function layDownLists(company: RecordedCompany): void {
  const account = (Id: string, Name: string, AccountType: string, Classification: string) =>
    company.put('Account', {
      Id,
      Name,
      FullyQualifiedName: Name,
      AccountType,
      Classification,
      Active: true,
      CurrencyRef: { value: 'USD' },
    });
  account('4', 'Undeposited Funds', 'Other Current Asset', 'Asset');
  account('82', 'Design income', 'Income', 'Revenue');
  for (const [Id, Name] of [
    ['1', 'Services'],
    ['4', 'Design'],
  ])
    company.put('Item', { Id, Name, FullyQualifiedName: Name, Type: 'Service', Active: true, IncomeAccountRef: { value: '82' } });
}

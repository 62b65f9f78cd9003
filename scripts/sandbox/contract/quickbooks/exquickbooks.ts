import path from 'node:path';
import type { Draft, EntityName } from '../../emulators/quickbooks/entities.ts';
import { checkShape } from '../../emulators/quickbooks/schema/check.ts';
import { differences } from '../compare.ts';
import { filesIn, readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { openRecordedCompany } from './company.ts';
import type { RecordedCompany } from './company.ts';

type Answer = Record<string, Draft>;
interface Case {
  /** Prepares the company and asks what the recorded answer was given to. */
  ask(company: RecordedCompany, recorded: Answer): unknown;
  volatile?: string[];
  /** The answer holds all there is. */
  empty?: boolean;
}

const TIMES = ['time', 'LastUpdatedTime'];
const MADE = [...TIMES, 'CreateTime', 'TxnDate', 'DueDate', 'DocNumber', 'Id'];
const STALE = (entity: EntityName, user: string, body: Draft): Case => ({
  ask({ engine, put, send }) {
    engine.books.saveSettings({ lastUser: user });
    put(entity, body);
    return send('POST', `/v3/${entity.toLowerCase()}`, { ...body, SyncToken: '9' }).body;
  },
});

/** Requests are not recorded there; each is the one its answer belongs to. */
const CASES: Record<string, Case> = {
  'api__query.json': {
    ask({ put, send }, recorded) {
      for (const item of [...(recorded['QueryResponse']!['Item'] as Draft[])].reverse()) put('Item', item);
      const { startPosition, maxResults } = recorded['QueryResponse'] as { startPosition: number; maxResults: number };
      return send('GET', `/v3/query?query=SELECT * FROM Item STARTPOSITION ${String(startPosition)} MAXRESULTS ${String(maxResults)}`).body;
    },
    empty: true,
  },
  'api__query_error.json': { ask: ({ send }) => send('GET', '/v3/query?query=SELECT * FROM null').body },
  'item__create_item_error.json': { ask: ({ send }) => send('POST', '/v3/item', { Type: 'Service' }).body },
  'item__read_item.json': {
    ask({ put, send }, recorded) {
      put('Item', recorded['Item']!);
      return send('GET', `/v3/item/${String(recorded['Item']!['Id'])}`).body;
    },
  },
  'item__read_item_error.json': { ask: ({ send }) => send('GET', '/v3/item/999').body },
  'item__update_item.json': {
    ask({ put, send }, recorded) {
      const item = recorded['Item']!;
      for (const [name, type, group] of [
        ['IncomeAccountRef', 'Income', 'Revenue'],
        ['ExpenseAccountRef', 'Cost of Goods Sold', 'Expense'],
        ['AssetAccountRef', 'Other Current Asset', 'Asset'],
      ] as const) {
        const { value, name: Name } = item[name] as { value: string; name: string };
        put('Account', { Id: value, Name, FullyQualifiedName: Name, AccountType: type, Classification: group, Active: true });
      }
      put('Item', { ...item, SyncToken: '2', Description: 'Before' });
      return send('POST', '/v3/item', { Id: item['Id'], SyncToken: '2', sparse: true, Description: item['Description'] }).body;
    },
  },
  'item__update_item_error.json': STALE('Item', 'Leo Nikkilä', { Id: '4', SyncToken: '0', Name: 'Design' }),
  'sales_receipt__create_sales_receipt.json': {
    ask(company, recorded) {
      const line = prepareReceipt(company, recorded);
      return company.send('POST', '/v3/salesreceipt', { Line: [{ Amount: 0, ...line }] }).body;
    },
    volatile: MADE,
  },
  'sales_receipt__create_sales_receipt_error.json': { ask: ({ send }) => send('POST', '/v3/salesreceipt', { Line: [{ Amount: 1 }] }).body },
  'sales_receipt__void_sales_receipt.json': {
    ask(company, recorded) {
      const receipt = recorded['SalesReceipt']!;
      prepareReceipt(company, recorded);
      const { PrivateNote: _, ...before } = receipt;
      const lines = (before['Line'] as Draft[]).map((line) => {
        const detail = line['SalesItemLineDetail'] as Draft | undefined;
        return detail ? { ...line, SalesItemLineDetail: { ...detail, Qty: 1 } } : line;
      });
      company.put('SalesReceipt', { ...before, SyncToken: '0', Line: lines });
      return company.send('POST', '/v3/salesreceipt?operation=update&include=void', { Id: receipt['Id'], SyncToken: '0', sparse: true })
        .body;
    },
  },
  'sales_receipt__void_sales_receipt_error.json': STALE('SalesReceipt', 'John Doe', { Id: '6', SyncToken: '0' }),
  'preferences__read_preferences.json': { ask: ({ send }) => send('GET', '/v3/preferences').body },
};

/** The receipt's item, and no custom field, as that company had none. */
function prepareReceipt({ engine, put }: RecordedCompany, recorded: Answer): Draft {
  engine.books.saveSettings({ customFields: [], usingSalesTax: false });
  const line = (recorded['SalesReceipt']!['Line'] as Draft[])[0]!;
  const detail = line['SalesItemLineDetail'] as Draft;
  const { value, name } = detail['ItemRef'] as { value: string; name: string };
  put('Item', { Id: value, Name: name, FullyQualifiedName: name, Type: 'Service', Active: true, IncomeAccountRef: { value: '82' } });
  return { DetailType: line['DetailType'], SalesItemLineDetail: { ...detail, Qty: 1 } };
}

const NOT_APPLICABLE: Record<string, string> = {
  'item__create_item.json': 'inventory items cannot be made here: cost of goods sold is not modelled; refused and marked',
  'preferences__update_preferences.json': 'preferences are changed by the control routes only; the API refuses and marks it',
  'preferences__update_preferences_error.json': 'preferences are changed by the control routes only; the API refuses and marks it',
};

/** Asks the stand-in for what ExQuickBooks' recorded answers hold. */
export function compareExQuickBooks(folder: string): Finding[] {
  const samples = path.join(folder, 'quickbooks/samples/exquickbooks');
  return filesIn(samples).map((file) => {
    if (NOT_APPLICABLE[file]) return notApplicable(file, NOT_APPLICABLE[file]);
    const recorded = readJson<Answer>(samples, file);
    if (file === 'preferences__read_preferences.json') return judge(file, preferenceDifferences(recorded['Preferences']!));
    const found = CASES[file];
    if (!found) return judge(file, ['no request is known for this answer']);
    const company = openRecordedCompany({ empty: found.empty === true });
    return judge(file, differences(found.ask(company, recorded), recorded, { volatile: found.volatile ?? TIMES }));
  });
}

/** Which groups there are depends on the company; the members of each must be known, and those shown have the recorded types. */
function preferenceDifferences(recorded: Draft): string[] {
  const company = openRecordedCompany();
  const ours = (company.send('GET', '/v3/preferences').body as Answer)['Preferences']!;
  try {
    checkShape('Preferences', recorded);
  } catch (error) {
    return [(error as Error).message];
  }
  return Object.entries(recorded).flatMap(([group, members]) => {
    if (!(group in ours)) return [`${group}: missing here`];
    if (typeof members !== 'object' || members === null) return [];
    return Object.entries(members as Draft).flatMap(([name, value]) => {
      const mine = (ours[group] as Draft)[name];
      return mine !== undefined && typeof mine !== typeof value ? [`${group}.${name}: here ${typeof mine}, recorded ${typeof value}`] : [];
    });
  });
}

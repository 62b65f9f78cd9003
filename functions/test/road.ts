import pg from 'pg';
import { settled } from './settled.ts';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../scripts/sandbox/index.ts';

// What the integration tests ask of the running product: its doors as Salesforce calls them, and what each of the three systems holds.

export type Persona = 'rep' | 'admin' | 'accountant' | 'automation' | 'none';

/** Custom permissions of the people, as our Apex would find and send them. */
const PERMISSIONS: Record<Persona, string> = {
  rep: 'Trueup_Issue_Invoice,Trueup_Void_Invoice',
  admin: 'Trueup_Administer,Trueup_Edit_Price,Trueup_Issue_Invoice,Trueup_Run_Sync,Trueup_Void_Invoice',
  accountant: 'Trueup_Run_Sync',
  automation: 'Trueup_Issue_Invoice,Trueup_Run_Sync',
  none: '',
};

export interface ProblemReply {
  code: string;
  severity: string;
  field?: string;
  message: string;
  action: string;
}

/** What the doors answer; absent members by operation. */
export interface Reply {
  outcome: string;
  operationKey: string;
  invoiceId: string;
  invoiceNumber: string;
  runId: string;
  steps: { name: string; state: string; message?: string }[];
  problems: ProblemReply[];
  canIssue: boolean;
  state: string;
  identity: Record<'stripe' | 'quickbooks', { status: string; id?: string }>;
  draft: Draft;
  lines: { lineKey: string; productName: string; quantityLeft: string; quantityBilled: string; billable: boolean }[];
  totals: Record<'subtotal' | 'tax' | 'total', { minor: number; currency: string; decimal: string }>;
  code: string;
  message: string;
  action: string;
}

export interface DraftLine {
  lineKey: string;
  sourceLineId?: string | null;
  productId?: string | null;
  description: string;
  quantity: string;
  unitPrice: string;
  serviceDate?: string | null;
  include: boolean;
}

export interface Draft {
  accountId: string;
  contactId: string | null;
  invoiceDate: string;
  terms: string;
  poNumber: string | null;
  memo: string | null;
  delivery: 'send' | 'do-not-send';
  lines: DraftLine[];
}

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of foreign systems

/** How many documents each system holds that this product could have made. */
export type Trace = Record<string, number>;

export interface Road {
  sandbox: Sandbox;
  /** Ids of the story's deals, accounts, contacts and products. */
  story: NonNullable<Sandbox['seeded']>;
  /** One call through the first door. */
  call(operation: string, body: object, as?: Persona): Promise<Reply & { status: number }>;
  /** An Aura-enabled method of the package, as the person's browser calls it. */
  apex(className: string, method: string, params: object, as: Persona): Promise<{ status: number; body: Row }>;
  preview(sourceId: string, as?: Persona): Promise<Reply>;
  /** Previews, changes the proposed draft, issues, and waits for the end. */
  issue(sourceId: string, change?: (draft: Draft) => void, as?: Persona): Promise<Reply>;
  /** A won deal with one line of sensors. @returns its id */
  deal(line: { price: number; quantity?: number; account?: string; currency?: string; product?: string; fields?: Row }): Promise<string>;
  /** The same, issued; its invoice. */
  issued(price: number, account?: string, currency?: string): Promise<Row>;
  /** Rows of the local org, read with all rights. */
  soql(query: string): Promise<Row[]>;
  /** Creates or updates records with all rights. @returns ids */
  insert(type: string, ...records: Row[]): Promise<string[]>;
  update(type: string, ...records: Row[]): Promise<void>;
  invoice(id: string): Promise<Row>;
  /** A read of Stripe's own API. */
  stripe(path: string): Promise<Row>;
  /** All entities of one kind in QuickBooks, as its API shows them. */
  books(entity: Parameters<Sandbox['quickbooks']['engine']['books']['rows']>[0]): Row[];
  book(entity: 'Invoice' | 'Payment' | 'Customer', id: string): Row;
  /** The accountant at work in QuickBooks itself. */
  control(system: 'quickbooks' | 'stripe', path: string, body?: object): Promise<Row>;
  trialBalance(): Promise<{ difference: number; rows: { account: string; home: number }[] }>;
  /** What is held where; compare before and after to see that nothing was left behind. */
  trace(): Promise<Trace>;
  /** Moves every clock forward and starts the functions anew at that time; what waits in them has waited. */
  restartLater(ms: number): Promise<void>;
  /** Waits until nothing is in line or under way in the functions, so that what comes next stands alone. */
  settled(): Promise<void>;
  /** Asks the functions' database; answers how many rows it was. */
  database(statement: string): Promise<number>;
  /** Pays on the hosted page. `how` is what its form sends. */
  payOnPage(payLink: string, how: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts the whole product in a folder of its own, without the page. No test cuts the power: what measures asks for `durable`. */
export async function startRoad(options: SandboxOptions = {}): Promise<Road> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-road-'));
  const sandbox = await startSandbox({ dataDir, page: false, durable: false, ...options });
  const { org, stripe, quickbooks, functions } = sandbox;
  const { seeded } = sandbox;
  if (!seeded) throw new Error('the story was not seeded');

  const json = async (answer: Response) => {
    const body = (await answer.json()) as Row;
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status} ${JSON.stringify(body)}`);
    return body;
  };
  const orgCall = async (method: string, where: string, body?: object) =>
    json(
      await fetch(`${org.baseUrl}/services/data/v66.0${where}`, {
        method,
        headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  const seed = async (operation: string, type: string, records: Row[]) =>
    json(
      await fetch(`${org.baseUrl}/sandbox/seed`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ operation, records: records.map((record) => ({ attributes: { type }, ...record })) }),
      }),
    );

  const road: Road = {
    sandbox,
    story: seeded,
    async call(operation, body, as = 'rep') {
      const answer = await fetch(`${functions.baseUrl}/v1/${operation}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sandbox.functionSecret}`,
          'content-type': 'application/json',
          'x-trueup-org-id': org.orgId,
          'x-trueup-user-id': org.users[as].id,
          'x-trueup-permissions': PERMISSIONS[as],
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, ...((await answer.json()) as Reply) };
    },
    async apex(className, method, params, as) {
      const answer = await fetch(`${org.baseUrl}/sandbox/apex/${className}/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.users[as].accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(params),
      });
      return { status: answer.status, body: (await answer.json()) as Row };
    },
    preview: (sourceId, as) => road.call('preview-invoice', { sourceId }, as),
    async issue(sourceId, change, as) {
      const { draft, problems } = await road.preview(sourceId, as);
      if (!draft) throw new Error(`no draft: ${JSON.stringify(problems)}`);
      change?.(draft);
      return road.call('issue-invoice', { sourceId, draft, waitMs: 20_000 }, as);
    },
    async deal({ price, quantity = 1, account = 'HARBOR', currency = 'USD', product = 'RB-SENS', fields = {} }) {
      const [entry] = await road.soql(
        `SELECT Id FROM PricebookEntry WHERE Product2.ProductCode = '${product}' AND CurrencyIsoCode = '${currency}'`,
      );
      const [id = ''] = await road.insert('Opportunity', {
        Name: 'A won deal',
        AccountId: seeded.accounts[account],
        StageName: 'Closed Won',
        CloseDate: '2030-01-01',
        CurrencyIsoCode: currency,
        OwnerId: org.users.rep.id,
        ...fields,
      });
      await road.insert('OpportunityLineItem', { OpportunityId: id, PricebookEntryId: entry?.Id, Quantity: quantity, UnitPrice: price });
      return id;
    },
    async issued(price, account, currency) {
      const reply = await road.issue(await road.deal({ price, ...(account ? { account } : {}), ...(currency ? { currency } : {}) }));
      if (reply.outcome !== 'done') throw new Error(`not issued: ${JSON.stringify(reply)}`);
      return road.invoice(reply.invoiceId);
    },
    soql: async (query) => (await orgCall('GET', `/query?q=${encodeURIComponent(query)}`)).records as Row[],
    insert: async (type, ...records) => ((await seed('insert', type, records)) as unknown as { id: string }[]).map((saved) => saved.id),
    async update(type, ...records) {
      await seed('update', type, records);
    },
    invoice: async (id) => {
      const [row] = await road.soql(
        `SELECT FIELDS(ALL), (SELECT FIELDS(ALL) FROM Trueup_Lines__r ORDER BY Sort_Order__c LIMIT 200), (SELECT FIELDS(ALL) FROM Trueup_Allocations__r LIMIT 200) FROM Trueup_Invoice__c WHERE Id = '${id}' LIMIT 1`,
      );
      if (!row) throw new Error(`Salesforce has no invoice ${id}`);
      return row;
    },
    stripe: async (where) =>
      json(await fetch(`${stripe.baseUrl}/v1/${where}`, { headers: { authorization: `Bearer ${stripe.secretKey}` } })),
    books: (entity) =>
      quickbooks.engine.books
        .rows(entity)
        .all()
        .map((row) => row.body as Row),
    book(entity, id) {
      const found = quickbooks.engine.books.get(entity, id);
      if (!found) throw new Error(`QuickBooks has no ${entity} ${id}`);
      return found as Row;
    },
    control: async (system, where, body) =>
      json(
        await fetch(`${(system === 'stripe' ? stripe : quickbooks).baseUrl}/__ctl/${where}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body ?? {}),
        }),
      ),
    trialBalance: async () =>
      (await json(await fetch(`${quickbooks.baseUrl}/__ctl/trial-balance`))) as Awaited<ReturnType<Road['trialBalance']>>,
    async trace() {
      const count = async (object: string) => (await road.soql(`SELECT COUNT(Id) n FROM ${object}`))[0]?.n as number;
      const held: Trace = {};
      for (const object of ['Trueup_Invoice__c', 'Trueup_Invoice_Line__c', 'Trueup_Operation__c', 'Trueup_Payment__c', 'Trueup_Link__c'])
        held[object] = await count(object);
      const { db } = stripe.engine;
      held['Stripe customers'] = db.customers.count();
      held['Stripe invoices'] = db.invoices.count();
      held['Stripe items'] = db.items.count();
      held['Stripe events'] = db.events.count();
      for (const entity of ['Customer', 'Invoice', 'Payment', 'Item'] as const) held[`QuickBooks ${entity}`] = road.books(entity).length;
      return held;
    },
    async restartLater(ms) {
      await functions.stop();
      await sandbox.clock.advance(ms);
      await functions.start();
    },
    settled: () => settled(sandbox),
    async database(statement) {
      const client = new pg.Client({ connectionString: sandbox.databaseUrl });
      await client.connect();
      try {
        return (await client.query(statement)).rowCount ?? 0;
      } finally {
        await client.end();
      }
    },
    payOnPage: (payLink, how) =>
      fetch(hosted(payLink, 'pay'), {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(how),
      }),
    async stop() {
      await sandbox.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return road;
}

/** An address below the hosted page, whose link carries a query of its own. */
export const hosted = (payLink: string, action: string): string => `${payLink.split('?')[0]}/${action}`;

export const CARD = { method: 'card', number: '4242424242424242' };

/** Keeps the lines whose product is named, at the given quantity; the rest is left out. */
export const only =
  (...wanted: [lineIndex: number, quantity: string][]) =>
  (draft: Draft): void =>
    draft.lines.forEach((line, index) => {
      const choice = wanted.find(([at]) => at === index);
      line.include = choice !== undefined;
      if (choice) line.quantity = choice[1];
    });

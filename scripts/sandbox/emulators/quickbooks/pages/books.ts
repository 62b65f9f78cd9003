import { badge, details, html, table } from '../../core/page.ts';
import type { Deliverer } from '../../core/delivery.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { accountLink, amount, currencyOf, invoiceLink, page, paymentLink } from './frame.ts';

const SHOWN = 300;

export function companyPage(engine: QuickbooksEngine): string {
  const { settings } = engine.books;
  const open = engine.books
    .rows('Invoice')
    .where({})
    .filter((row) => Number(row.body['Balance']) > 0).length;
  return page(settings.companyName, '/sandbox', [
    details([
      ['Company id (realm)', engine.realmId],
      ['Home currency', settings.homeCurrency],
      ['Multicurrency', settings.multiCurrency ? 'on' : 'off'],
      ['Own transaction numbers', settings.customTxnNumbers ? 'on' : 'off'],
      ['Books closed through', settings.bookCloseDate ?? 'open'],
      ['Sales tax', settings.usingSalesTax ? 'on' : 'off'],
      ['Invoices', `${engine.books.rows('Invoice').count()}, ${open} open`],
      ['Payments', engine.books.rows('Payment').count()],
      ['Customers', engine.books.rows('Customer').count()],
      ['API reads and writes since start', `${engine.meters.reads} and ${engine.meters.writes}`],
    ]),
    trialBalanceSummary(engine),
  ]);
}

function trialBalanceSummary(engine: QuickbooksEngine) {
  const difference = engine.ledger.trialBalance().reduce((sum, { home }) => sum + home, 0);
  return html`<p>
    Trial balance: ${difference === 0 ? badge('debits equal credits', 'good') : badge(`off by ${difference / 100}`, 'bad')}
  </p>`;
}

export function accountsPage(engine: QuickbooksEngine): string {
  const rows = engine.books
    .rows('Account')
    .where({}, { orderBy: 'name' })
    .map(({ body }) => [
      accountLink(body.Id, String(body['FullyQualifiedName'])),
      String(body['AccountType']),
      currencyOf(body),
      amount(engine.ledger.balance(body.Id).own / 100, currencyOf(body)),
    ]);
  return page('Accounts', '/sandbox/accounts', [
    html`<p>Balances in each account's own currency; debits are positive.</p>`,
    table('Chart of accounts', ['Account', 'Type', 'Currency', 'Balance'], rows),
  ]);
}

export function registerPage(engine: QuickbooksEngine, id: string): string | undefined {
  const account = engine.books.get('Account', id);
  if (!account) return undefined;
  const currency = currencyOf(account);
  const rows = engine.ledger
    .register(id)
    .slice(0, SHOWN)
    .map((entry) => {
      const own = entry.postings
        .filter((posting) => posting.account === id)
        .reduce((sum, posting) => sum + (entry.currency === currency ? posting.amount : posting.home), 0);
      const label = `${entry.type} ${entry.number ?? entry.txnId}`;
      const document =
        entry.type === 'Invoice' ? invoiceLink(entry.txnId, label) : entry.type === 'Payment' ? paymentLink(entry.txnId, label) : label;
      return [
        entry.date,
        document,
        entry.who ?? '',
        entry.memo ?? '',
        own > 0 ? amount(own / 100, currency) : '',
        own < 0 ? amount(-own / 100, currency) : '',
      ];
    });
  return page(String(account['FullyQualifiedName']), '/sandbox/accounts', [
    details([
      ['Type', String(account['AccountType'])],
      ['Currency', currency],
      ['Balance', amount(engine.ledger.balance(id).own / 100, currency)],
    ]),
    table('Register', ['Date', 'Transaction', 'Name', 'Memo', 'Debit', 'Credit'], rows, 'No transactions.'),
  ]);
}

export function trialBalancePage(engine: QuickbooksEngine): string {
  const home = engine.books.settings.homeCurrency;
  const balances = engine.ledger.trialBalance();
  const sum = (sign: 1 | -1) => balances.reduce((total, balance) => total + Math.max(sign * balance.home, 0), 0);
  const rows = balances.map((balance) => [
    accountLink(balance.id, String(engine.books.get('Account', balance.id)?.['FullyQualifiedName'] ?? balance.id)),
    balance.home > 0 ? amount(balance.home / 100, home) : '',
    balance.home < 0 ? amount(-balance.home / 100, home) : '',
  ]);
  const receivables = engine.ledger
    .receivables()
    .filter((owed) => owed.amount !== 0)
    .map((owed) => [
      String(engine.books.get('Customer', owed.customer)?.['DisplayName'] ?? owed.customer),
      amount(owed.amount / 100, owed.currency),
      amount(owed.home / 100, home),
    ]);
  return page('Trial balance', '/sandbox/trial-balance', [
    trialBalanceSummary(engine),
    table(
      `Trial balance in ${home}`,
      ['Account', 'Debit', 'Credit'],
      [...rows, ['Total', amount(sum(1) / 100, home), amount(sum(-1) / 100, home)]],
    ),
    table('Receivables by customer', ['Customer', 'Owed', `In ${home}`], receivables, 'Nobody owes anything.'),
  ]);
}

export function webhooksPage(deliverer: Deliverer): string {
  const rows = deliverer.deliveries
    .where({}, { orderBy: 'created', desc: true, limit: 100 })
    .map((delivery) => [
      new Date(delivery.created).toISOString(),
      delivery.about['objects'] ?? '',
      delivery.about['types'] ?? '',
      badge(delivery.state, delivery.state === 'delivered' ? 'good' : delivery.state === 'pending' ? 'plain' : 'bad'),
      delivery.attempts.map((attempt) => attempt.status ?? attempt.error).join(', '),
    ]);
  return page(
    'Webhooks',
    '/sandbox/webhooks',
    table('Deliveries', ['Made', 'Objects', 'Types', 'State', 'Answers'], rows, 'No webhook was sent. Give the stand-in an address first.'),
  );
}

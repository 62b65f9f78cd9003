import { html } from '../../core/index.ts';
import type { Content } from '../../core/index.ts';
import { display } from '../currencies.ts';
import type { Invoice, Item, PaymentIntent } from '../entities.ts';
import { discountOf } from '../totals.ts';
import type { AccountProfile } from '../world.ts';

const dayIn = (timeZone: string) => (seconds: number | null) =>
  seconds === null
    ? ''
    : new Date(seconds * 1000).toLocaleDateString('en-US', { timeZone, year: 'numeric', month: 'long', day: 'numeric' });

/** A page of the customer's; `next` is where it goes on to by itself. */
export function frame(title: string, body: Content, next?: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${next === undefined ? '' : html`<meta http-equiv="refresh" content="${`1;url=${next}`}" />`}
        <link rel="stylesheet" href="/i/style.css" />
      </head>
      <body>
        <header class="testmode">Test mode. No real money moves.</header>
        <main>${body}</main>
      </body>
    </html>`.markup;
}

export const notFoundPage = (): string =>
  frame(
    'Not found',
    html`<section class="card">
      <h1>This invoice was not found</h1>
      <p>The link may be incomplete.</p>
    </section>`,
  );

export interface InvoicePageOptions {
  account: AccountProfile;
  invoice: Invoice;
  items: Item[];
  intent: PaymentIntent | undefined;
  payable: boolean;
  problem?: string;
}

/** The page a customer gets by the pay link. */
export function invoicePage(options: InvoicePageOptions): string {
  const { account, invoice, items } = options;
  const day = dayIn(account.timeZone);
  const left = invoice.amount_due - invoice.amount_paid;
  return frame(
    `Invoice ${invoice.number ?? ''} from ${account.name}`,
    html`
<section class="card"><header><p class="from">${account.name}</p><h1>${headline(options)}</h1><p class="due">${invoice.status === 'paid' ? `Paid on ${day(invoice.status_transitions.paid_at)}` : invoice.due_date ? `Due ${day(invoice.due_date)}` : ''}</p></header>
<dl><div><dt>To</dt><dd>${invoice.customer_snapshot.name ?? invoice.customer_snapshot.email ?? invoice.customer}</dd></div>
<div><dt>Invoice</dt><dd>${`#${invoice.number ?? ''}`}</dd></div><div><dt>Issued</dt><dd>${day(invoice.effective_at)}</dd></div>
${(invoice.custom_fields ?? []).map(
  (field) =>
    html`<div>
      <dt>${field.name}</dt>
      <dd>${field.value}</dd>
    </div>`,
)}</dl>
${invoice.description ? html`<p class="memo">${invoice.description}</p>` : ''}
<p><a href="${`/i/${invoice.token ?? ''}/pdf`}">Download invoice</a></p>
<details${left > 0 ? '' : OPEN}><summary>View invoice details</summary><table><caption>Invoice details</caption>
<thead><tr><th scope="col">Description</th><th scope="col" class="number">Qty</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${items.map(
      (item) =>
        html`<tr>
          <td>${item.description ?? ''}</td>
          <td class="number">${item.quantity_decimal}</td>
          <td class="number">${display(item.amount, item.currency)}</td>
        </tr>`,
    )}</tbody>
<tfoot><tr><th scope="row" colspan="2">Subtotal</th><td class="number">${display(invoice.subtotal, invoice.currency)}</td></tr>
${discountOf(invoice) ? discountRow(invoice) : ''}
${
  invoice.total_taxes.length
    ? html`<tr>
        <th scope="row" colspan="2">Tax</th>
        <td class="number">
          ${display(
            invoice.total_taxes.reduce((sum, tax) => sum + tax.amount, 0),
            invoice.currency,
          )}
        </td>
      </tr>`
    : ''
}
<tr><th scope="row" colspan="2">Total</th><td class="number">${display(invoice.total, invoice.currency)}</td></tr>
<tr><th scope="row" colspan="2">Amount due</th><td class="number">${display(left, invoice.currency)}</td></tr></tfoot></table></details></section>
${payment(options)}`,
  );
}

const OPEN = html` open`;

const discountRow = (invoice: Invoice): Content =>
  html`<tr>
    <th scope="row" colspan="2">Discount</th>
    <td class="number">${display(-discountOf(invoice), invoice.currency)}</td>
  </tr>`;

function headline({ invoice, intent }: InvoicePageOptions): Content {
  if (invoice.status === 'paid') return 'Invoice paid';
  if (invoice.status === 'void') return 'Invoice voided';
  if (intent?.status === 'processing') return 'Payment processing';
  return display(invoice.amount_due - invoice.amount_paid, invoice.currency);
}

function payment({ invoice, intent, payable, problem }: InvoicePageOptions): Content {
  if (invoice.status === 'paid')
    return html`<section class="card" role="status"><p class="good">Thank you. This invoice is paid.</p></section>`;
  if (invoice.status === 'void')
    return html`<section class="card" role="status"><p>This invoice has been voided and can no longer be paid.</p></section>`;
  if (intent?.status === 'processing')
    return html`<section class="card" role="status"><p>Your bank payment is on its way. It takes up to four business days.</p></section>`;
  if (!payable) return '';
  const trouble = problem ?? intent?.last_payment_error?.message;
  const action = `/i/${invoice.token ?? ''}/pay`;
  const amount = display(invoice.amount_due - invoice.amount_paid, invoice.currency);
  const bank = intent?.payment_method_types.includes('us_bank_account');
  return html`<section class="card">
      ${trouble ? html`<p class="bad" role="alert">${trouble}</p>` : ''}
      ${intent?.status === 'requires_action' ? html`<p><a href="${`/i/${invoice.token ?? ''}/authenticate`}">Continue the authentication</a></p>` : ''}
      <form method="post" action="${action}">
        <h2>Pay with card</h2>
        <input type="hidden" name="method" value="card" /> <label for="number">Card number</label
        ><input id="number" name="number" inputmode="numeric" autocomplete="off" required value="4242 4242 4242 4242" list="cards" />
        <datalist id="cards">
          <option value="4242 4242 4242 4242">succeeds</option>
          <option value="4000 0000 0000 0002">declined</option>
          <option value="4000 0025 0000 3155">needs authentication</option>
        </datalist>
        <div class="pair">
          <div><label for="expiry">Expiration</label><input id="expiry" name="expiry" value="12 / 34" /></div>
          <div><label for="cvc">CVC</label><input id="cvc" name="cvc" value="123" /></div>
        </div>
        <button>Pay ${amount}</button>
        <p class="hint">
          Test cards: 4242 4242 4242 4242 succeeds, 4000 0000 0000 0002 is declined, 4000 0025 0000 3155 needs authentication.
        </p>
      </form>
    </section>
    ${
      bank
        ? html`<section class="card">
            <form method="post" action="${action}">
              <h2>Pay by US bank account</h2>
              <input type="hidden" name="method" value="bank" /> <label for="account">Account number</label
              ><input id="account" name="account" inputmode="numeric" autocomplete="off" required value="000123456789" />
              <button>Pay ${amount} by bank</button>
              <p class="hint">000123456789 is paid after four days, 000222222227 is returned.</p>
            </form>
          </section>`
        : ''
    }`;
}

/** Stands for the bank's own page (3D Secure). */
export function authenticationPage(amount: number, currency: string, action: string): string {
  return frame(
    '3D Secure 2 test page',
    html`<section class="card">
      <h1>3D Secure 2 test page</h1>
      <p>Your bank asks you to confirm the payment of ${display(amount, currency)}.</p>
      <form method="post" action="${action}">
        <button name="result" value="complete">Complete</button> <button name="result" value="fail" class="second">Fail</button>
      </form>
    </section>`,
  );
}

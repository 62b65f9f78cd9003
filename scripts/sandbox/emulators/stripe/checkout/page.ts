import { html } from '../../core/index.ts';
import type { Content } from '../../core/index.ts';
import { display } from '../currencies.ts';
import type { CheckoutSession } from '../entities.ts';
import { frame } from '../hosted/page.ts';
import type { World } from '../world.ts';
import { amountsOf, sum } from './amounts.ts';
import { itemsOfSession } from './formatters.ts';

/** The page on which a session is paid. Forms only, no scripts. */
export function checkoutPage(world: World, session: CheckoutSession, problem?: string): string {
  const amounts = amountsOf(world, session);
  const total = sum(amounts, 'total');
  const money = (amount: number) => display(amount, session.currency);
  const name = world.account.name;
  const row = (label: string, amount: number): Content =>
    html`<tr>
      <th scope="row" colspan="2">${label}</th>
      <td class="number">${money(amount)}</td>
    </tr>`;
  return frame(
    `${name}: checkout`,
    html`<section class="card">
        <p class="from">${session.mode === 'subscription' ? `Subscribe to ${name}` : `Pay ${name}`}</p>
        <h1>${money(total)}</h1>
        <table>
          <caption>
            What you pay for
          </caption>
          <thead>
            <tr>
              <th scope="col">Description</th>
              <th scope="col" class="number">Qty</th>
              <th scope="col" class="number">Amount</th>
            </tr>
          </thead>
          <tbody>
            ${itemsOfSession(world, session).map(
              (item) =>
                html`<tr>
                  <td>${item.description ?? ''}</td>
                  <td class="number">${String(item.quantity)}</td>
                  <td class="number">${money(item.amount_subtotal)}</td>
                </tr>`,
            )}
          </tbody>
          <tfoot>
            ${sum(amounts, 'discount') ? row('Discount', -sum(amounts, 'discount')) : ''}
            ${sum(amounts, 'tax') ? row('Tax', sum(amounts, 'tax')) : ''}${row('Total due today', total)}
          </tfoot>
        </table>
        ${session.allow_promotion_codes ? codeForm(session) : ''}
      </section>
      ${payForms(session, total, money(total), problem)}`,
  );
}

const codeForm = (session: CheckoutSession): Content =>
  html`<form method="post" action="${`/c/pay/${session.id}/code`}">
    <label for="code">Promotion code</label><input id="code" name="code" autocomplete="off" />
    <button class="second">Apply</button>
  </form>`;

function payForms(session: CheckoutSession, total: number, amount: string, problem: string | undefined): Content {
  const action = `/c/pay/${session.id}`;
  const verb = session.mode === 'subscription' ? 'Subscribe' : `Pay ${amount}`;
  const email = (id: string): Content =>
    session.customer
      ? ''
      : html`<label for="${id}">Email</label
          ><input id="${id}" name="email" type="email" autocomplete="email" required value="${session.customer_email ?? ''}" />`;
  if (session.mode === 'payment' && total === 0)
    return html`<section class="card">
      <form method="post" action="${action}">${email('email')}<button>Complete order</button></form>
    </section>`;
  return html`<section class="card">
      ${problem ? html`<p class="bad" role="alert">${problem}</p>` : ''}
      <form method="post" action="${action}">
        <h2>Pay with card</h2>
        <input type="hidden" name="method" value="card" />${email('email')} <label for="number">Card number</label
        ><input id="number" name="number" inputmode="numeric" autocomplete="off" required value="4242 4242 4242 4242" />
        <button>${verb}</button>
        <p class="hint">Test cards: 4242 4242 4242 4242 succeeds, 4000 0000 0000 0002 is declined.</p>
      </form>
    </section>
    <section class="card">
      <form method="post" action="${action}">
        <h2>Pay by US bank account</h2>
        <input type="hidden" name="method" value="bank" />${email('bank-email')} <label for="account">Account number</label
        ><input id="account" name="account" inputmode="numeric" autocomplete="off" required value="000123456789" />
        <button>${verb} by bank</button>
      </form>
    </section>`;
}

/** After the payment; goes on to the merchant's page by itself. A form may not be redirected to another site, hence no 303. */
export function donePage(session: CheckoutSession, message: string | null): string {
  const url = session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
  return frame(
    'Thank you',
    html`<section class="card" role="status">
      <h1>${session.payment_status === 'unpaid' ? 'Your payment is on its way' : 'Thank you'}</h1>
      <p class="good">${message ?? 'Your order is complete.'}</p>
      ${url ? html`<p><a href="${url}">Return to the merchant</a></p>` : ''}
    </section>`,
    url,
  );
}

export const closedPage = (message: string): string =>
  frame(
    'Not available',
    html`<section class="card">
      <h1>This page is no longer available</h1>
      <p>${message}</p>
    </section>`,
  );

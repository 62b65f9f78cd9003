import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { walkAdminRoad } from './admin-road.ts';
import { issuedNumber, openPanel, panelOf } from './issue-panel.ts';
import {
  amountsOf,
  countOf,
  focused,
  linkTo,
  noToasts,
  overflow,
  payByCard,
  payLinkOf,
  plain,
  showsBilling,
  showsStatus,
} from './pages.ts';
import { walkNeedsAttention } from './needs-attention.ts';
import { openStage, type Stage } from './stage.ts';

// The main road as people walk it, in a browser: a rep issues from a record page, the customer pays, the books agree.
// One sandbox, one story: each test goes on where the one before stopped.

const ROBOT = 'Inspection robot RB-200';
const SENSOR = 'Thermal sensor';
const INSTALLATION = 'On-site installation, day';
const TRAINING = 'Operator training, seat';

let stage: Stage;
/** The rep's tab, and a second one that stays open on the deal. */
let page: Page;
let beside: Page;
let firstNumber: string;

const deal = () => `/lightning/r/Opportunity/${stage.story.deals.HARBOR_PLANT_3}/view`;
const standIn = (of: 'stripe' | 'quickbooks', where: string) => `${stage.sandbox.info[of].baseUrl}${where}`;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.stop());
// A tab behind another one draws twice a second only, which makes every click on it slow.
beforeEach(() => page?.bringToFront());
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await stage.remember(task.name);
  expect(stage.troubles()).toEqual([]);
});

describe('the page', () => {
  it('opens as the rep, with an app to move in', async () => {
    page = await stage.tab('/');
    await page.getByRole('button', { name: 'View profile of Rosa Reyes' }).waitFor();
    await page.getByRole('heading', { name: 'Open Invoices' }).waitFor();
    await page.getByText('No items to display.').first().waitFor();
    await stage.picture(page, 'home');
  });

  it.each([
    ['Accounts', 'Harbor Foods, Inc.'],
    ['Opportunities', 'Harbor Foods - Plant 3 rollout'],
    ['Orders', 'Harbor Foods, Inc.'],
  ])('lists %s', async (tab, row) => {
    await page.getByRole('navigation', { name: 'Global navigation' }).getByRole('link', { name: tab, exact: true }).click();
    await page.getByRole('grid').getByRole('link', { name: row }).first().waitFor();
    expect(await page.title()).toBe(`All ${tab} | ${tab} | Sandbox`);
    await stage.picture(page, `list-${tab.toLowerCase()}`);
  });
});

describe('issuing from an opportunity', () => {
  it('shows the deal with five lines and all of it left to bill', async () => {
    await page.getByRole('navigation', { name: 'Global navigation' }).getByRole('link', { name: 'Opportunities' }).click();
    await page.getByRole('link', { name: 'Harbor Foods - Plant 3 rollout' }).click();
    await page.getByRole('link', { name: 'Opportunity Products (5)' }).waitFor();
    await showsBilling(page, { billed: 'USD 0.00', paid: 'USD 0.00', left: 'USD 72,283.80' });
    await stage.picture(page, 'opportunity');
    beside = await stage.tab(deal());
    await showsBilling(beside, { left: 'USD 72,283.80' });
  });

  it('shows exactly what both books will hold, and a problem beside its field', async () => {
    const panel = await openPanel(page);
    expect(await panel.dialog.getByText('Linked', { exact: true }).count()).toBe(2);
    expect(await panel.dialog.getByRole('combobox', { name: 'Bill to contact' }).innerText()).toBe('Dana Whitfield');
    expect(await panel.cell(INSTALLATION, 'left').innerText()).toBe('4.5 of 4.5');
    expect(plain(await panel.cell(SENSOR, 'price').innerText())).toBe('USD 349.90');
    expect(await panel.totals()).toEqual({ Subtotal: 'USD 72,283.80', Tax: 'USD 0.00', Total: 'USD 72,283.80' });
    await stage.picture(page, 'issue-panel');

    await panel.setQuantity(SENSOR, '13');
    await panel.dialog.getByText('Only 12 of 12 are left to bill. Lower the quantity to what is left.').waitFor();
    await panel.dialog.getByText('See the note below this line').waitFor();
    expect(await panel.issueButton.isDisabled()).toBe(true);
    await stage.picture(page, 'issue-panel-problem');

    await panel.setQuantity(SENSOR, '6');
    await panel.setQuantity(ROBOT, '1');
    expect((await panel.totals()).Total).toBe('USD 34,384.40');
    expect(await panel.issueButton.isDisabled()).toBe(false);
  });

  it('issues once however often it is clicked, showing each step as it happens', async () => {
    const panel = await panelOf(page);
    await panel.dialog.getByLabel('PO number').fill('PO-4711');
    await panel.dialog.getByLabel('Memo').fill('Thank you for choosing Ridgeline.');
    await panel.settled();
    const slow = stage.sandbox.faults.add({
      point: 'quickbooks.request',
      match: { method: 'POST', path: '*/invoice' },
      times: 1,
      fault: { kind: 'delay', ms: 3000 },
    });
    await panel.issueButton.dblclick();
    const step = (name: string, state: string) => panel.dialog.locator(`[data-step="${name}"][data-state="${state}"]`);
    await step('checked', 'done').waitFor();
    await step('quickbooks', 'running').waitFor();
    await stage.picture(page, 'issue-progress');
    firstNumber = await issuedNumber(page);
    stage.sandbox.faults.remove(slow);
    await page.getByText('Invoice issued').waitFor();
  });

  it('lands on the invoice with number, status, amounts, links and how fresh they are', async () => {
    await showsStatus(page, 'Open');
    expect(await page.title()).toBe(`${firstNumber} | Invoice | Sandbox`);
    expect(await amountsOf(page)).toEqual({ total: 'USD 34,384.40', paid: 'USD 0.00', due: 'USD 34,384.40' });
    await page.getByRole('link', { name: 'Invoice Lines (5)' }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await payLinkOf(page));
    const pdf = await page.request.get((await linkTo(page, 'pdf').getAttribute('href')) ?? '');
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
    for (const system of ['stripe', 'quickbooks'] as const) {
      const shown = await page.request.get((await linkTo(page, system).getAttribute('href')) ?? '');
      expect([shown.status(), await shown.text()]).toEqual([200, expect.stringContaining(firstNumber)]);
    }
    for (const system of ['salesforce', 'stripe', 'quickbooks'])
      expect(await page.locator(`[data-freshness="${system}"]`).innerText()).toMatch(/ago|now/);
    await stage.picture(page, 'invoice-open');
  });

  it('has told the deal in the other tab, without a reload', async () => {
    await showsBilling(beside, { billed: 'USD 34,384.40', paid: 'USD 0.00', open: 'USD 34,384.40', left: 'USD 37,899.40' });
    await beside.getByRole('link', { name: 'Invoices (1)' }).waitFor();
    await stage.picture(beside, 'opportunity-billed');
  });
});

describe('the customer pays', () => {
  it('is told when the card is declined or the bank says no', async () => {
    const hosted = await stage.tab(await payLinkOf(page));
    await hosted.getByRole('heading', { name: '34,384.40 USD' }).waitFor();
    await hosted.getByText(`#${firstNumber}`).waitFor();
    await stage.picture(hosted, 'hosted-page');
    await payByCard(hosted, '4000 0000 0000 0002');
    await hosted.getByRole('alert').filter({ hasText: 'Your card was declined.' }).waitFor();
    await stage.picture(hosted, 'hosted-declined');
    await payByCard(hosted, '4000 0025 0000 3155');
    await hosted.getByRole('heading', { name: '3D Secure 2 test page' }).waitFor();
    await stage.picture(hosted, 'hosted-authentication');
    await hosted.getByRole('button', { name: 'Fail' }).click();
    await hosted.getByRole('alert').waitFor();
    expect(await amountsOf(page)).toMatchObject({ paid: 'USD 0.00' });
    await hosted.close();
  });

  it('pays, and the open record page says so without a reload', async () => {
    const hosted = await stage.tab(await payLinkOf(page));
    await payByCard(hosted, '4000 0025 0000 3155');
    const complete = hosted.getByRole('button', { name: 'Complete' });
    await complete.waitFor();
    const clicked = performance.now();
    await Promise.all([complete.click(), showsStatus(page, 'Paid')]);
    // Printed, not asserted: how long it takes says as much about the machine as about the product. Promised are two seconds.
    console.log(`the record page showed Paid ${Math.round(performance.now() - clicked)} ms after the payment`);
    await hosted.getByText('Thank you. This invoice is paid.').waitFor();
    await stage.picture(hosted, 'hosted-paid');
    await hosted.close();
  });

  it('leaves the payment and its allocation in Salesforce, on the pages that were open', async () => {
    expect(await amountsOf(page)).toEqual({ total: 'USD 34,384.40', paid: 'USD 34,384.40', due: 'USD 0.00' });
    await page.getByRole('link', { name: 'Allocations (1)' }).waitFor();
    expect(await page.getByRole('button', { name: 'Void Invoice' }).count()).toBe(0);
    await noToasts(page);
    await stage.picture(page, 'invoice-paid');
    if (process.env.TRUEUP_PICTURES) await page.screenshot({ path: path.join(import.meta.dirname, '../../../docs/images/invoice.png') });
    await showsBilling(beside, { billed: 'USD 34,384.40', paid: 'USD 34,384.40', open: 'USD 0.00', left: 'USD 37,899.40' });

    await page.getByRole('link', { name: /^pi_/ }).click();
    await page.getByRole('heading', { name: /Payment pi_/ }).waitFor();
    await page.getByText('Succeeded').first().waitFor();
    await page.getByText('USD 34,384.40').first().waitFor();
    await stage.picture(page, 'payment');
  });

  it('leaves the same in QuickBooks: paid into the clearing account, in balance', async () => {
    const books = await stage.tab(standIn('quickbooks', '/sandbox/invoices'));
    await books.getByRole('row').filter({ hasText: firstNumber }).filter({ hasText: '34,384.40' }).waitFor();
    await stage.picture(books, 'quickbooks-invoices');
    await books.getByRole('link', { name: 'Payments' }).click();
    await books.getByRole('row').filter({ hasText: '34,384.40' }).filter({ hasText: 'Stripe Clearing USD' }).waitFor();
    await stage.picture(books, 'quickbooks-payments');
    await books.getByRole('link', { name: 'Accounts' }).click();
    await books.getByRole('row').filter({ hasText: 'Stripe Clearing USD' }).filter({ hasText: '34,384.40' }).waitFor();
    await stage.picture(books, 'quickbooks-accounts');
    await books.getByRole('link', { name: 'Trial balance' }).click();
    await books.getByText('debits equal credits').waitFor();
    await stage.picture(books, 'quickbooks-trial-balance');
    await books.close();
  });

  it('leaves products, events and their deliveries at Stripe', async () => {
    const stripe = await stage.tab(standIn('stripe', '/sandbox'));
    await stripe.getByRole('row').filter({ hasText: firstNumber }).filter({ hasText: 'paid' }).waitFor();
    await stage.picture(stripe, 'stripe-invoices');
    await stripe.getByRole('link', { name: 'Products' }).click();
    await stripe.getByRole('row').filter({ hasText: 'Thermal sensor' }).filter({ hasText: 'active' }).waitFor();
    await stage.picture(stripe, 'stripe-products');
    await stripe.getByRole('link', { name: 'Events' }).click();
    await stripe.getByRole('cell', { name: 'invoice.paid' }).first().waitFor();
    await stage.picture(stripe, 'stripe-events');
    await stripe.getByRole('link', { name: 'Webhook deliveries' }).click();
    await stripe.getByRole('row').filter({ hasText: 'invoice.paid' }).filter({ hasText: 'delivered' }).first().waitFor();
    await stage.picture(stripe, 'stripe-deliveries');
    await stripe.close();
  });
});

describe('what is left of the deal', () => {
  let second: string;

  it('refuses more than is left, and in two tabs takes the first', async () => {
    await page.goto(deal());
    const one = await openPanel(page);
    await beside.bringToFront();
    const other = await openPanel(beside);
    await other.only({ [ROBOT]: '2' });
    await page.bringToFront();
    expect(await one.cell(ROBOT, 'left').innerText()).toBe('2 of 3');
    expect(await one.cell(TRAINING, 'left').innerText()).toBe('Billed in full');
    await one.only({ [ROBOT]: '3' });
    await one.dialog.getByText('Only 2 of 3 are left to bill.').first().waitFor();
    expect(await one.issueButton.isDisabled()).toBe(true);
    await one.setQuantity(ROBOT, '1');
    second = await one.issue();
    await beside.bringToFront();
    await other.issueButton.click();
    await other.dialog.getByRole('button', { name: 'Open the existing invoice' }).waitFor();
    await stage.picture(beside, 'issue-panel-refused');
    await other.dialog.getByRole('button', { name: 'Open the existing invoice' }).click();
    expect(await issuedNumber(beside)).toBe(second);
    await beside.close();
  });

  it('cannot be voided while a bank payment is on its way', async () => {
    await showsStatus(page, 'Open');
    const hosted = await stage.tab(await payLinkOf(page));
    await hosted.getByRole('button', { name: /by bank$/ }).click();
    await hosted.getByRole('heading', { name: 'Payment processing' }).waitFor();
    await stage.picture(hosted, 'hosted-processing');
    await hosted.close();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Void Invoice' }).click();
    const dialog = page.getByRole('dialog', { name: 'Void Invoice' });
    await dialog.getByLabel('Reason').fill('Entered twice');
    await dialog.getByRole('button', { name: 'Void Invoice' }).click();
    await dialog.getByText('The invoice was not voided').waitFor();
    await stage.picture(page, 'void-refused');
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await showsStatus(page, 'Open');
  });
});

describe('other records', () => {
  it('bills an order, sends it later, voids it with a reason and issues it anew', async () => {
    await page.goto(`/lightning/r/Order/${stage.story.deals.HARBOR_ORDER}/view`);
    await showsBilling(page, { billed: 'USD 0.00' });
    const panel = await openPanel(page);
    await panel.choose('Delivery', 'Do not send');
    await stage.picture(page, 'issue-panel-order');
    const number = await panel.issue();

    await page.getByRole('button', { name: 'Send Invoice' }).click();
    const sending = page.getByRole('dialog', { name: 'Send Invoice' });
    await sending.getByText('ap@harborfoods.example').waitFor();
    await stage.picture(page, 'send-invoice');
    await sending.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Invoice sent').waitFor();

    await page.getByRole('button', { name: 'Void Invoice' }).click();
    const voiding = page.getByRole('dialog', { name: 'Void Invoice' });
    const confirm = voiding.getByRole('button', { name: 'Void Invoice' });
    await confirm.click();
    await voiding.getByText('Say why the invoice is voided.').waitFor();
    await stage.picture(page, 'void-invoice');
    await voiding.getByLabel('Reason').fill('Wrong contact');
    await confirm.click();
    await page.getByText('Invoice voided').waitFor();
    await showsStatus(page, 'Void');
    await stage.picture(page, 'invoice-void');

    await page.goto(`/lightning/r/Order/${stage.story.deals.HARBOR_ORDER}/view`);
    await showsBilling(page, { billed: 'USD 0.00' });
    const again = await openPanel(page);
    expect(await again.cell(SENSOR, 'left').innerText()).toBe('24 of 24');
    expect(await again.issue()).not.toBe(number);
  });

  it('bills an account with lines of its own', async () => {
    await page.goto(`/lightning/r/Account/${stage.story.accounts.HARBOR}/view`);
    await page.getByRole('heading', { name: /Harbor Foods, Inc\./ }).waitFor();
    await stage.picture(page, 'account');
    const panel = await openPanel(page);
    await panel.dialog.getByText('No lines yet. Add the first one to bill this account.').first().waitFor();
    await panel.dialog.getByRole('button', { name: 'Add Line' }).click();
    await panel.dialog.getByLabel('Description: New line').fill('Workshop, spring');
    await panel.dialog.getByLabel('Quantity: Workshop, spring').fill('1.5');
    await panel.dialog.getByLabel('Unit price: Workshop, spring').fill('800');
    await panel.settled();
    expect((await panel.totals()).Total).toBe('USD 1,200.00');
    await stage.picture(page, 'issue-panel-account');
    await panel.issue();
    expect(await amountsOf(page)).toMatchObject({ total: 'USD 1,200.00' });
  });

  it('bills yen without decimals', async () => {
    await page.goto(`/lightning/r/Opportunity/${stage.story.deals.SAKURA_OSAKA}/view`);
    await showsBilling(page, { left: 'JPY 6,597,000' });
    const panel = await openPanel(page);
    expect((await panel.totals()).Total).toBe('JPY 6,597,000');
    await panel.issue();
    expect(await amountsOf(page)).toMatchObject({ total: 'JPY 6,597,000', due: 'JPY 6,597,000' });
    await stage.picture(page, 'invoice-yen');
  });

  it('says what is missing before anything is sent', async () => {
    await page.goto(`/lightning/r/Opportunity/${stage.story.deals.MEADOW_PILOT}/view`);
    const panel = await openPanel(page);
    expect(await panel.issueButton.isDisabled()).toBe(true);
    await stage.picture(page, 'issue-panel-missing-email');
    await page.keyboard.press('Escape');
    await panel.dialog.waitFor({ state: 'detached' });
  });
});

describe('with the keyboard alone', () => {
  it('goes through the panel in reading order, stays inside, leaves by Escape and comes back to where it was', async () => {
    await page.goto(`/lightning/r/Opportunity/${stage.story.deals.ALPINE_NORD}/view`);
    const opener = page.getByRole('button', { name: 'Issue Invoice' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const panel = await panelOf(page);
    const order: string[] = [];
    for (let presses = 0; presses < 40 && order.at(-1) !== 'Issue'; presses += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused(page));
    }
    const fields = ['Bill to account', 'Bill to contact', '*Invoice date', 'Terms', 'PO number', 'Delivery', 'Memo'];
    const lines = [ROBOT, INSTALLATION, TRAINING].flatMap((name) => [`Include: ${name}`, `Quantity: ${name}`, `Service date: ${name}`]);
    const wanted = ['Cancel and close', ...fields, ...lines, 'Cancel', 'Issue'];
    expect(order.filter((name) => wanted.includes(name))).toEqual(wanted);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Cancel and close');

    await panel.dialog.getByRole('combobox', { name: 'Terms' }).focus();
    await page.keyboard.press('Enter');
    await panel.dialog.getByRole('option', { name: 'Net 60' }).waitFor();
    await page.keyboard.press('Escape');
    await panel.dialog.getByRole('option', { name: 'Net 60' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await panel.dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Issue Invoice');
  });

  it('issues', async () => {
    await page.keyboard.press('Enter');
    const panel = await panelOf(page);
    expect((await panel.totals()).Total).toBe('EUR 20,470.00');
    while ((await focused(page)) !== 'Issue') await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await issuedNumber(page);
    expect(await amountsOf(page)).toMatchObject({ total: 'EUR 20,470.00' });
  });
});

describe('the nightly sync', () => {
  let admin: Page;

  it('books a payment that nobody told us of, and counts it', async () => {
    await showsStatus(page, 'Open');
    const deaf = stage.sandbox.faults.add({ point: 'stripe.event', fault: { kind: 'never-generate' } });
    const hosted = await stage.tab(await payLinkOf(page));
    await payByCard(hosted, '4242 4242 4242 4242');
    await hosted.getByText('Thank you. This invoice is paid.').waitFor();
    stage.sandbox.faults.remove(deaf);
    await hosted.close();
    await showsStatus(page, 'Open');

    admin = await stage.tab('/', 'admin');
    await admin.getByText('No sync has run yet.').waitFor();
    await stage.picture(admin, 'home-admin');
    await admin.getByRole('button', { name: 'Run the nightly sync' }).click();
    await admin.getByText('Run the nightly sync: done.').waitFor();
    const row = admin.locator('c-trueup-run-sync tbody tr');
    await row.filter({ hasText: 'Completed' }).waitFor();
    await stage.picture(admin, 'home-admin-synced');
    await row.getByRole('rowheader').getByRole('link').click();
    await admin.getByRole('heading', { name: /Sync Run SR-/ }).waitFor();
    expect(await countOf(admin, 'paymentsBooked')).toBe(1);
    expect(await countOf(admin, 'invoicesChecked')).toBeGreaterThan(3);
    await stage.picture(admin, 'sync-run');
    await showsStatus(page, 'Paid');
  });

  it('runs by itself when its hour comes', async () => {
    await admin.bringToFront();
    await admin.getByRole('link', { name: 'Home', exact: true }).click();
    await admin.locator('c-trueup-run-sync tbody tr').waitFor();
    await admin.getByRole('button', { name: 'Move the clock by 1 day' }).click();
    await admin.getByText('The clock moved by one day.').waitFor();
    await expect.poll(() => admin.locator('c-trueup-run-sync tbody tr').count(), { timeout: 15_000 }).toBe(2);
    await admin.locator('c-trueup-run-sync tbody tr').first().filter({ hasText: 'Completed' }).waitFor();
    // The functions went along: all is read again, and the payment whose event was lost is applied.
    const areRead = async () => {
      await admin.locator('c-trueup-sync-health [data-id="refresh"]').click();
      return admin.locator('c-trueup-sync-freshness').getByText('Up to date').count();
    };
    await expect.poll(areRead, { timeout: 60_000, interval: 1000 }).toBe(2);
    expect(await admin.getByText('No open issues.').count()).toBe(1);
    await stage.picture(admin, 'home-admin-next-day');
  });
});

walkNeedsAttention(() => stage);

describe('other people', () => {
  /** The browser says in its console that a request was refused, which is what is asked for here. */
  const onlyRefusals = () => expect(stage.troubles().filter((trouble) => !/status of 40[34]|status of 500/.test(trouble))).toEqual([]);

  it('shows an accountant the invoices, and no way to issue one', async () => {
    await page.getByRole('button', { name: 'View profile of Rosa Reyes' }).click();
    await stage.picture(page, 'user-menu');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: /Controller/ }).click()]);
    await page.goto('/lightning/o/Trueup_Invoice__c/list');
    await page.getByRole('grid').getByRole('link', { name: firstNumber }).click();
    await showsStatus(page, 'Paid');
    expect(await page.getByRole('button', { name: /Send Invoice|Void Invoice|Issue Invoice/ }).count()).toBe(0);
    await stage.picture(page, 'accountant');
    onlyRefusals();
  });

  it('tells somebody without rights what is missing', async () => {
    const where = new URL(page.url()).pathname;
    const stranger = await stage.tab(where, 'none');
    await stranger
      .getByText(/not shared with you|don't have access/)
      .first()
      .waitFor();
    expect(await stranger.getByRole('link', { name: 'Invoices' }).count()).toBe(0);
    await stage.picture(stranger, 'no-rights');
    onlyRefusals();
  });
});

walkAdminRoad(() => stage);

describe('on a narrow screen', () => {
  it('still shows the invoice and the panel, without scrolling sideways', async () => {
    const phone = await stage.tab('/', 'admin');
    await phone.setViewportSize({ width: 480, height: 900 });
    await phone.goto(deal());
    await showsBilling(phone, { paid: 'USD 34,384.40' });
    expect(await overflow(phone)).toBeLessThanOrEqual(0);
    await stage.picture(phone, 'narrow-opportunity');
    const panel = await openPanel(phone);
    expect(await overflow(phone)).toBeLessThanOrEqual(0);
    expect(await panel.issueButton.isVisible()).toBe(true);
    await stage.picture(phone, 'narrow-issue-panel');
    await phone.close();
  });
});

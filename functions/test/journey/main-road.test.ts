import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issuedNumber, openPanel, panelOf } from './issue-panel.ts';
import { amountsOf, closeToasts, linkTo, payByCard, payLinkOf, plain, showsBilling, showsStatus } from './pages.ts';
import { openStage, type Stage } from './stage.ts';

// The main road as people walk it, in a browser: a rep issues from a record page, the customer pays, the books agree.
// One sandbox, one story: each test goes on where the one before stopped.

const ROBOT = 'Inspection robot RB-200';
const SENSOR = 'Thermal sensor';
const INSTALLATION = 'On-site installation, day';
const CARE = 'Care plan, year';
const TRAINING = 'Operator training, seat';
const PAID_WITHIN_MS = 2000;

let stage: Stage;
/** The rep's tab, and a second one that stays open on the deal. */
let page: Page;
let beside: Page;
let firstInvoice: string;
let firstNumber: string;

const deal = () => `/lightning/r/Opportunity/${stage.story.deals.HARBOR_PLANT_3}/view`;
const standIn = (of: 'stripe' | 'quickbooks', where: string) => `${stage.sandbox.info[of].baseUrl}${where}`;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.stop());
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
    firstInvoice = page.url();
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
    await closeToasts(page);
    await stage.picture(page, 'invoice-open');
  });

  it('has told the deal in the other tab, without a reload', async () => {
    await showsBilling(beside, { billed: 'USD 34,384.40', paid: 'USD 0.00', open: 'USD 34,384.40', left: 'USD 37,899.40' });
    await beside.getByRole('link', { name: 'Invoices (1)' }).waitFor();
    await stage.picture(beside, 'opportunity-billed');
  });
});

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

// What a person reads on the record pages and on the customer's page.

const status = (page: Page) => page.locator('c-trueup-invoice-status');

/** Waits until the open invoice page shows the status. */
export const showsStatus = (page: Page, wanted: string, ms = 10_000): Promise<void> =>
  expect.poll(() => status(page).locator('[data-id="status"]').innerText(), { timeout: ms, interval: 20 }).toBe(wanted);

/** Amounts of the status card by key: total, paid, due. A narrow space of the currency format reads as a space. */
export async function amountsOf(page: Page, card = 'c-trueup-invoice-status'): Promise<Record<string, string>> {
  const cells = await page.locator(`${card} [data-amount]`).all();
  const pairs = await Promise.all(cells.map(async (cell) => [await cell.getAttribute('data-amount'), plain(await cell.innerText())]));
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Waits until the billing card of a deal shows these amounts. */
export const showsBilling = (page: Page, wanted: Record<string, string>): Promise<void> =>
  expect.poll(() => amountsOf(page, 'c-trueup-billing-summary'), { timeout: 10_000 }).toMatchObject(wanted);

export const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

export async function payLinkOf(page: Page): Promise<string> {
  const link = await status(page).locator('[data-id="pay-link"] a').getAttribute('href');
  if (!link) throw new Error('the invoice page shows no pay link');
  return link;
}

export const linkTo = (page: Page, key: 'pdf' | 'stripe' | 'quickbooks') => status(page).locator(`[data-link="${key}"]`);

/** Enters a test card on the customer's page and pays. */
export async function payByCard(hosted: Page, number: string): Promise<void> {
  await hosted.getByLabel('Card number').fill(number);
  await hosted.getByRole('button', { name: /^Pay [\d,.]+ [A-Z]{3}$/ }).click();
}

/** Waits until the toasts have gone, which would cover what a picture is to show. */
export const noToasts = (page: Page): Promise<void> => page.locator('lightning-toast').first().waitFor({ state: 'detached' });

/** A count on the page of a sync run. */
export const countOf = async (page: Page, key: string): Promise<number> =>
  Number(await page.locator(`c-trueup-sync-run [data-count="${key}"]`).innerText());

/** Accessible name of what has the focus; empty when it has none. */
export async function focused(page: Page): Promise<string> {
  const shown = await page.locator(':focus').last().ariaSnapshot();
  return /"((?:[^"\\]|\\.)*)"/.exec(shown)?.[1] ?? '';
}

/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { writersOf } from '../first-load/past-writers.ts';
import type { Stage } from './stage.ts';

/** What was in QuickBooks before: two invoices of a customer whose account is linked, and one of a customer that nobody knows. */
export async function writeHistory({ sandbox }: Stage, linked: string): Promise<void> {
  const { quickbooks } = writersOf(sandbox);
  const { books } = sandbox.quickbooks.engine;
  const named = (entity: 'Customer' | 'Item', found: (body: Record<string, unknown>) => boolean) =>
    books
      .rows(entity)
      .all()
      .find(({ body }) => found(body as Record<string, unknown>))?.id ?? '';
  const customer = named('Customer', ({ DisplayName }) => String(DisplayName).startsWith(linked));
  const item = named('Item', ({ Type }) => Type === 'Service');
  const invoice = (DocNumber: string, Amount: number, to: string) =>
    quickbooks.create('Invoice', {
      ...{ DocNumber, TxnDate: '2026-03-01', DueDate: '2026-03-31', CustomerRef: { value: to } },
      Line: [{ DetailType: 'SalesItemLineDetail', Amount, SalesItemLineDetail: { ItemRef: { value: item } } }],
    });
  await invoice('OLD-1', 250.5, customer);
  await invoice('OLD-2', 99, customer);
  await invoice('OLD-3', 70, await quickbooks.create('Customer', { DisplayName: 'Stranger & Daughters' }));
}

const progress = (page: Page) => page.locator('c-trueup-load-progress');

/** Waits until the badge of the load says so. */
export const loadIs = (page: Page, state: string): Promise<void> =>
  expect.poll(() => progress(page).locator('[data-id="state"]').innerText(), { timeout: 30_000 }).toBe(state);

/** A number of the load's table. */
export const loaded = async (page: Page, object: string, count: string): Promise<string> =>
  progress(page).locator(`[data-object="${object}"] [data-count="${count}"]`).innerText();

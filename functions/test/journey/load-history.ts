import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './stage.ts';

/** What was in QuickBooks before: two invoices of a customer whose account is linked, and one of a customer that nobody knows. */
export async function writeHistory({ sandbox }: Stage, linked: string): Promise<void> {
  const { books } = sandbox.quickbooks.engine;
  const found = (entity: 'Customer' | 'Item', name: string, value: string) =>
    books
      .rows(entity)
      .all()
      .find(({ body }) => String((body as Record<string, unknown>)[name]).startsWith(value))?.id;
  /** The accountant at work in QuickBooks itself. */
  const enter = async (entity: string, values: object) => {
    const answer = await fetch(`${sandbox.quickbooks.baseUrl}/__ctl/edit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ entity, values }),
    });
    if (!answer.ok) throw new Error(`${entity}: ${await answer.text()}`);
  };
  const invoice = (DocNumber: string, Amount: number, customer: string) =>
    enter('Invoice', {
      ...{ DocNumber, TxnDate: '2026-03-01', DueDate: '2026-03-31', CustomerRef: { value: found('Customer', 'DisplayName', customer) } },
      Line: [{ DetailType: 'SalesItemLineDetail', Amount, SalesItemLineDetail: { ItemRef: { value: found('Item', 'Type', 'Service') } } }],
    });
  await enter('Customer', { DisplayName: 'Stranger & Daughters' });
  await invoice('OLD-1', 250.5, linked);
  await invoice('OLD-2', 99, linked);
  await invoice('OLD-3', 70, 'Stranger & Daughters');
}

const progress = (page: Page) => page.locator('c-trueup-load-progress');

/** Waits until the badge of the load says so. */
export const loadIs = (page: Page, state: string): Promise<void> =>
  expect.poll(() => progress(page).locator('[data-id="state"]').innerText(), { timeout: 30_000 }).toBe(state);

/** A number of the load's table. */
export const loaded = async (page: Page, object: string, count: string): Promise<string> =>
  progress(page).locator(`[data-object="${object}"] [data-count="${count}"]`).innerText();

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The Issue Invoice panel as a person works in it. */
export interface IssuePanel {
  dialog: Locator;
  issueButton: Locator;
  quantity(product: string): Locator;
  /** Cells of the line whose product is named, by `data-id`: `left`, `price`, `amount`. */
  cell(product: string, id: string): Locator;
  /** Enters a quantity and waits until its consequences are shown. */
  setQuantity(product: string, value: string): Promise<void>;
  /** Leaves every line out but those named, at the given quantities. */
  only(quantities: Record<string, string>): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  /** Waits until no check is under way. */
  settled(): Promise<void>;
  /** Totals by their label, such as `Total`. */
  totals(): Promise<Record<string, string>>;
  /** Issues, and waits for the invoice's page. @returns number */
  issue(): Promise<string>;
}

/** Opens the panel with the page's own button and waits until it shows what would be issued. */
export async function openPanel(page: Page): Promise<IssuePanel> {
  await page.getByRole('button', { name: 'Issue Invoice', exact: true }).click();
  return panelOf(page);
}

export async function panelOf(page: Page): Promise<IssuePanel> {
  const dialog = page.getByRole('dialog', { name: 'Issue Invoice' });
  const issueButton = dialog.getByRole('button', { name: 'Issue', exact: true });
  await dialog.locator('c-trueup-invoice-form').waitFor();
  const line = (product: string) => dialog.getByRole('row').filter({ hasText: product }).first();
  const panel: IssuePanel = {
    dialog,
    issueButton,
    quantity: (product) => dialog.getByLabel(`Quantity: ${product}`),
    cell: (product, id) => line(product).locator(`[data-id="${id}"]`),
    async setQuantity(product, value) {
      await panel.quantity(product).fill(value);
      await panel.settled();
    },
    async only(quantities) {
      for (const row of await dialog.locator('[data-line]').all()) {
        const product = await row.locator('[data-id="product"]').innerText();
        const box = row.getByRole('checkbox');
        if ((await box.isChecked()) !== Object.hasOwn(quantities, product)) await box.press('Space');
      }
      for (const [product, value] of Object.entries(quantities)) await panel.quantity(product).fill(value);
      await panel.settled();
    },
    async choose(label, option) {
      await dialog.getByRole('combobox', { name: label }).click();
      await dialog.getByRole('option', { name: option }).click();
      await panel.settled();
    },
    settled: () =>
      expect.poll(() => dialog.locator('[role="status"][data-id="reason"]').innerText(), { timeout: 10_000 }).not.toContain('Checking'),
    async totals() {
      const names = await textsOf(dialog.locator('c-trueup-invoice-totals dt'));
      const values = await textsOf(dialog.locator('c-trueup-invoice-totals dd'));
      return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    },
    async issue() {
      await panel.settled();
      await issueButton.click();
      return issuedNumber(page);
    },
  };
  await panel.settled();
  return panel;
}

/** One by one: Playwright's own way runs in the page, where synthetic shadow hides what components hold. */
const textsOf = async (found: Locator): Promise<string[]> => Promise.all((await found.all()).map((each) => each.innerText()));

/** Waits for the page of the invoice that was issued. @returns its number */
export async function issuedNumber(page: Page): Promise<string> {
  await page.waitForURL(/Trueup_Invoice__c/, { timeout: 20_000 });
  const number = page.locator('c-trueup-invoice-status [data-id="number"]');
  await expect.poll(() => number.innerText(), { timeout: 10_000 }).toMatch(/^RR-\d+$/);
  return number.innerText();
}

import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

/** The Field Mappings page as an admin works in it. */
export interface MappingPage {
  choose(label: string, option: string): Promise<void>;
  /** Finds a field in one of the pickers and takes it. */
  pick(label: string, typed: string, option: string | RegExp): Promise<void>;
  fill(label: string, value: string): Promise<void>;
  /** Waits until the mapping was checked and so many problems were found. */
  finds(problems: number): Promise<void>;
  /** What an invoice would send now, of the field at this path. */
  preview(path: string): Promise<string>;
}

/** Opens the page and its empty editor. */
export async function newMapping(page: Page): Promise<MappingPage> {
  await page.getByRole('button', { name: 'New mapping' }).click();
  const editor = page.locator('c-trueup-mapping-editor');
  await editor.waitFor();
  return {
    async choose(label, option) {
      await editor.getByRole('combobox', { name: label, exact: true }).click();
      await editor.getByRole('option', { name: option, exact: true }).click();
    },
    async pick(label, typed, option) {
      const box = editor.getByRole('combobox', { name: label, exact: true });
      await box.click();
      await box.fill(typed);
      await editor.getByRole('option', { name: option }).first().click();
    },
    fill: (label, value) => editor.getByLabel(label).first().fill(value),
    finds: (problems) => editor.locator(`[role="status"][data-problems="${problems}"]`).waitFor(),
    preview: async (path) =>
      (await editor.locator(`c-trueup-mapping-preview tr[data-path="${path}"]`).innerText()).replace(/\s+/g, ' ').trim(),
  };
}

/** The custom fields of an invoice, as Stripe answers them. */
export async function customFieldsAtStripe(stage: Stage, page: Page, number: string): Promise<Record<string, string>> {
  const { baseUrl, secretKey } = stage.sandbox.info.stripe;
  const found = await page.request.get(`${baseUrl}/v1/invoices?limit=20`, { headers: { Authorization: `Bearer ${secretKey}` } });
  const { data } = (await found.json()) as { data: { number: string; custom_fields: { name: string; value: string }[] | null }[] };
  const invoice = data.find((each) => each.number === number);
  return Object.fromEntries((invoice?.custom_fields ?? []).map(({ name, value }) => [name, value]));
}
